import { cpSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { readLedger } from 'registry/node'
import { ratios, type BenchPart } from '../figure.ts'
import { runBuild, type Built } from './run-build.ts'
import { writeBenchLedger } from './write-bench-ledger.ts'

const pairs = 3

/** Five runs of 5,000: cold, with nothing new, and with a run more. Leaves the site at `out`. */
export async function measureSmallBuild(folder: string, out: string): Promise<BenchPart> {
  const ledger = join(folder, 'ledger')
  // what every build finds in the cache, before it is copied for each
  const warm = join(folder, 'cache')
  await writeBenchLedger(ledger, { runs: 6, rows: 5000 })
  const putBack = await takeNewestAway(ledger, folder)
  await runBuild(ledger, out, warm)
  const samples: Record<'cold' | 'again' | 'more', Built[]> = { cold: [], again: [], more: [] }
  for (let pair = 0; pair < pairs; pair++) {
    samples.cold.push(await runBuild(ledger, out))
    samples.again.push(await withCopy(warm, (cache) => runBuild(ledger, out, cache)))
    putBack.forth()
    samples.more.push(await withCopy(warm, (cache) => runBuild(ledger, join(folder, 'six'), cache)))
    putBack.back()
  }
  const seconds = (of: readonly Built[]) => of.map((built) => built.seconds)
  const figures = [
    { name: 'cold', unit: 's', values: seconds(samples.cold), wanted: { atMost: 10 } },
    { name: 'cold: CPU', unit: 's', values: samples.cold.map(({ cpuSeconds }) => cpuSeconds) },
    { name: 'nothing new', unit: 's', values: seconds(samples.again) },
    { name: 'a run more', unit: 's', values: seconds(samples.more) },
    {
      name: 'a run more / nothing new',
      unit: '',
      values: ratios(seconds(samples.more), seconds(samples.again)),
      wanted: { atMost: 1.3 },
    },
  ]
  return { name: 'build 5 × 5,000', work: 'processes from their start to their end, with and without a cache', figures }
}

/** A hundred and a thousand runs of 1,000 rows over twenty datasets. */
export async function measureManyBuild(folder: string): Promise<BenchPart> {
  const build = async (runs: number) => {
    const place = join(folder, String(runs))
    await writeBenchLedger(join(place, 'ledger'), { runs, rows: 1000, datasets: 20 })
    const built = await runBuild(join(place, 'ledger'), join(place, 'site'), join(place, 'cache'))
    const again = await runBuild(join(place, 'ledger'), join(place, 'site'), join(place, 'cache'))
    return { built, again, site: join(place, 'site') }
  }
  const few = await build(100)
  rmSync(dirname(few.site), { recursive: true })
  const many = await build(1000)
  const overview = readFileSync(join(many.site, 'index.html'))
  const figures = [
    { name: 'overview, gzip', unit: 'KB', values: [gzipSync(overview).length / 1e3], wanted: { atMost: 150 } },
    { name: 'overview, plain', unit: 'KB', values: [overview.length / 1e3] },
    { name: '100 runs', unit: 's', values: [few.built.seconds] },
    { name: '1,000 runs', unit: 's', values: [many.built.seconds] },
    { name: '1,000 runs, nothing new', unit: 's', values: [many.again.seconds] },
    { name: '1,000 runs: CPU', unit: 's', values: [many.built.cpuSeconds] },
    { name: 'peak RSS, 100 runs', unit: 'MB', values: [few.built.peakBytes / 1e6] },
    { name: 'peak RSS, 1,000 runs', unit: 'MB', values: [many.built.peakBytes / 1e6] },
    {
      name: 'growth of peak RSS',
      unit: 'KB/run',
      values: [(many.built.peakBytes - few.built.peakBytes) / 900 / 1e3],
    },
  ]
  rmSync(dirname(many.site), { recursive: true })
  return {
    name: 'build 1,000 × 1,000',
    work: 'a million rows in small runs; ten times the runs, much the same memory',
    figures,
  }
}

/** Four runs of 250,000. Leaves the site at `out`. */
export async function measureLargeBuild(folder: string, out: string): Promise<BenchPart> {
  const ledger = join(folder, 'ledger')
  await writeBenchLedger(ledger, { runs: 4, rows: 250_000 })
  const cache = join(folder, 'cache')
  const built = await runBuild(ledger, out, cache)
  const again = await runBuild(ledger, out, cache)
  const figures = [
    { name: 'cold', unit: 's', values: [built.seconds] },
    { name: 'cold: CPU', unit: 's', values: [built.cpuSeconds] },
    { name: 'nothing new', unit: 's', values: [again.seconds] },
    { name: 'peak RSS', unit: 'MB', values: [built.peakBytes / 1e6] },
    { name: 'columns of four runs', unit: 'KB', values: [columnsBytes(out) / 1e3] },
  ]
  for (const path of [ledger, cache]) rmSync(path, { recursive: true })
  return { name: 'build 4 × 250,000', work: 'a million rows in large runs', figures }
}

function columnsBytes(site: string): number {
  const folder = join(site, 'data/columns')
  return readdirSync(folder)
    .filter((name) => !name.endsWith('.tokens.cols'))
    .reduce((sum, name) => sum + readFileSync(join(folder, name)).length, 0)
}

/** The newest run's meta, out of the ledger and back: without it there is no run. */
async function takeNewestAway(ledger: string, folder: string): Promise<{ forth: () => void; back: () => void }> {
  const newest = (await readLedger(ledger)).runs[0]
  if (!newest) throw new Error('the ledger has no run')
  const [here, away] = [join(ledger, newest.metaPath), join(folder, 'newest.meta.json')]
  renameSync(here, away)
  return { forth: () => renameSync(away, here), back: () => renameSync(here, away) }
}

async function withCopy<Result>(folder: string, work: (copy: string) => Promise<Result>): Promise<Result> {
  const copy = `${folder}-copy`
  cpSync(folder, copy, { recursive: true, preserveTimestamps: true })
  try {
    return await work(copy)
  } finally {
    rmSync(copy, { recursive: true })
  }
}
