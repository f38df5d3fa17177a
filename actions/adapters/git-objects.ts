import { createWriteStream } from 'node:fs'
import { Readable, Writable } from 'node:stream'
import { git } from './git.ts'

/** A file, link or submodule of a commit. */
export interface TreeEntry {
  /** from the repository's top */
  path: string
  /** 100644 a file, 100755 an executable one, 120000 a link, 160000 a submodule */
  mode: string
  oid: string
  /** bytes; 0 for a submodule */
  size: number
}

/** What a path became between two commits. */
export interface ChangedPath {
  path: string
  status: 'added' | 'changed' | 'deleted'
  /** as it is afterwards; of a deleted one as it was */
  mode: string
  oid: string
}

/** All entries of a commit below a folder ('' for all, else with a slash at its end). @throws GitError */
export async function listTree(repository: string, commit: string, folder: string): Promise<TreeEntry[]> {
  const below = folder === '' ? [] : ['--', folder]
  const listed = await git(repository, ['ls-tree', '-r', '-l', '-z', '--full-tree', commit, ...below])
  return listed
    .split('\0')
    .filter(Boolean)
    .map((line) => {
      const tab = line.indexOf('\t')
      const [mode = '', , oid = '', size = ''] = line.slice(0, tab).split(/ +/)
      return { path: line.slice(tab + 1), mode, oid, size: Number(size) || 0 }
    })
}

/** What differs between two commits, without looking for renames. @throws GitError */
export async function diffCommits(repository: string, from: string, to: string): Promise<ChangedPath[]> {
  const parts = (await git(repository, ['diff-tree', '-r', '-z', '--raw', '--no-renames', from, to])).split('\0')
  const changed: ChangedPath[] = []
  for (let at = 0; at + 1 < parts.length; at += 2) {
    const [oldMode = '', mode = '', oldOid = '', oid = '', letter = ''] = (parts[at] ?? '').slice(1).split(' ')
    const path = parts[at + 1] ?? ''
    if (letter === 'D') changed.push({ path, status: 'deleted', mode: oldMode, oid: oldOid })
    else changed.push({ path, status: letter === 'A' ? 'added' : 'changed', mode, oid })
  }
  return changed
}

/** The blobs that commits up to `head` bring and `base` doesn't have: id → a path each stood at. @throws GitError */
export async function listNewBlobs(repository: string, base: string, head: string): Promise<Map<string, string>> {
  const listed = await git(repository, [
    'rev-list',
    '--objects',
    '--filter=object:type=blob',
    '--filter-provided-objects',
    head,
    `^${base}`,
  ])
  const found = listed.matchAll(/^([0-9a-f]{40,64})(?: (.*))?$/gm)
  return new Map([...found].map(([, oid = '', path = '']) => [oid, path]))
}

/** The contents of small blobs, all in memory, in one call of Git. @throws when one is not there */
export async function readBlobs(repository: string, oids: readonly string[]): Promise<Map<string, Buffer>> {
  const blobs = new Map<string, Buffer>()
  if (oids.length === 0) return blobs
  const chunks: Buffer[] = []
  const output = new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(chunk)
      done()
    },
  })
  await git(repository, ['cat-file', '--batch'], { input: Readable.from([`${oids.join('\n')}\n`]), output })
  const all = Buffer.concat(chunks)
  let at = 0
  for (const oid of oids) {
    const end = all.indexOf('\n', at)
    const header = all.subarray(at, end).toString('utf8')
    const size = Number(/ blob (\d+)$/.exec(header)?.[1] ?? Number.NaN)
    if (Number.isNaN(size)) throw new Error(`git cat-file ${oid}: ${header}`)
    blobs.set(oid, all.subarray(end + 1, end + 1 + size))
    at = end + 1 + size + 1
  }
  return blobs
}

/** Writes a blob of any size into a new file. @throws GitError or the file system's error */
export async function writeBlobTo(repository: string, oid: string, file: string): Promise<void> {
  await git(repository, ['cat-file', 'blob', oid], { output: createWriteStream(file, { flags: 'wx' }) })
}
