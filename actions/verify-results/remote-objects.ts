import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { UserError } from 'registry'
import { checkRemote, remoteUrl } from '../adapters/git-plumbing.ts'
import { authSettings, type GitAuth } from '../adapters/git.ts'
import { askLfsServer, findLfsUrl, readLfsAuth } from '../adapters/lfs-batch.ts'
import { lfsObjects, type PlaceObject } from './object-sources.ts'
import type { LfsObject } from './read-pointer.ts'
import type { VerifyChangeDeps } from './verify-change.ts'

export interface RemoteObjects {
  /** where main says that the objects are kept */
  lfsUrl: string
  /** undefined where nobody can be asked: objects behind SSH */
  askObjects?: NonNullable<VerifyChangeDeps['askObjects']>
  /** fetches objects into a store that is kept between calls */
  placeObject: PlaceObject
}

/** The objects of a remote, by main's .lfsconfig and this repository's settings. @throws UserError without the remote */
export async function openRemoteObjects(
  repository: string,
  at: { remote: string; base: string; store: string; auth?: GitAuth },
): Promise<RemoteObjects> {
  const { remote, base, store, auth } = at
  const problems = await checkRemote(repository, remote)
  if (problems.length > 0) throw new UserError('no such remote', problems)
  const url = await remoteUrl(repository, remote)
  const lfsUrl = await findLfsUrl(repository, remote, base)
  // the settings are by origin: a token goes to the remote’s own server and to no other that .lfsconfig names
  const settings = authSettings(url, auth, [lfsUrl])
  const placeObject = lfsObjects({ folder: store, url, ...(lfsUrl === url ? {} : { lfsUrl }), settings })
  if (!/^https?:/.test(lfsUrl)) {
    const askObjects = askFolder(lfsUrl)
    return { lfsUrl, placeObject, ...(askObjects ? { askObjects } : {}) }
  }
  const lfsAuth = await readLfsAuth(repository, remote, lfsUrl, auth)
  return { lfsUrl, placeObject, askObjects: (objects) => askLfsServer(lfsUrl, lfsAuth, objects) }
}

/** Asks a store that is a folder of this machine; undefined for one that must be asked over the network. */
export function askFolder(address: string): NonNullable<VerifyChangeDeps['askObjects']> | undefined {
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
