import { mkdirSync } from 'node:fs'
import { mkdir, readFile, stat } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { UserError, parseJson, runMetaSchema, type RunMeta } from 'registry'
import { listFolder } from 'registry/node'

/** Where journals and bundles live until their run is on main: BATCHLEDGER_SPOOL, else the user's state folder. */
export function defaultSpool(env: NodeJS.ProcessEnv): string {
  if (env['BATCHLEDGER_SPOOL']) return env['BATCHLEDGER_SPOOL']
  return join(env['XDG_STATE_HOME'] || join(homedir(), '.local', 'state'), 'batchledger', 'spool')
}

/** In a run's folder once it was published: from then on its bundle stays as it is. */
export const publishedMark = 'published.json'

/**
 * Makes a run's own folder in a spool that is there: for its owner only, or, in a spool that a group shares (setgid and
 * writable for the group), for that group. @returns undefined when there is one already: the id is taken
 */
export async function claimSpoolFolder(spool: string, runId: string): Promise<string | undefined> {
  const folder = join(spool, runId)
  try {
    if (await isShared(spool)) makeSharedFolder(folder)
    else await mkdir(folder, { mode: 0o700 })
    return folder
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return undefined
    throw error
  }
}

const setgid = 0o2000
const groupWrite = 0o020

async function isShared(spool: string): Promise<boolean> {
  const { mode } = await stat(spool)
  return (mode & setgid) !== 0 && (mode & groupWrite) !== 0
}

/**
 * The folder inherits the setgid bit from the spool. It is not set by chmod, which a service with RestrictSUIDSGID= may
 * not do; so the umask gives way, and without a wait in between nothing else is made under it.
 */
function makeSharedFolder(folder: string): void {
  const before = process.umask(0o007)
  try {
    mkdirSync(folder, { mode: 0o770 })
  } finally {
    process.umask(before)
  }
}

/** A finished bundle of the spool. @throws UserError naming what there is, when the run has none */
export async function readSpooledBundle(spool: string, runId: string): Promise<{ folder: string; meta: RunMeta }> {
  const known = (await listFolder(spool)).filter((name) => name !== 'lock')
  if (!known.includes(runId))
    throw new UserError('no such run', [
      `${JSON.stringify(runId)} is not in the spool ${spool}; it holds ${known.length === 0 ? 'no runs' : known.sort().join(', ')}`,
    ])
  const bundle = await readBundle(join(spool, runId))
  if (bundle) return bundle
  throw new UserError('the run has no bundle', [
    `${join(spool, runId)}: holds a journal but no bundle: the run did not come to its end; the same run command goes on`,
  ])
}

/** A run folder's bundle, or undefined where there is none. @throws UserError when its meta can't be read */
export async function readBundle(runFolder: string): Promise<{ folder: string; meta: RunMeta } | undefined> {
  const folder = join(runFolder, 'bundle')
  for (const slug of await listFolder(join(folder, 'results')))
    for (const name of await listFolder(join(folder, 'results', slug)))
      if (name.endsWith('.meta.json')) {
        const path = join(folder, 'results', slug, name)
        const { value: meta, problems } = parseJson(await readFile(path, 'utf8'), path, runMetaSchema)
        if (!meta) throw new UserError('the bundle can’t be read', problems)
        return { folder, meta }
      }
  return undefined
}
