import * as core from '@actions/core'
import { runStep } from '../workflow/run-step.ts'
import { runBatchStep } from './run-batch-step.ts'

await runStep(core, runBatchStep)
