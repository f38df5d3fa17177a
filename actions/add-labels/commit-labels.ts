import { UserError } from 'registry'
import { sha256 } from 'registry/node'
import { authSettings, committerEnv, configEnv, git, GitError, resolveRef, type GitAuth } from '../adapters/git.ts'
import {
  blobAt,
  checkRemote,
  fetchBase,
  ledgerPrefix,
  remoteHead,
  remoteUrl,
  retryLost,
  withIndex,
  writeBlob,
  writeTree,
} from '../adapters/git-plumbing.ts'

export interface LedgerAt {
  ledger: string
  /** undefined: the ledger has no remote, and the branch stays here */
  remote: string | undefined
  /** what Git reaches the remote with */
  env: Record<string, string>
  /** the commit that labels are added to */
  commit: string
  prefix: string
}

/** Main as labels will be added to it: the remote's, or, where there is no remote at all, the branch one stands on. */
export async function openBase(inputs: {
  ledger: string
  remote: string
  base: string
  auth?: GitAuth
}): Promise<LedgerAt> {
  const { ledger, remote, auth } = inputs
  const prefix = await ledgerPrefix(ledger)
  const alone = (await git(ledger, ['remote'])).trim() === ''
  if (alone) {
    const commit = await resolveRef(ledger, 'HEAD')
    if (commit === undefined)
      throw new UserError('nothing to add labels to', [`${ledger}: has no commit yet: commit the catalog first`])
    return { ledger, remote: undefined, env: {}, commit, prefix }
  }
  const faults = await checkRemote(ledger, remote)
  if (faults.length > 0) throw new UserError('the labels were not added', faults)
  const env = configEnv(authSettings(await remoteUrl(ledger, remote), auth))
  return { ledger, remote, env, commit: await fetchBase(ledger, remote, inputs.base, env), prefix }
}

/** A file of the base, by its path in the ledger; undefined where there is none. */
export async function textAt({ ledger, commit, prefix }: LedgerAt, path: string): Promise<string | undefined> {
  const blob = await blobAt(ledger, commit, prefix + path)
  return blob === undefined ? undefined : git(ledger, ['cat-file', 'blob', blob])
}

export interface CommittedLabels {
  branch: string
  commit: string
  /** the branch held these very files already */
  already: boolean
}

/**
 * Commits files on a branch of their own, made out of the base by plumbing: the working tree and its index are never
 * touched. The branch is named by what it holds, so the same labels make the same branch once.
 * @param files path in the ledger → text
 * @throws UserError when the remote refuses the branch
 */
export async function commitLabels(
  at: LedgerAt,
  change: { dataset: string; files: ReadonlyMap<string, string>; message: string },
): Promise<CommittedLabels> {
  const { ledger, remote, env, prefix } = at
  const held = sha256(JSON.stringify([...change.files])).slice(0, 12)
  const branch = `labels/${change.dataset}-${held}`
  const there = remote === undefined ? await resolveRef(ledger, `refs/heads/${branch}`) : undefined
  const known = there ?? (remote === undefined ? undefined : await remoteHead(ledger, remote, branch, env))
  if (known !== undefined) return { branch, commit: known, already: true }
  const tree = await withIndex(ledger, at.commit, async (indexEnv) => {
    for (const [path, text] of change.files) {
      const entry = `100644,${await writeBlob(ledger, text)},${prefix}${path}`
      await git(ledger, ['update-index', '--add', '--cacheinfo', entry], { env: indexEnv })
    }
    return writeTree(ledger, indexEnv)
  })
  // the base's own time, so that the same labels make the same commit
  const time = (await git(ledger, ['show', '--no-patch', '--format=%cI', at.commit])).trim()
  const made = await git(ledger, ['commit-tree', tree, '-p', at.commit, '-m', change.message], {
    env: { ...(await committerEnv(ledger)), GIT_AUTHOR_DATE: time, GIT_COMMITTER_DATE: time },
  })
  const commit = made.trim()
  if (remote === undefined) await git(ledger, ['update-ref', `refs/heads/${branch}`, commit, ''])
  else await push(at, remote, `${commit}:refs/heads/${branch}`)
  return { branch, commit, already: false }
}

async function push({ ledger, env }: LedgerAt, remote: string, refspec: string): Promise<void> {
  try {
    // labels are plain Git: the LFS hook has nothing to add
    await retryLost(() => git(ledger, ['push', '--quiet', '--no-verify', remote, refspec], { env }))
  } catch (error) {
    if (!(error instanceof GitError)) throw error
    throw new UserError('the push was refused', [
      `${remote}: ${error.stderr}: give a token or key that may push branches labels/*, then add the labels again`,
    ])
  }
}
