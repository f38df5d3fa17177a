import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { UserError } from 'registry'
import { git, GitError } from '../adapters/git.ts'
import type { LfsObject } from './read-pointer.ts'
import type { VerifyChangeDeps } from './verify-change.ts'

export interface RemoteObjects {
  /** the Git remote's address */
  url: string
  /** where main says that LFS keeps the objects; absent where it says nothing, and LFS goes by `url` */
  lfsUrl?: string
}

/** Where a remote keeps objects, by main's .lfsconfig and this repository's settings. @throws UserError without the remote */
export async function readRemoteObjects(repository: string, remote: string, base: string): Promise<RemoteObjects> {
  const url = /^[\w][\w.-]*$/.test(remote) ? await readConfig(repository, ['--get', `remote.${remote}.url`]) : undefined
  if (url === undefined)
    throw new UserError('no such remote', [`--remote ${JSON.stringify(remote)}: name one that git remote lists`])
  const lfsUrl =
    (await readConfig(repository, ['--blob', `${base}:.lfsconfig`, '--get', 'lfs.url'])) ??
    (await readConfig(repository, ['--get', 'lfs.url']))
  return { url, ...(lfsUrl === undefined ? {} : { lfsUrl }) }
}

/** Asks a remote that is a folder of this machine; undefined for one that must be asked over the network. */
export function askFolder({ url, lfsUrl }: RemoteObjects): VerifyChangeDeps['askObjects'] | undefined {
  const address = lfsUrl ?? url
  if (!address.startsWith('file://') && !address.startsWith('/')) return undefined
  const folder = address.startsWith('/') ? address : fileURLToPath(address)
  return async (objects) => {
    const present = new Set<string>()
    const missing = new Map<string, string>()
    for (const object of objects) {
      const reason = await lookFor(folder, object)
      if (reason === undefined) present.add(object.oid)
      else missing.set(object.oid, reason)
    }
    return { present, missing }
  }
}

async function lookFor(folder: string, { oid, size }: LfsObject): Promise<string | undefined> {
  const place = join('lfs', 'objects', oid.slice(0, 2), oid.slice(2, 4), oid)
  for (const store of [folder, join(folder, '.git')]) {
    const found = await stat(join(store, place)).catch(() => undefined)
    if (found) return found.size === size ? undefined : `it holds ${found.size} bytes, not ${size}`
  }
  return 'no such object'
}

async function readConfig(repository: string, args: readonly string[]): Promise<string | undefined> {
  try {
    return (await git(repository, ['config', ...args])).trim()
  } catch (error) {
    // 1: not set; 128: no such file in that commit
    if (error instanceof GitError && (error.code === 1 || error.code === 128)) return undefined
    throw error
  }
}
