import { createHash, randomUUID } from 'node:crypto'
import { mkdir, open, readdir, readFile, rename, rm, stat, utimes, type FileHandle } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { sha256 } from 'registry/node'
import type { PutFile } from './chunk-writer.ts'

/** Days after which an entry that no build used is removed. */
const keptDays = 14
/** bytes of the end of an entry: the list's length, then its digest in hex */
const lengthBytes = 8
const trailerBytes = lengthBytes + 64

/** The files an entry holds, one after the other from its start, and what their writer gave back. */
interface EntryList<Result> {
  files: { path: string; bytes: number; sha256: string }[]
  result: Result
}

/**
 * Files that were written before, kept by what they were made from. An entry is one file: what was written, then a list of
 * it with digests. It stands there whole or not at all; one that is damaged is read past and replaced. Entries hold rows'
 * words: only their owner can read them. A cache that can't be written to is none.
 */
export class BuildCache {
  readonly #folder: string
  readonly #code: string

  /** @param folder holds entries only; it may be deleted at any time */
  private constructor(folder: string, code: string) {
    this.#folder = folder
    this.#code = code
  }

  /** @param cache the cache folder; entries lie in its folder `site` */
  static async open(cache: string): Promise<BuildCache> {
    return new BuildCache(join(cache, 'site'), await digestCode())
  }

  /**
   * The files of an entry, put where they belong; where there is none, what `write` puts becomes one.
   * @param madeFrom all that decides about the files, apart from the code that writes them
   */
  async reuse<Result>(
    madeFrom: readonly string[],
    put: PutFile,
    write: (put: PutFile) => Promise<Result>,
  ): Promise<Result> {
    const key = sha256(JSON.stringify([this.#code, ...madeFrom]))
    const path = join(this.#folder, key.slice(0, 2), key)
    return (await this.#take<Result>(path, put)) ?? this.#fill(path, put, write)
  }

  /** Removes entries that no build has used for two weeks, and drafts as old. */
  async prune(): Promise<void> {
    const oldest = Date.now() - keptDays * 86_400_000
    for (const name of await readdir(this.#folder, { recursive: true }).catch(() => [])) {
      const path = join(this.#folder, name)
      // another build may have removed it
      const found = await stat(path).catch(() => undefined)
      if (found?.isFile() === true && found.mtimeMs < oldest) await rm(path, { force: true })
    }
  }

  async #take<Result>(path: string, put: PutFile): Promise<Result | undefined> {
    const file = await unlessUnusable(open(path))
    if (!file) return undefined
    try {
      const list = await readList<Result>(file)
      if (!list) return undefined
      let at = 0
      for (const { path: target, bytes, sha256: digest } of list.files) {
        const content = await readAt(file, at, bytes)
        if (content.length < bytes || sha256(content) !== digest) return undefined
        await put(target, content)
        at += bytes
      }
      const now = new Date()
      await unlessUnusable(utimes(path, now, now))
      return list.result
    } finally {
      await file.close()
    }
  }

  async #fill<Result>(path: string, put: PutFile, write: (put: PutFile) => Promise<Result>): Promise<Result> {
    const draft = `${path}.${randomUUID()}.draft`
    await unlessUnusable(mkdir(dirname(path), { recursive: true, mode: 0o700 }))
    const file = await unlessUnusable(open(draft, 'wx', 0o600))
    if (!file) return write(put)
    try {
      const files: EntryList<Result>['files'] = []
      const result = await write(async (target, content) => {
        const bytes = Buffer.from(content)
        files.push({ path: target, bytes: bytes.length, sha256: sha256(bytes) })
        await Promise.all([put(target, bytes), unlessUnusable(file.write(bytes))])
      })
      const list = Buffer.from(JSON.stringify({ files, result } satisfies EntryList<Result>))
      const length = Buffer.alloc(lengthBytes)
      length.writeDoubleLE(list.length)
      await unlessUnusable(file.write(Buffer.concat([list, length, Buffer.from(sha256(list))])))
      await unlessUnusable(rename(draft, path))
      return result
    } finally {
      await file.close()
      await rm(draft, { force: true })
    }
  }
}

async function readList<Result>(file: FileHandle): Promise<EntryList<Result> | undefined> {
  const { size } = await file.stat()
  if (size < trailerBytes) return undefined
  const trailer = await readAt(file, size - trailerBytes, trailerBytes)
  const length = trailer.readDoubleLE()
  if (!Number.isInteger(length) || length < 0 || length > size - trailerBytes) return undefined
  const list = await readAt(file, size - trailerBytes - length, length)
  if (sha256(list) !== trailer.toString('latin1', lengthBytes)) return undefined
  return JSON.parse(list.toString('utf8')) as EntryList<Result>
}

async function readAt(file: FileHandle, position: number, bytes: number): Promise<Buffer> {
  const content = Buffer.alloc(bytes)
  const { bytesRead } = await file.read(content, 0, bytes, position)
  return content.subarray(0, bytesRead)
}

const unusable = new Set('ENOENT EACCES EPERM EROFS ENOSPC EDQUOT ENOTDIR EEXIST EISDIR EIO'.split(' '))

/** Undefined where the cache is missing, full or not ours. */
async function unlessUnusable<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work
  } catch (error) {
    if (unusable.has((error as NodeJS.ErrnoException).code ?? '')) return undefined
    throw error
  }
}

/** The code that writes the files is part of what they are made from, so that no entry outlives a change of it. */
async function digestCode(): Promise<string> {
  const hash = createHash('sha256')
  for (const module of [import.meta.url, import.meta.resolve('registry')]) {
    const folder = dirname(fileURLToPath(module))
    const names = (await readdir(folder, { recursive: true })).filter((name) => /(?<!\.test)\.[jt]s$/.test(name))
    for (const name of names.sort()) hash.update(`${name}\n`).update(await readFile(join(folder, name)))
  }
  return hash.digest('hex')
}
