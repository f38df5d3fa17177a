import { createReadStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { UserError } from 'registry'
import { authSettings, configEnv, git, GitError, type GitAuth } from './git.ts'
import { remoteUrl, retryLost } from './git-plumbing.ts'
import { askLfsServer, findLfsUrl, LfsServerError, readLfsAuth, type LfsAuth, type LfsObject } from './lfs-batch.ts'

export interface Pointer {
  /** sha256 of the content; undefined for an empty file, which Git LFS keeps as an empty blob */
  oid?: string
  /** the pointer's text, as it stands in Git */
  text: string
}

/** Where objects go: main's address, whatever the working tree's .lfsconfig says. */
export interface LfsTarget {
  remote: string
  url: string
  auth: LfsAuth
  /** settings for Git's own requests, e.g. a token */
  settings: readonly (readonly [string, string])[]
}

/** Where the objects of a remote go, as main says, and what we introduce ourselves with. @param base a commit of main */
export async function findLfsTarget(
  repository: string,
  { remote, auth }: { remote: string; auth?: GitAuth },
  base: string,
): Promise<LfsTarget> {
  const url = await findLfsUrl(repository, remote, base)
  const settings = authSettings(await remoteUrl(repository, remote), auth, [url])
  const lfsAuth = /^https?:\/\//.test(url) ? await readLfsAuth(repository, remote, url, auth) : {}
  return { remote, url, auth: lfsAuth, settings }
}

/** Puts a file's content into the repository's LFS store and gives its pointer. */
export async function storeObject(repository: string, path: string, file: string): Promise<Pointer> {
  const text = await git(repository, ['lfs', 'clean', '--', path], { input: createReadStream(file) })
  const oid = /^oid sha256:([0-9a-f]{64})$/m.exec(text)?.[1]
  return { text, ...(oid === undefined ? {} : { oid }) }
}

/** The pointer of a content by its digest, as `git lfs clean` writes it: https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md */
export function pointerText(content: { sha256: string; bytes: number }): string {
  if (content.bytes === 0) return ''
  return `version https://git-lfs.github.com/spec/v1\noid sha256:${content.sha256}\nsize ${content.bytes}\n`
}

/** Sends objects to a remote's LFS store; those it has are not sent again. @throws UserError */
export async function pushObjects(repository: string, target: LfsTarget, oids: readonly string[]): Promise<void> {
  if (oids.length === 0) return
  try {
    await retryLost(() =>
      git(repository, ['lfs', 'push', '--object-id', target.remote, ...oids], { env: targetEnv(target) }),
    )
  } catch (error) {
    if (!(error instanceof GitError)) throw error
    throw new UserError('the rows could not be sent', [
      `${target.remote}: ${error.stderr}: publish again; the bundle is kept`,
    ])
  }
}

/** Settings by environment win over a .lfsconfig. */
function targetEnv({ url, settings }: LfsTarget, more: readonly [string, string][] = []): Record<string, string> {
  return configEnv([...settings, ['lfs.url', url], ['lfs.pushurl', url], ...more])
}

/**
 * Confirms that the objects are where readers will look for them. An LFS server behind HTTP is asked through its Batch
 * API; from any other store, and from a server that answers Git but not us (credential helpers, proxies), they are fetched anew.
 * @throws UserError that names what is not there
 */
export async function confirmObjects(
  repository: string,
  target: LfsTarget,
  confirmed: { ref: string; paths: readonly string[]; objects: readonly LfsObject[] },
): Promise<void> {
  if (confirmed.objects.length === 0) return
  if (!/^https?:\/\//.test(target.url)) return fetchAnew(repository, target, confirmed)
  try {
    const { missing } = await askLfsServer(target.url, target.auth, confirmed.objects)
    if (missing.size === 0) return
    const tell = ([oid, reason]: readonly [string, string]) =>
      `${withoutCredentials(target.url)}: object ${oid.slice(0, 12)}… is not there: ${reason}: publish again; the bundle is kept`
    throw new UserError('the remote does not hold the rows', [...missing].map(tell))
  } catch (error) {
    if (!(error instanceof LfsServerError)) throw error
    await fetchAnew(repository, target, confirmed)
  }
}

/** Fetches the objects behind a commit's paths into an empty store, where Git LFS checks each digest. */
async function fetchAnew(
  repository: string,
  target: LfsTarget,
  { ref, paths }: { ref: string; paths: readonly string[] },
): Promise<void> {
  const url = await remoteUrl(repository, target.remote)
  const empty = await mkdtemp(join(tmpdir(), 'batchledger-confirm-'))
  // by environment, since an address may hold a password
  const env = targetEnv(target, [['remote.origin.url', url]])
  try {
    await git(empty, ['init', '--quiet', '--bare'])
    await git(empty, ['fetch', '--quiet', '--depth=1', 'origin', ref], { env })
    await git(empty, ['lfs', 'fetch', 'origin', 'FETCH_HEAD', `--include=${paths.join(',')}`], { env })
  } catch (error) {
    if (!(error instanceof GitError)) throw error
    throw new UserError('the remote does not hold the rows', [
      `${withoutCredentials(url)}: ${error.stderr}: publish again; the bundle is kept`,
    ])
  } finally {
    await rm(empty, { recursive: true, force: true })
  }
}

/** An address without the credentials that may stand in it. */
function withoutCredentials(url: string): string {
  return url.replace(/\/\/[^/@]*@/, '//')
}
