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

/** Sends objects to a remote's LFS store; those it has are not sent again. @throws UserError */
export async function pushObjects(repository: string, remote: string, oids: readonly string[]): Promise<void> {
  if (oids.length === 0) return
  try {
    await git(repository, ['lfs', 'push', '--object-id', remote, ...oids])
  } catch (error) {
    if (!(error instanceof GitError)) throw error
    throw new UserError('the rows could not be sent', [`${remote}: ${error.stderr}: publish again; the bundle is kept`])
  }
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
  const lfsUrl =
    (await optionalConfig(repository, ['lfs.url'])) ??
    (await optionalConfig(repository, ['lfs.url', '--blob', `refs/remotes/${remote}/main:.lfsconfig`]))
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

/** A setting of the repository, or of a file in it (`--blob REF:PATH`). */
async function optionalConfig(
  repository: string,
  [key = '', ...source]: readonly string[],
): Promise<string | undefined> {
  try {
    return (await git(repository, ['config', ...source, '--get', key])).trim()
  } catch (error) {
    // 1: not set; 128: no such file on main
    if (error instanceof GitError && (error.code === 1 || error.code === 128)) return undefined
    throw error
  }
}
