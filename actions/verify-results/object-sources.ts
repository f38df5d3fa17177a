import { constants } from 'node:fs'
import { copyFile, link, mkdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { UserError } from 'registry'
import { readOptional } from 'registry/node'
import { committerEnv, configEnv, git, GitError } from '../adapters/git.ts'
import type { LfsObject } from './read-pointer.ts'

/** An object, and whose it is: the path in the ledger, and the run ('' for a dataset). */
export interface WantedObject extends LfsObject {
  path: string
  runId: string
}

/** Puts an object's bytes at a new file, linked where that is possible. @throws UserError when it is not to be had */
export type PlaceObject = (object: WantedObject, file: string) => Promise<void>

/** Bundles as they lie in a spool. */
export function spoolObjects(spool: string): PlaceObject {
  return async ({ path, runId }, file) => {
    const source = join(spool, runId, 'bundle', path)
    const found = runId === '' ? undefined : await stat(source).catch(() => undefined)
    if (!found?.isFile()) throw new UserError('rows are missing', [`${path}: is not in the spool ${spool}`])
    await linkOrCopy(source, file)
  }
}

/** A run's meta as the run itself left it; undefined where there is none. */
export type ReadOwnMeta = (run: { runId: string; metaPath: string }) => Promise<string | undefined>

/** Metas as they lie in a spool. */
export function spoolMetas(spool: string): ReadOwnMeta {
  return ({ runId, metaPath }) => readOptional(join(spool, runId, 'bundle', metaPath))
}

export interface LfsStore {
  /** a folder for fetched objects that is kept between calls; made when missing */
  folder: string
  /** the Git remote's address, and where it keeps objects if elsewhere: main's word, not a branch's */
  url: string
  lfsUrl?: string | undefined
  /** for Git, e.g. credentials; see authSettings */
  settings?: readonly [string, string][]
}

/** Objects of a remote, fetched by Git LFS into a store of their own; those it has are not fetched again. */
export function lfsObjects(store: LfsStore): PlaceObject {
  return async (object, file) => {
    const kept = join(store.folder, 'lfs', 'objects', object.oid.slice(0, 2), object.oid.slice(2, 4), object.oid)
    if (!(await stat(kept).catch(() => undefined))) await fetchObject(store, object)
    if (!(await stat(kept).catch(() => undefined))) throw notThere(store, object, 'Git LFS fetched nothing')
    await linkOrCopy(kept, file)
  }
}

/** The first source that has an object. */
export function firstOf(...sources: readonly PlaceObject[]): PlaceObject {
  return async (object, file) => {
    const problems: string[] = []
    for (const place of sources)
      try {
        return await place(object, file)
      } catch (error) {
        if (!(error instanceof UserError)) throw error
        problems.push(...error.problems)
      }
    throw new UserError('rows are missing', problems)
  }
}

/** Fetches by a commit made for it, which holds a pointer to the object and nothing else. */
async function fetchObject(store: LfsStore, object: WantedObject): Promise<void> {
  const { folder, url, lfsUrl } = store
  // with the command, not in a file of settings, which whoever else fetches into this store would lock; by environment, since
  // an address may hold a password
  const address: [string, string][] = [
    ['remote.origin.url', url],
    ...(lfsUrl === undefined ? [] : [['lfs.url', lfsUrl] as [string, string]]),
  ]
  const env = { ...configEnv([...(store.settings ?? []), ...address]), GIT_LFS_SKIP_SMUDGE: '0' }
  await mkdir(folder, { recursive: true })
  if (!(await stat(join(folder, 'HEAD')).catch(() => undefined))) await git(folder, ['init', '--quiet', '--bare'])
  const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${object.oid}\nsize ${object.size}\n`
  const blob = (await git(folder, ['hash-object', '-w', '--stdin'], { input: Readable.from([pointer]) })).trim()
  const tree = (await git(folder, ['mktree'], { input: Readable.from([`100644 blob ${blob}\tobject\n`]) })).trim()
  const identity = await committerEnv(folder)
  const commit = (await git(folder, ['commit-tree', tree, '-m', 'Wanted'], { env: { ...env, ...identity } })).trim()
  try {
    await git(folder, ['lfs', 'fetch', 'origin', commit], { env })
  } catch (error) {
    if (!(error instanceof GitError)) throw error
    throw notThere(store, object, error.stderr)
  }
}

function notThere({ url, lfsUrl }: LfsStore, { path, oid }: WantedObject, reason: string): UserError {
  return new UserError('rows are missing', [
    `${path}: sha256 ${oid.slice(0, 12)}… can’t be fetched from ${withoutLogin(lfsUrl ?? url)}: ${withoutLogin(reason.replaceAll(/\s+/g, ' '))}`,
  ])
}

/** Without what stands before the @ of an address: it may be a password. */
function withoutLogin(text: string): string {
  return text.replaceAll(/\/\/[^/@\s]*@/g, '//')
}

async function linkOrCopy(source: string, file: string): Promise<void> {
  try {
    await link(source, file)
  } catch (error) {
    // another file system, or somebody else's file
    if (!['EXDEV', 'EPERM', 'EMLINK', 'EACCES'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error
    await copyFile(source, file, constants.COPYFILE_FICLONE | constants.COPYFILE_EXCL)
  }
}
