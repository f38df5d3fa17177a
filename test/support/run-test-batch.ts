import type { RunProgress, RunDeps, RunOutcome } from '../../actions/run-batch/run-batch.ts'
import { defaultLimits, runBatch, type RunLimits } from '../../actions/run-batch/run-batch.ts'
import type { Engine } from '../../actions/engines/engine.ts'
import { openaiEngine } from '../../actions/engines/openai.ts'
import type { RunInputs } from '../../actions/run-batch/plan-run.ts'
import type { TestLedger } from './make-ledger.ts'

export interface TestRun {
  baseUrl?: string
  engine?: Engine
  inputs?: Partial<RunInputs>
  deps?: Partial<RunDeps>
  limits?: Partial<RunLimits>
}

/** Runs the model `tiny` over `people` of a test ledger against a server or an engine of the test's own. */
export function runTestBatch(ledger: TestLedger, run: TestRun): Promise<RunOutcome & { told: string[] }> {
  const told: string[] = []
  const inputs: RunInputs = { ledger: ledger.folder, model: 'tiny', dataset: 'people', concurrency: 3, ...run.inputs }
  const deps: RunDeps = {
    spool: ledger.spool,
    now: () => new Date(),
    engineName: 'openai',
    engineFlags: ['--engine openai'],
    checkEngine: () => Promise.resolve([]),
    createEngine: (plan) =>
      Promise.resolve(
        run.engine ?? openaiEngine({ baseUrl: run.baseUrl ?? '', slug: plan.slug, hubId: plan.model.hub_id }),
      ),
    limits: { ...defaultLimits, requestTimeoutMs: 20_000, backoffMs: 5, graceMs: 1000, ...run.limits },
    signal: new AbortController().signal,
    reporter: {
      line: (text) => told.push(text),
      progress: (state: RunProgress) => told.push(`${state.done}/${state.total}`),
      done: () => undefined,
    },
    ...run.deps,
  }
  return runBatch(inputs, deps).then((outcome) => ({ ...outcome, told }))
}
