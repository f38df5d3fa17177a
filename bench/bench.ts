import { cpus } from 'node:os'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { benchColumns } from './columns.ts'

/** What a benchmark gives: seconds of ours and of each peer, pair by pair, in one run on one machine. */
export interface BenchResult {
  work: string
  ours: number[]
  peers: Record<string, number[]>
}

const benches: Record<string, () => Promise<BenchResult>> = { columns: benchColumns }
const folder = fileURLToPath(new URL('results', import.meta.url))

const [name, ...rest] = process.argv.slice(2)
const chosen = name === undefined ? Object.keys(benches) : [name]
const unknown = chosen.filter((entry) => !(entry in benches))
if (unknown.length > 0 || rest.length > 0) {
  console.error(`usage: npm run bench [-- NAME]; names: ${Object.keys(benches).join(', ')}`)
  process.exitCode = 2
} else {
  await mkdir(folder, { recursive: true })
  for (const entry of chosen) await report(entry, await (benches[entry] as () => Promise<BenchResult>)())
}

async function report(entry: string, result: BenchResult): Promise<void> {
  console.log(`${entry}: ${result.work}`)
  console.log(`  ours: ${describe(result.ours)} s`)
  const ratios = Object.fromEntries(
    Object.entries(result.peers).map(([peer, seconds]) => [
      peer,
      seconds.map((value, pair) => (result.ours[pair] ?? Number.NaN) / value),
    ]),
  )
  for (const [peer, seconds] of Object.entries(result.peers))
    console.log(`  ${peer}: ${describe(seconds)} s; ours / ${peer}: ${describe(ratios[peer] ?? [])}`)
  const machine = { cpu: cpus()[0]?.model, cores: cpus().length, node: process.version, date: new Date().toISOString() }
  await writeFile(join(folder, `${entry}.json`), `${JSON.stringify({ ...result, machine }, null, 2)}\n`)
}

/** Median and range. */
function describe(values: readonly number[]): string {
  const sorted = [...values].sort((a, b) => a - b)
  const at = (share: number) => (sorted[Math.round(share * (sorted.length - 1))] ?? Number.NaN).toFixed(2)
  return `${at(0.5)} (${at(0)}–${at(1)})`
}
