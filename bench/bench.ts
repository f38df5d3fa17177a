import { mkdir, writeFile } from 'node:fs/promises'
import { cpus, loadavg, release, totalmem } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { benchCompare } from './compare/bench-compare.ts'
import { isMet, spread, type BenchReport, type Figure } from './figure.ts'
import { benchFigures } from './figures/bench-figures.ts'
import { benchImport } from './import/bench-import.ts'
import { benchRun } from './run/bench-run.ts'
import { benchSite } from './site/bench-site.ts'
import { benchVllm } from './vllm.ts'

const benches: Record<string, () => Promise<BenchReport>> = {
  compare: benchCompare,
  figures: benchFigures,
  import: benchImport,
  run: benchRun,
  site: benchSite,
  vllm: benchVllm,
}
const folder = fileURLToPath(new URL('results', import.meta.url))

const [name, ...rest] = process.argv.slice(2)
// vLLM is 5.9 GB and takes hours: only when it is named
const chosen = name === undefined ? Object.keys(benches).filter((entry) => entry !== 'vllm') : [name]
const unknown = chosen.filter((entry) => !(entry in benches))
if (unknown.length > 0 || rest.length > 0) {
  console.error(`usage: npm run bench [-- NAME]; names: ${Object.keys(benches).join(', ')}`)
  process.exitCode = 2
} else {
  await mkdir(folder, { recursive: true })
  for (const entry of chosen) await runBench(entry, benches[entry] as () => Promise<BenchReport>)
}

async function runBench(entry: string, bench: () => Promise<BenchReport>): Promise<void> {
  const started = { date: new Date().toISOString(), load: loadavg() }
  const begin = performance.now()
  const { parts, versions } = await bench()
  const [cpu] = cpus()
  const machine = {
    cpu: cpu?.model.trim(),
    cores: cpus().length,
    memory_gb: Math.round(totalmem() / 1e9),
    kernel: release(),
    versions: { node: process.version, ...versions },
    date: started.date,
    // one, five and fifteen minutes; our own work is in the second
    load_before: started.load,
    load_after: loadavg(),
    seconds: Math.round((performance.now() - begin) / 1000),
  }
  const told = parts.map((part) => ({
    ...part,
    figures: part.figures.map((figure) => ({ ...figure, ...spread(figure.values), met: isMet(figure) })),
  }))
  console.log(`${entry}: ${machine.cpu}, ${machine.cores} cores, load ${loadText(started.load)} before`)
  for (const part of parts) {
    console.log(`\n${part.name}: ${part.work}`)
    console.log(table([['', 'median', 'range', 'n', 'wanted', ''], ...part.figures.map(describe)]))
  }
  console.log(`\n${machine.seconds} s, load ${loadText(machine.load_after)} after`)
  await writeFile(join(folder, `${entry}.json`), `${JSON.stringify({ machine, parts: told }, null, 2)}\n`)
}

function describe(figure: Figure): string[] {
  const { median, low, high } = spread(figure.values)
  const { wanted } = figure
  const met = isMet(figure)
  return [
    figure.unit === '' ? figure.name : `${figure.name}, ${figure.unit}`,
    numeral(median),
    `${numeral(low)}–${numeral(high)}`,
    String(figure.values.length),
    wanted === undefined ? '' : 'atLeast' in wanted ? `≥ ${wanted.atLeast}` : `≤ ${wanted.atMost}`,
    met === undefined ? '' : met ? 'met' : 'MISSED',
  ]
}

/** Three significant digits, none of them after a number that needs none. */
function numeral(value: number): string {
  return value >= 100 ? String(Math.round(value)) : value.toPrecision(3)
}

function loadText(load: readonly number[]): string {
  return load.map((value) => value.toFixed(1)).join(' ')
}

function table(rows: readonly string[][]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  return rows
    .map((row) => `  ${row.map((cell, column) => pad(cell, widths[column] ?? 0, column)).join('  ')}`.trimEnd())
    .join('\n')
}

function pad(cell: string, width: number, column: number): string {
  return column === 0 || column > 3 ? cell.padEnd(width) : cell.padStart(width)
}
