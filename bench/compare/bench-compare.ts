import { execFileSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bootstrapSettings, codeField } from 'registry'
import { ratios, type BenchReport } from '../figure.ts'
import { inPairs } from '../in-pairs.ts'
import { peerPython } from '../peers/peer-python.ts'
import { scale, verdictField, type Told } from './verdict-field.ts'
import { syntheticColumns } from './synthetic-columns.ts'

const runs = 5
const items = 200_000
const pairs = 2

/** Every figure of five runs' verdicts with all intervals, beside scikit-learn's kappa and numpy's bootstrap of it. */
export async function benchCompare(): Promise<BenchReport> {
  const folder = await mkdtemp(join(tmpdir(), 'batchledger-bench-'))
  try {
    await writeCodes(folder)
    const python = peerPython('statistics')
    const peer = (how: 'items' | 'counts') => () =>
      Promise.resolve(
        lastLine(python, [
          fileURLToPath(new URL('../peers/kappa_bootstrap.py', import.meta.url)),
          folder,
          String(runs),
          String(scale.length),
          String(bootstrapSettings.resamples),
          how,
        ]),
      )
    const ours = (what: 'all' | 'kappa') => () =>
      Promise.resolve(
        lastLine(process.execPath, [
          fileURLToPath(new URL('compare-process.ts', import.meta.url)),
          what,
          String(runs),
          String(items),
        ]),
      )
    const told = await inPairs(pairs, {
      all: ours('all'),
      kappa: ours('kappa'),
      counts: peer('counts'),
      items: peer('items'),
    })
    const seconds = (samples: readonly Told[]) => samples.map((sample) => sample.seconds)
    const megabytes = (samples: readonly Told[]) => samples.map((sample) => sample.peakMegabytes)
    const [own, other] = [told.all[0], told.items[0]]
    if (!own || !other || Math.abs(own.kappa - other.kappa) > 1e-9)
      throw new Error(`kappa is ${own?.kappa} here, ${other?.kappa} there: not the same work`)
    const figures = [
      { name: 'all figures, ours', unit: 's', values: seconds(told.all), wanted: { atMost: 5 } },
      { name: 'peak RSS, ours', unit: 'MB', values: megabytes(told.all), wanted: { atMost: 500 } },
      { name: 'kappa only, ours', unit: 's', values: seconds(told.kappa) },
      { name: 'kappa only, bootstrap of items', unit: 's', values: seconds(told.items) },
      { name: 'kappa only, multinomial of counts', unit: 's', values: seconds(told.counts) },
      {
        name: 'all ours / kappa by items',
        unit: '',
        values: ratios(seconds(told.all), seconds(told.items)),
        wanted: { atMost: 0.2 },
      },
      { name: 'kappa ours / kappa by items', unit: '', values: ratios(seconds(told.kappa), seconds(told.items)) },
      { name: 'kappa ours / kappa by counts', unit: '', values: ratios(seconds(told.kappa), seconds(told.counts)) },
    ]
    const work = `${runs} runs × ${items} items, ${scale.length} values, ${(runs * (runs - 1)) / 2} pairs, ${bootstrapSettings.resamples} resamples; peers: scikit-learn's kappa, numpy's bootstrap of it`
    return { parts: [{ name: 'compare', work, figures }], versions: other.versions ?? {} }
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** What the peer reads: each run's usable codes as bytes. */
async function writeCodes(folder: string): Promise<void> {
  const { codes } = codeField(verdictField(), syntheticColumns(runs, items, scale.length), new Map())
  for (const [run, own] of codes.usable.entries())
    await writeFile(join(folder, `run-${run}.codes`), Int8Array.from(own))
}

function lastLine(program: string, args: readonly string[]): Told {
  const output = execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 2] })
  return JSON.parse(output.trimEnd().split('\n').at(-1) ?? '') as Told
}
