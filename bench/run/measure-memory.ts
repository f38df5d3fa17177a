import { rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { ratios, type BenchReport } from '../figure.ts'
import { inPairs } from '../in-pairs.ts'
import { runOurs, type Bench } from './measure-client.ts'

const few = 20_000
const many = 200_000
const pairs = 5
const concurrency = 64

/** Peak resident memory of a whole run with few and with many rows; the last long run's folder is kept for assembly. */
export async function measureMemory(bench: Bench): Promise<BenchReport> {
  const run = (rows: number) => async () => {
    const sample = await runOurs(bench, { dataset: `rows_${rows}`, concurrency, keep: true })
    if (rows !== many) await rm(dirname(sample.runFolder), { recursive: true })
    else {
      if (bench.longRun !== undefined) await rm(dirname(bench.longRun), { recursive: true })
      bench.longRun = sample.runFolder
    }
    return sample
  }
  const { short, long } = await inPairs(pairs, { short: run(few), long: run(many) })
  const peak = (samples: typeof short) => samples.map(({ peakBytes }) => peakBytes / 1e6)
  const figures = [
    { name: `peak RSS at ${few} rows`, unit: 'MB', values: peak(short), wanted: { atMost: 300 } },
    { name: `peak RSS at ${many} rows`, unit: 'MB', values: peak(long), wanted: { atMost: 300 } },
    { name: 'many / few', unit: '', values: ratios(peak(long), peak(short)), wanted: { atMost: 1.25 } },
    // 2,500 if answers were held; an id, its hashes and places are
    {
      name: 'growth',
      unit: 'bytes/row',
      values: peak(long).map((megabytes, pair) => growth(megabytes, peak(short)[pair])),
    },
    { name: `whole run of ${many} rows`, unit: 's', values: long.map(({ wallSeconds }) => wallSeconds) },
  ]
  return { parts: [{ name: 'memory', work: `whole runs, ${concurrency} in flight, answers of 2.5 KB`, figures }] }
}

function growth(longMegabytes: number, shortMegabytes = Number.NaN): number {
  return ((longMegabytes - shortMegabytes) * 1e6) / (many - few)
}
