import * as core from '@actions/core'
import { runStep } from '../workflow/run-step.ts'
import { planRunsStep } from './plan-runs-step.ts'

await runStep(core, planRunsStep)
