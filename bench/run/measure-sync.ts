import { ratios, type BenchReport } from '../figure.ts'
import { inPairs } from '../in-pairs.ts'
import { runOurs, type Bench } from './measure-client.ts'

const rows = 20_000
const pairs = 5
const concurrency = 256

/** What the journal's sync costs in throughput, where the engine costs nothing: the worst case. */
export async function measureSync(bench: Bench): Promise<BenchReport> {
  const run = (sync: boolean) => () => runOurs(bench, { dataset: `rows_${rows}`, concurrency, sync })
  const { on, off } = await inPairs(pairs, { on: run(true), off: run(false) })
  const rate = (samples: typeof on) => samples.map(({ inFlightSeconds }) => rows / inFlightSeconds)
  const figures = [
    { name: 'synced: rows while in flight', unit: '1/s', values: rate(on) },
    { name: 'not synced: rows while in flight', unit: '1/s', values: rate(off) },
    { name: 'synced / not synced', unit: '', values: ratios(rate(on), rate(off)), wanted: { atLeast: 0.9 } },
  ]
  return { parts: [{ name: 'journal sync', work: `${rows} rows, ${concurrency} in flight`, figures }] }
}
