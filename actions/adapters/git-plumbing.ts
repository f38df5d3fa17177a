import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import pRetry from 'p-retry'
import { UserError } from 'registry'
import { git, GitError, isUnauthorised, resolveRef, whyNotPushed } from './git.ts'

export const tokenMend =
  'the remote wants a token and has got none, or one that is no longer valid: give one, or run the job again for a new one; it goes on where it stopped'

type Env = Readonly<Record<string, string>>

/** A remote is a name this repository knows, so that no option of Git can hide in it. @returns what is wrong with it */
export async function checkRemote(repository: string, remote: string): Promise<string[]> {
  const known = (await git(repository, ['remote'])).split('\n').filter(Boolean)
  if (known.includes(remote)) return []
  const list = known.length === 0 ? 'there is none' : `known: ${known.join(', ')}`
  return [`--remote ${JSON.stringify(remote)}: no such remote; ${list}; add it with git remote add NAME URL`]
}

/** Where pushes to a remote go. */
export async function remoteUrl(repository: string, remote: string): Promise<string> {
  return (await git(repository, ['remote', 'get-url', '--push', remote])).trim()
}

/** Where the ledger lies inside its repository: '' or 'some/folder/'. @throws UserError when it is in none */
export async function ledgerPrefix(ledger: string): Promise<string> {
  try {
    return (await git(ledger, ['rev-parse', '--show-prefix'])).trim()
  } catch (error) {
    if (!(error instanceof GitError)) throw error
    throw new UserError('the ledger is not a Git repository', [`${ledger}: ${error.stderr}: make one with git init`])
  }
}

/**
 * Fetches a branch of a remote and gives its commit. Of two that fetch into one repository at once, the one that finds its
 * tracking ref moved fetches again. @throws UserError when there is no such remote or branch
 */
export async function fetchBase(repository: string, remote: string, base: string, env: Env = {}): Promise<string> {
  try {
    const refspec = `+refs/heads/${base}:refs/remotes/${remote}/${base}`
    await retryMoved(() => git(repository, ['fetch', '--quiet', '--no-tags', remote, refspec], { env }), waits.retries)
  } catch (error) {
    if (!(error instanceof GitError)) throw error
    throw new UserError(`the remote’s ${base} can’t be read`, [
      `--remote ${remote}: ${error.stderr}: ${isUnauthorised(error) ? tokenMend : `add the remote (git remote add ${remote} URL) and push ${base} to it first`}`,
    ])
  }
  const commit = await resolveRef(repository, `refs/remotes/${remote}/${base}`)
  if (commit === undefined) throw new Error(`${remote}/${base} was fetched and isn't there`)
  return commit
}

/** The commit a branch of a remote is at; nothing is fetched. */
export async function remoteHead(
  repository: string,
  remote: string,
  branch: string,
  env: Env = {},
): Promise<string | undefined> {
  const listed = await retryLost(() => git(repository, ['ls-remote', remote, `refs/heads/${branch}`], { env }))
  return listed.split('\t')[0]?.trim() || undefined
}

/** The blob at a path of a commit, or undefined where there is none. @param path from the top of the repository */
export async function blobAt(repository: string, commit: string, path: string): Promise<string | undefined> {
  return (await git(repository, ['ls-tree', '--full-tree', commit, '--', path])).split(/\s/)[2]
}

export async function writeBlob(repository: string, text: string): Promise<string> {
  return (await git(repository, ['hash-object', '-w', '--stdin'], { input: Readable.from([text]) })).trim()
}

/** Works with an index of its own, filled with a commit's tree; the repository's own index stays as it is. */
export async function withIndex<T>(repository: string, commit: string, work: (env: Env) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'batchledger-index-'))
  const env = { GIT_INDEX_FILE: join(folder, 'index') }
  try {
    await git(repository, ['read-tree', commit], { env })
    return await work(env)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** The tree of an index; blobs that a partial clone has not fetched are taken at their word. */
export async function writeTree(repository: string, env: Env): Promise<string> {
  return (await git(repository, ['write-tree', '--missing-ok'], { env })).trim()
}

const waits = { retries: 4, minTimeout: 300, factor: 2, maxTimeout: 5000, randomize: true }

/** Tries a Git command again, some seconds apart, while the remote can't be reached. @throws GitError */
export function retryLost<T>(command: () => Promise<T>): Promise<T> {
  return pRetry(command, {
    ...waits,
    shouldRetry: ({ error }) => error instanceof GitError && whyNotPushed(error) === 'lost',
  })
}

/** Tries again also when the ref moved: the command looks at the remote anew each time. @throws GitError */
export function retryMoved<T>(command: () => Promise<T>, retries = 8): Promise<T> {
  return pRetry(command, {
    ...waits,
    retries,
    shouldRetry: ({ error }) => error instanceof GitError && whyNotPushed(error) !== 'refused',
  })
}
