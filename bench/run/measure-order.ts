import type { BenchReport } from '../figure.ts'
import { inPairs } from '../in-pairs.ts'
import { orderProgram, type OrderUsage } from './order-process.ts'
import { runPinned } from './run-pinned.ts'

const rows = 200_000
const letters = 4096
const runs = 5

/** Prefix order of many long prompts: hashing them, then sorting. */
export async function measureOrder(): Promise<BenchReport> {
  const { ours } = await inPairs(runs, {
    ours: async () =>
      (await runPinned(process.execPath, [orderProgram, String(rows), String(letters)])).told as OrderUsage,
  })
  const figures = [
    { name: 'hashing', unit: 's', values: ours.map(({ hashSeconds }) => hashSeconds) },
    { name: 'sorting', unit: 's', values: ours.map(({ orderSeconds }) => orderSeconds) },
    { name: 'held', unit: 'bytes/row', values: ours.map(({ heldBytes }) => heldBytes / rows) },
    { name: 'for a while, by sorting', unit: 'bytes/row', values: ours.map(({ sortBytes }) => sortBytes / rows) },
  ]
  return { parts: [{ name: 'prefix order', work: `${rows} prompts of ${letters} bytes, 20 shared heads`, figures }] }
}
