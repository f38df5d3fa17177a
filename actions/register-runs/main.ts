import * as core from '@actions/core'
import { runStep } from '../workflow/run-step.ts'
import { registerRunsStep } from './register-runs-step.ts'

await runStep(core, registerRunsStep)
