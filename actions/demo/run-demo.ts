import { join } from 'node:path'
import type { RunDeps, RunOutcome } from '../run-batch/run-batch.ts'
import { runBatch } from '../run-batch/run-batch.ts'
import { publishRun } from '../publish-run/publish-run.ts'
import { mergeRun, prepareScratchLedger } from './scratch-ledger.ts'

export interface DemoInputs {
  /** holds ledger/, remote.git/, spool/ and site/ afterwards */
  folder: string
  /** the folder whose registry/ is the demo's catalog */
  catalog: string
  models: readonly string[]
  dataset: string
  concurrency: number
}

export interface DemoDeps {
  /** what a run needs; `spool` and `ledger` are the demo's own */
  runDeps(ledger: string, spool: string): Promise<RunDeps>
  buildSite(ledger: string, out: string): Promise<void>
  say(text: string): void
}

export interface DemoOutcome {
  ledger: string
  remote: string
  site: string
  runs: RunOutcome[]
}

/** The whole way, for each model: run, publish, merge, register; then the site. What earlier demos left is kept. */
export async function runDemo(inputs: DemoInputs, deps: DemoDeps): Promise<DemoOutcome> {
  const scratch = await prepareScratchLedger(inputs.folder, inputs.catalog)
  deps.say(`scratch ledger ${scratch.ledger}, its remote ${scratch.remote}`)
  const spool = join(inputs.folder, 'spool')
  const runs: RunOutcome[] = []
  for (const model of inputs.models) {
    const runInputs = { ledger: scratch.ledger, model, dataset: inputs.dataset, concurrency: inputs.concurrency }
    const run = await runBatch(runInputs, await deps.runDeps(scratch.ledger, spool))
    const { results, execution } = run.meta
    deps.say(
      `${run.runId}: ${run.meta.status}, ${results.success} of ${results.total} rows, ${execution.req_per_sec?.toFixed(2) ?? '–'} req/s`,
    )
    const published = await publishRun({ ledger: scratch.ledger, spool, runId: run.runId, remote: 'origin' })
    deps.say(`published on ${published.branch}; its objects are confirmed in the remote's LFS store`)
    await mergeRun(scratch, run.runId)
    deps.say('merged and registered')
    runs.push(run)
  }
  const site = join(inputs.folder, 'site')
  await deps.buildSite(scratch.ledger, site)
  return { ...scratch, site, runs }
}
