import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { UserError, type RunMeta } from 'registry'
import { checkPlace, digestFile, metaPathOf } from 'registry/node'
import { git } from '../adapters/git.ts'
import { blobAt, withIndex, writeBlob, writeTree } from '../adapters/git-plumbing.ts'
import { storeObject } from '../adapters/lfs.ts'
import type { LfsObject } from '../adapters/lfs-batch.ts'

export interface Bundle {
  folder: string
  meta: RunMeta
}

export const bundleParts = ['results', 'log'] as const

/** A bundle as Git holds it. */
export interface Contents {
  /** path relative to the ledger → blob id */
  blobs: Map<string, string>
  objects: LfsObject[]
}

/** Every fault of a bundle: its place, its digests. */
export async function checkBundle({ folder, meta }: Bundle): Promise<string[]> {
  const problems = checkPlace(meta, metaPathOf(meta))
  for (const part of bundleParts) {
    const path = meta.files[part]
    const found = await digestFile(join(folder, path)).catch(() => undefined)
    if (!found) problems.push(`${join(folder, path)}: the meta names it, no such file: the bundle is damaged`)
    else if (found.sha256 !== meta.files.sha256[part])
      problems.push(
        `${join(folder, path)}: sha256 is ${found.sha256.slice(0, 12)}…, the meta has ${meta.files.sha256[part].slice(0, 12)}…: the file was changed after the run`,
      )
  }
  return problems
}

/**
 * Puts a bundle into the repository's stores: rows and log as LFS objects with pointers, the meta as it is.
 * @throws UserError when a file is no longer what its meta says, and was checked to be: nothing of it is sent
 */
export async function storeContents(ledger: string, { folder, meta }: Bundle): Promise<Contents> {
  const blobs = new Map<string, string>()
  const objects: LfsObject[] = []
  for (const part of bundleParts) {
    const path = meta.files[part]
    const { oid, text } = await storeObject(ledger, path, join(folder, path))
    if (oid !== undefined && oid !== meta.files.sha256[part])
      throw new UserError('the bundle is not publishable', [
        `${join(folder, path)}: was changed while it was published: wait for the run's end, then publish again`,
      ])
    if (oid !== undefined) objects.push({ oid, size: meta.files.bytes[part] })
    blobs.set(path, await writeBlob(ledger, text))
  }
  const metaPath = metaPathOf(meta)
  blobs.set(metaPath, await writeBlob(ledger, await readFile(join(folder, metaPath), 'utf8')))
  return { blobs, objects }
}

/** The paths of a bundle at which a commit has other bytes, or none; all with the ledger's prefix. */
export async function differingPaths(
  ledger: string,
  commit: string,
  prefix: string,
  { blobs }: Pick<Contents, 'blobs'>,
): Promise<{ other: string[]; absent: string[] }> {
  const other: string[] = []
  const absent: string[] = []
  for (const [path, blob] of blobs) {
    const there = await blobAt(ledger, commit, prefix + path)
    if (there === undefined) absent.push(prefix + path)
    else if (there !== blob) other.push(prefix + path)
  }
  return { other, absent }
}

/** The base's tree with the bundle added, in an index of its own. @throws UserError when rows would not travel as pointers */
export async function buildTree(ledger: string, base: string, prefix: string, { blobs }: Contents): Promise<string> {
  return withIndex(ledger, base, async (env) => {
    for (const [path, blob] of blobs) {
      if (!path.endsWith('.meta.json')) {
        const attributes = await git(ledger, ['check-attr', '--cached', 'filter', '--', path], { env })
        if (!attributes.trim().endsWith(': lfs'))
          throw new UserError('rows would not travel as LFS pointers', [
            `.gitattributes on main: ${path} has no filter=lfs: add "results/**/*.jsonl filter=lfs diff=lfs merge=lfs -text", and the same for *.log, and push it to main`,
          ])
      }
      await git(ledger, ['update-index', '--add', '--cacheinfo', `100644,${blob},${prefix}${path}`], { env })
    }
    return writeTree(ledger, env)
  })
}
