import { readFile, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { readPointer, type KnownFrom } from 'registry'
import { readSourceLines } from './source-lines.ts'
import { asText, isMembers, type Claim } from './source-row.ts'
import { stemOfSource } from './read-name.ts'

/** Files beside a source that speak of its run. */
export interface Sidecars {
  meta?: string
  log?: string
  index?: string
}

const largestMeta = 16 << 20

/** Paths of a meta → the fields of a claim. What the contract names, and what older scripts called it. */
const metaFields: readonly (readonly [field: string, ...pointers: string[]])[] = [
  ['model', '/model/id', '/model/name', '/model', '/model_name', '/model_args/model'],
  ['dataset.name', '/dataset/name', '/dataset', '/input_file', '/files/input'],
  ['dataset.count', '/dataset/count'],
  ['execution.started_at', '/execution/started_at', '/started_at', '/date', '/start_time'],
  ['execution.completed_at', '/execution/completed_at', '/completed_at', '/end_time'],
  ['execution.duration_seconds', '/execution/duration_seconds', '/duration_seconds'],
  ['elapsed', '/execution/elapsed', '/elapsed', '/duration'],
  ['execution.req_per_sec', '/execution/req_per_sec', '/req_per_sec'],
  ['execution.vllm_version', '/execution/vllm_version', '/vllm_version'],
  ['execution.command', '/execution/command', '/command'],
  ['results.total', '/results/total', '/total'],
  ['results.success', '/results/success', '/success'],
  ['results.errors', '/results/errors', '/errors'],
  ['results.success_rate', '/results/success_rate', '/success_rate'],
  ['results.avg_prompt_tokens', '/results/avg_prompt_tokens'],
  ['results.avg_completion_tokens', '/results/avg_completion_tokens'],
  ['status', '/status'],
  ['dataset.prompt_template', '/dataset/prompt_template'],
]

/** What the files beside a source say of it. @throws the file system's error */
export async function readClaims(source: string, root: string, sidecars: Sidecars): Promise<Claim[]> {
  return [
    ...(sidecars.meta === undefined ? [] : readMeta(await readJson(join(root, sidecars.meta)))),
    ...(sidecars.index === undefined ? [] : readIndex(await readJson(join(root, sidecars.index)), source)),
    ...(sidecars.log === undefined ? [] : await readLog(join(root, sidecars.log))),
  ]
}

/** The meta, the log and the index that belong to a source, by their names; `files` are all of the tree. Pure. */
export function findSidecars(source: string, files: ReadonlySet<string>): Sidecars {
  const folder = dirname(source)
  const stem = stemOfSource(source)
  const beside = (name: string) => [join(folder, name)].find((path) => files.has(path) && path !== source)
  const lmEval = /^samples_.*_(\d{4}-\d\d-\d\dT[\d-]+(?:\.\d+)?)$/.exec(stem)
  const meta =
    beside(`${stem}.meta.json`) ??
    beside(`${stem}_meta.json`) ??
    beside(`${stem}.metadata.json`) ??
    (lmEval ? beside(`results_${lmEval[1]}.json`) : undefined)
  const log = beside(`${stem}.log`) ?? beside(`${basename(source)}.log`) ?? beside(`${stem}.txt`)
  let index: string | undefined
  for (let above = folder; index === undefined; above = dirname(above)) {
    const path = join(above, 'metadata.json')
    if (files.has(path)) index = path
    if (above === '.' || above === '/') break
  }
  return {
    ...(meta === undefined ? {} : { meta }),
    ...(log === undefined ? {} : { log }),
    ...(index === undefined ? {} : { index }),
  }
}

/** A meta of the seed's kind or of an older script: any member may be missing or of another type. */
function readMeta(meta: unknown): Claim[] {
  if (!isMembers(meta)) return []
  const claims: Claim[] = []
  for (const [field, ...pointers] of metaFields) {
    for (const pointer of pointers) {
      const value: unknown = readPointer(meta, pointer)
      if ((typeof value !== 'string' || value === '') && typeof value !== 'number') continue
      claims.push(claimOf(field, value, 'meta'))
      break
    }
  }
  return claims
}

/** An index of the seed's kind: `runs[]` that name their results file. */
function readIndex(index: unknown, source: string): Claim[] {
  const runs: unknown = isMembers(index) ? index['runs'] : undefined
  if (!Array.isArray(runs)) return []
  const run = runs.find(
    (entry: unknown) => isMembers(entry) && basename(asText(entry['results_file']) ?? '') === basename(source),
  )
  if (!isMembers(run)) return []
  const claims: Claim[] = []
  for (const [field, name] of [
    ['model', 'model'],
    ['dataset.name', 'dataset'],
    ['execution.started_at', 'timestamp'],
    ['status', 'status'],
  ] as const) {
    const value = asText(run[name])
    if (value !== undefined) claims.push(claimOf(field, value, 'index'))
  }
  const datasets = isMembers(index) && isMembers(index['datasets']) ? index['datasets'] : {}
  const dataset = datasets[asText(run['dataset']) ?? '']
  if (isMembers(dataset) && typeof dataset['count'] === 'number')
    claims.push(claimOf('dataset.count', dataset['count'], 'index'))
  return claims
}

const logPatterns: readonly (readonly [string, RegExp])[] = [
  ['model', /(?:\bmodel(?:_name)?=|--model[ =])['"]?([\w./-]{3,100})/],
  ['execution.vllm_version', /\bvllm(?: api server)? version\s*[=:]?\s*v?(\d[\w.+-]{2,20})/i],
  [
    'elapsed',
    /\b(?:elapsed|total time|took|completed in|finished in)\s*(?:time)?\s*[=:]?\s*([\d:.]+\s*[a-z]*(?:\s*\d+\s*[a-z]+)*)/i,
  ],
]

/** An engine says what it is when it starts; later lines may hold words of rows. */
const headLines = 500

/** The first thing a log says of each; logs hold row text too, so nothing else of them is taken. */
async function readLog(path: string): Promise<Claim[]> {
  const found = new Map<string, string>()
  let lines = 0
  for await (const line of readSourceLines(path)) {
    if (line.finding !== undefined) continue
    lines++
    const text = line.bytes.subarray(0, 2000).toString('utf8')
    for (const [field, pattern] of logPatterns) {
      if (field !== 'elapsed' && lines > headLines) continue
      const value = pattern.exec(text)?.[1]?.trim()
      // of a duration the last one is the whole run's
      if (value !== undefined && value !== '' && (field === 'elapsed' || !found.has(field))) found.set(field, value)
    }
  }
  return [...found].map(([field, value]) => claimOf(field, value, 'log'))
}

function claimOf(field: string, value: string | number, from: KnownFrom): Claim {
  return { field, value, from }
}

async function readJson(path: string): Promise<unknown> {
  try {
    if ((await stat(path)).size > largestMeta) return undefined
    return JSON.parse((await readFile(path, 'utf8')).replace(/^\uFEFF/, ''))
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    // a damaged meta claims nothing; the rows are what counts
    return undefined
  }
}
