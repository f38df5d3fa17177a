import { execFileSync } from 'node:child_process'
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ratios, type BenchReport } from '../figure.ts'
import { inPairs, timed } from '../in-pairs.ts'
import { peerPython } from '../peers/peer-python.ts'
import { rowsPath, writeRows } from './write-rows.ts'

const rows = 200_000
const pairs = 3
const jqFilter =
  '[.custom_id, .response.status_code, .error, (.response.body | .choices[0].finish_reason, .usage.prompt_tokens, .usage.completion_tokens, .choices[0].message.content)] | @tsv'

interface Usage {
  seconds: number
  cpuSeconds: number
  peakBytes: number
  rows?: number
  version?: string
}

/** A large run: read, check, digest, verdicts → columns; the peers do a part of it. */
export async function measureColumns(folder: string): Promise<BenchReport> {
  const path = join(folder, rowsPath)
  await writeRows(path, rows)
  const place = (name: string) => fileURLToPath(new URL(name, import.meta.url))
  const run = (program: string, args: string[]) => {
    const output = execFileSync(program, args, { encoding: 'utf8' })
    return Promise.resolve(JSON.parse(output) as Usage)
  }
  const python = peerPython('clients')
  const duckdb = [place('../peers/duckdb_columns.py'), place('../peers/columns.sql'), path]
  const alone = async (program: string, args: string[]): Promise<Usage> => {
    const seconds = await timed(async () => void execFileSync(program, args, { stdio: ['ignore', 'ignore', 2] }))
    return { seconds, cpuSeconds: Number.NaN, peakBytes: Number.NaN }
  }
  const samples = await inPairs(pairs, {
    ours: () => run(process.execPath, [place('columns-process.ts'), folder, String(rows)]),
    sha256sum: () => alone('sha256sum', [path]),
    DuckDB: () => run(python, duckdb),
    jq: () => alone('jq', ['-r', jqFilter, path]),
  })
  const { ours, DuckDB } = samples
  if (DuckDB[0]?.rows !== rows) throw new Error(`DuckDB: ${DuckDB[0]?.rows} rows, expected ${rows}`)
  const seconds = (of: readonly Usage[]) => of.map((usage) => usage.seconds)
  const toOurs = (peer: readonly Usage[]) => ratios(seconds(ours), seconds(peer))
  const figures = [
    ...Object.entries(samples).map(([name, taken]) => ({ name, unit: 's', values: seconds(taken) })),
    { name: 'ours: CPU', unit: 's', values: ours.map(({ cpuSeconds }) => cpuSeconds) },
    { name: 'DuckDB: CPU', unit: 's', values: DuckDB.map(({ cpuSeconds }) => cpuSeconds) },
    { name: 'ours / sha256sum', unit: '', values: toOurs(samples.sha256sum), wanted: { atMost: 2 } },
    { name: 'ours / DuckDB', unit: '', values: toOurs(DuckDB), wanted: { atMost: 1 } },
    { name: 'ours / jq', unit: '', values: toOurs(samples.jq), wanted: { atMost: 0.4 } },
    {
      name: 'ours: peak RSS',
      unit: 'MB',
      values: ours.map(({ peakBytes }) => peakBytes / 1e6),
      wanted: { atMost: 400 },
    },
    { name: 'DuckDB: peak RSS', unit: 'MB', values: DuckDB.map(({ peakBytes }) => peakBytes / 1e6) },
  ]
  const megabytes = Math.round(statSync(path).size / 1e6)
  const work = `${rows} rows, ${megabytes} MB: digest, check, five verdicts a row → columns; DuckDB (columns.sql) and jq read the same columns and the answers without verdicts`
  const jq = execFileSync('jq', ['--version'], { encoding: 'utf8' }).trim()
  return { parts: [{ name: 'columns', work, figures }], versions: { duckdb: DuckDB[0]?.version ?? '', jq } }
}
