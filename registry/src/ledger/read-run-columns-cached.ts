import { randomUUID } from 'node:crypto'
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import type { Rubric } from '../formats/rubric.ts'
import type { RunMeta } from '../formats/run-meta.ts'
import { parserVersion } from '../verdicts/read-verdict.ts'
import { decodeColumns, encodeColumns } from './columns-file.ts'
import { digestFile, sha256 } from './digest.ts'
import { extractionSha256 } from './digest-rubric.ts'
import { readRunColumns, refusePointer, type ReadRun } from './read-run-columns.ts'
import type { ScanOptions } from './scan-file.ts'

export interface CachedReadOptions extends ScanOptions {
  /** the cache folder; columns lie in its folder `columns`, which may be deleted at any time */
  cache: string
}

/** Columns depend on the key; these two figures shape the accounting, so they are compared. */
interface About extends Pick<ReadRun, 'results' | 'digest'> {
  privacy: RunMeta['dataset']['privacy']
  count: number
  /** without the path */
  problems: string[]
}

/**
 * The same as `readRunColumns`, from the cache where it holds what this rubric reads out of these very bytes: an entry is
 * keyed by the digest of the file that was read (not by what the meta claims), the rubric's extraction digest and the
 * parser's version. The digest is taken anew unless the file is, by its inode, size and times, the one it was taken of. An
 * entry that is damaged or foreign is read past and replaced. Entries hold custom_ids: only their owner can read them.
 * @throws UserError when the file is a Git LFS pointer or is missing
 */
export async function readRunColumnsCached(
  ledger: string,
  meta: Pick<RunMeta, 'files' | 'dataset'>,
  rubric: Pick<Rubric, 'fields' | 'accept'>,
  { cache, ...options }: CachedReadOptions,
): Promise<ReadRun> {
  const path = join(ledger, meta.files.results)
  await refusePointer(ledger, meta.files.results)
  const folder = join(cache, 'columns')
  const entryPath = (digest: string) =>
    join(folder, digest.slice(0, 2), `${digest}-${extractionSha256(rubric)}-${parserVersion}.columns`)
  const stamp = await takeStamp(path, join(folder, 'stamps', sha256(resolve(path))))
  let digest = await readStamp(stamp)
  // where nothing is there for the digest that the meta claims, the pass over the rows gives the true one
  if (digest === undefined && (await isThere(entryPath(meta.files.sha256.results)))) {
    digest = (await digestFile(path)).sha256
    await writeStamp(stamp, path, digest)
  }
  const found = digest === undefined ? undefined : await readEntry(entryPath(digest), meta, rubric)
  if (found) return found
  const read = await readRunColumns(ledger, meta, rubric, options)
  const { privacy, count } = meta.dataset
  const problems = read.problems.map((problem) => problem.slice(meta.files.results.length))
  const about: About = { privacy, count, problems, results: read.results, digest: read.digest }
  await writeWhole(entryPath(read.digest.sha256), encodeColumns(read.columns, about))
  await writeStamp(stamp, path, read.digest.sha256)
  return read
}

async function readEntry(
  entryPath: string,
  { files, dataset }: Pick<RunMeta, 'files' | 'dataset'>,
  { fields }: Pick<Rubric, 'fields'>,
): Promise<ReadRun | undefined> {
  const bytes = await readOptionalBytes(entryPath)
  const entry = bytes && decodeColumns(bytes)
  if (!entry) return undefined
  const { privacy, count, problems, results, digest } = entry.about as About
  if (privacy !== dataset.privacy || count !== dataset.count) return undefined
  // the extraction digest doesn't see the order in which a rubric names its fields
  const inOrder = Object.keys(fields).map((name) => [name, entry.columns.fields[name]] as const)
  return {
    columns: { ...entry.columns, fields: Object.fromEntries(inOrder) as ReadRun['columns']['fields'] },
    results,
    problems: problems.map((problem) => `${files.results}${problem}`),
    digest,
  }
}

/** What changes when a file's bytes do: a write can't leave the time of change (ctime) as it was. */
interface Stamp {
  /** where the file's digest is kept with it */
  at: string
  file: string
  /** milliseconds, of the later of mtime and ctime */
  changed: number
  taken: number
}

async function takeStamp(path: string, at: string): Promise<Stamp> {
  const { dev, ino, size, mtimeNs, ctimeNs } = await stat(path, { bigint: true })
  const changed = Number((mtimeNs > ctimeNs ? mtimeNs : ctimeNs) / 1_000_000n)
  return { at, file: [dev, ino, size, mtimeNs, ctimeNs].join(' '), changed, taken: Date.now() }
}

/** The digest of a file that has changed in nothing since it was digested, else undefined. */
async function readStamp({ at, file }: Stamp): Promise<string | undefined> {
  const [seen, digest] = (await readOptionalBytes(at))?.toString('utf8').split('\n') ?? []
  return seen === file && digest !== undefined && /^[0-9a-f]{64}$/.test(digest) ? digest : undefined
}

/** File systems tell times in steps of up to two seconds: a file that young may change within its stamp. */
const youngest = 2000

async function writeStamp(stamp: Stamp, path: string, digest: string): Promise<void> {
  if (stamp.taken - stamp.changed <= youngest) return
  // it may have changed while it was read
  if ((await takeStamp(path, stamp.at)).file === stamp.file) await writeWhole(stamp.at, `${stamp.file}\n${digest}\n`)
}

async function isThere(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined)) !== undefined
}

async function readOptionalBytes(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path)
  } catch (error) {
    if (isOf(error, ['ENOENT', 'ENOTDIR', 'EACCES', 'EISDIR'])) return undefined
    throw error
  }
}

/** Under another name first, so that a file is whole or not there. A cache that can't be written to is none. */
async function writeWhole(path: string, data: string | Buffer): Promise<void> {
  const draft = `${path}.${randomUUID()}.draft`
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 })
    await writeFile(draft, data, { mode: 0o600 })
    await rename(draft, path)
  } catch (error) {
    await rm(draft, { force: true }).catch(() => undefined)
    if (!isOf(error, ['EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'EDQUOT', 'ENOTDIR', 'EEXIST', 'EISDIR'])) throw error
  }
}

function isOf(error: unknown, codes: readonly string[]): boolean {
  return codes.includes((error as NodeJS.ErrnoException).code ?? '')
}
