import * as core from '@actions/core'
import { runStep } from '../workflow/run-step.ts'
import { publishRunStep } from './publish-run-step.ts'

await runStep(core, publishRunStep)
