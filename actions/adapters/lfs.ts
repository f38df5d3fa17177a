import { createReadStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { UserError } from 'registry'
import { git, GitError } from './git.ts'

export interface Pointer {
  /** sha256 of the content; undefined for an empty file, which Git LFS keeps as an empty blob */
  oid?: string
  /** the pointer's text, as it stands in Git */
  text: string
}

/** Puts a file's content into the repository's LFS store and gives its pointer. */
export async function storeObject(repository: string, path: string, file: string): Promise<Pointer> {
  const text = await git(repository, ['lfs', 'clean', '--', path], { input: createReadStream(file) })
  const oid = /^oid sha256:([0-9a-f]{64})$/m.exec(text)?.[1]
  return { text, ...(oid === undefined ? {} : { oid }) }
}

/** Sends objects to a remote's LFS store; those it has are not sent again. @throws GitError */
export async function pushObjects(repository: string, remote: string, oids: readonly string[]): Promise<void> {
  if (oids.length > 0) await git(repository, ['lfs', 'push', '--object-id', remote, ...oids])
}

/**
 * Confirms that a remote holds the objects behind a commit's paths, by fetching them anew into an empty store, where
 * Git LFS checks each digest. Works for any kind of remote. @throws UserError that names what is not there
 */
export async function confirmObjects(
  repository: string,
  remote: string,
  ref: string,
  paths: readonly string[],
): Promise<void> {
  const url = (await git(repository, ['remote', 'get-url', remote])).trim()
  const lfsUrl = await optionalConfig(repository, 'lfs.url')
  const empty = await mkdtemp(join(tmpdir(), 'batchledger-confirm-'))
  try {
    await git(empty, ['init', '--quiet', '--bare'])
    await git(empty, ['remote', 'add', 'origin', url])
    if (lfsUrl !== undefined) await git(empty, ['config', 'lfs.url', lfsUrl])
    await git(empty, ['fetch', '--quiet', '--depth=1', 'origin', ref])
    await git(empty, ['lfs', 'fetch', 'origin', 'FETCH_HEAD', `--include=${paths.join(',')}`])
  } catch (error) {
    if (!(error instanceof GitError)) throw error
    throw new UserError('the remote does not hold the rows', [
      `${url}: ${error.stderr}: publish again; the bundle is kept`,
    ])
  } finally {
    await rm(empty, { recursive: true, force: true })
  }
}

async function optionalConfig(repository: string, key: string): Promise<string | undefined> {
  try {
    return (await git(repository, ['config', '--get', key])).trim()
  } catch (error) {
    if (error instanceof GitError && error.code === 1) return undefined
    throw error
  }
}
