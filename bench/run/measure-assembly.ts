import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { readJournal } from '../../actions/run-batch/journal.ts'
import { identityOf, planRun, type RunPlan } from '../../actions/run-batch/plan-run.ts'
import { endJob, type RunOutcome } from '../../actions/run-batch/run-batch.ts'
import { ratios, type BenchReport } from '../figure.ts'
import { inPairs, timed } from '../in-pairs.ts'
import type { Bench } from './measure-client.ts'
import { benchModel } from './write-bench-ledger.ts'

const rows = 200_000
const pairs = 5

/** From a journal on the disk to a bundle with digests on the disk, beside sha256sum of the bundle's rows. */
export async function measureAssembly({ ledger, longRun }: Bench): Promise<BenchReport> {
  if (longRun === undefined) throw new Error('there is no long run: memory is measured first')
  const { plan: draft, problems } = await planRun({
    ledger,
    model: benchModel,
    dataset: `rows_${rows}`,
    concurrency: 64,
  })
  if (!draft) throw new Error(problems.join('\n'))
  const runId = longRun.replace(/^.*\//, '')
  const plan: RunPlan = { ...draft, ...identityOf(runId, draft.slug, draft.datasetName) }
  try {
    const end = { command: 'batchledger run', startedAt: new Date() }
    const assemble = () => endJob(plan, longRun, end, { now: () => new Date(), engineName: 'openai' })
    // once beforehand: it warms the page cache for both, and tells where the rows lie
    const { folder, meta }: RunOutcome = await assemble()
    if (meta.results.success !== rows) throw new Error(`${meta.results.success} rows, expected ${rows}`)
    const path = join(folder, meta.files.results)
    const { ours, sum, read } = await inPairs(pairs, {
      ours: () => timed(assemble),
      sum: () => timed(async () => void execFileSync('sha256sum', [path])),
      read: () => timed(() => readJournal(join(longRun, 'journal.jsonl'))),
    })
    const figures = [
      { name: 'assembly and digest', unit: 's', values: ours },
      { name: 'of it reading the journal', unit: 's', values: read },
      { name: 'sha256sum', unit: 's', values: sum },
      { name: 'assembly / sha256sum', unit: '', values: ratios(ours, sum), wanted: { atMost: 2 } },
    ]
    const megabytes = Math.round(meta.files.bytes.results / 1e6)
    return {
      parts: [{ name: 'assembly', work: `${rows} rows, ${megabytes} MB, journal read and rows synced`, figures }],
    }
  } finally {
    plan.source.close()
  }
}
