import * as core from '@actions/core'
import { runStep } from '../workflow/run-step.ts'
import { verifyResultsStep } from './verify-results-step.ts'

await runStep(core, verifyResultsStep)
