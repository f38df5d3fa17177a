import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { UserError, type Dataset, type RunMeta } from 'registry'
import { listTree, readBlobs, writeBlobTo } from '../adapters/git-objects.ts'
import type { AddedRun } from './check-change.ts'
import type { PlaceObject } from './object-sources.ts'
import { readPointerText } from './read-pointer.ts'

/** A commit of a repository, and the folder in it that is the ledger ('' or `some/folder/`). */
export interface LedgerCommit {
  repository: string
  commit: string
  prefix: string
}

/** Gives a temporary folder to `use` and removes it afterwards. @param parent beside the objects, so that they need no copy */
export async function inScratch<T>(parent: string | undefined, use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(parent ?? tmpdir(), 'batchledger-verify-'))
  try {
    return await use(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Lays a commit's authored YAML (registry/) into a folder. What is no plain file there is left out. */
export async function layOutCatalog({ repository, commit, prefix }: LedgerCommit, folder: string): Promise<void> {
  const entries = (await listTree(repository, commit, `${prefix}registry/`)).filter(
    ({ path, mode }) => mode.startsWith('100') && /\.ya?ml$/.test(path),
  )
  const blobs = await readBlobs(repository, [...new Set(entries.map(({ oid }) => oid))])
  for (const { path, oid } of entries)
    await writeFile(await makeRoom(folder, path.slice(prefix.length)), blobs.get(oid) ?? '')
}

/** Lays a change's run into a folder as a merge and a fetch of its objects would. @throws UserError when an object is not to be had */
export async function layOutRun(
  { repository }: LedgerCommit,
  run: AddedRun,
  metaOid: string,
  folder: string,
  placeObject: PlaceObject,
): Promise<void> {
  await writeBlobTo(repository, metaOid, await makeRoom(folder, run.metaPath))
  for (const part of ['results', 'log'] as const) {
    const path = run.meta.files[part]
    const file = await makeRoom(folder, path)
    const object = run.objects[part]
    if (object) await placeObject({ ...object, path, runId: run.meta.run_id }, file)
    else await writeFile(file, '')
  }
}

/** Lays the rows of a run on main into a folder, without its meta. @throws UserError when they are not to be had */
export async function layOutRows(meta: RunMeta, folder: string, placeObject: PlaceObject): Promise<void> {
  const path = meta.files.results
  const file = await makeRoom(folder, path)
  const object = { oid: meta.files.sha256.results, size: meta.files.bytes.results, path, runId: meta.run_id }
  if (object.size > 0) await placeObject(object, file)
  else await writeFile(file, '')
}

/** Lays a dataset's rows into a folder. @returns why they are not there; undefined when they are */
export async function layOutDataset(
  { repository, commit, prefix }: LedgerCommit,
  dataset: Dataset,
  folder: string,
  placeObject: PlaceObject,
): Promise<string | undefined> {
  if (dataset.location === 'runner') return 'its rows lie on the runner only'
  const [entry] = await listTree(repository, commit, prefix + dataset.file)
  if (!entry?.mode.startsWith('100')) return `main does not have ${dataset.file}`
  const file = await makeRoom(folder, dataset.file)
  if (dataset.location === 'ledger') {
    await writeBlobTo(repository, entry.oid, file)
    return undefined
  }
  const text = (await readBlobs(repository, entry.size <= 1024 ? [entry.oid] : [])).get(entry.oid)
  const object = text === undefined ? undefined : readPointerText(text.toString('utf8'))
  if (!object) return `${dataset.file} on main is no Git LFS pointer`
  try {
    await placeObject({ ...object, path: dataset.file, runId: '' }, file)
    return undefined
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    return error.problems.join('; ')
  }
}

/** A path of the ledger in a folder, its own folders made. */
async function makeRoom(folder: string, path: string): Promise<string> {
  const file = join(folder, path)
  await mkdir(dirname(file), { recursive: true })
  return file
}
