import { UserError, type LedgerIndex } from 'registry'
import { buildIndex, formatJson, indexPath, readLedger } from 'registry/node'
import type { Forge, PullRequest } from '../adapters/forge.ts'
import { authSettings, committerEnv, configEnv, git, GitError, type GitAuth } from '../adapters/git.ts'
import {
  blobAt,
  checkRemote,
  fetchBase,
  ledgerPrefix,
  remoteHead,
  remoteUrl,
  retryMoved,
  withIndex,
  writeBlob,
  writeTree,
} from '../adapters/git-plumbing.ts'
import { withLedgerAt } from './materialise-ledger.ts'

/** Where the index is offered when main takes no push of ours. */
export const indexBranch = 'batchledger/index'

export interface PushIndexInputs {
  /** the ledger's folder: a Git repository, or a folder of one; a shallow or blobless clone will do */
  ledger: string
  remote: string
  base?: string
  auth?: GitAuth
  /** with it, an index that can't be pushed to main is offered as a pull request */
  forge?: Forge
}

export interface PushIndexOutcome {
  index: LedgerIndex
  /** nowhere: main can't be written and no pull request could be opened; see `warnings` */
  where: 'up to date' | 'main' | 'pull request' | 'nowhere'
  commit?: string
  pull?: { number: number; url: string; created: boolean }
  warnings: string[]
}

interface IndexChange {
  index: LedgerIndex
  /** undefined when the base says so already */
  commit?: string
}

/**
 * Writes results/metadata.json on the remote's main, worked out anew from main as it is at each try; no commit when
 * nothing would change. Where main can't be written it becomes a pull request of one branch, and where that can't be
 * either, a warning: the site derives what it shows, so nothing breaks.
 * @throws UserError with every meta on main that can't be believed, or when main can't be read
 */
export async function pushIndex(inputs: PushIndexInputs): Promise<PushIndexOutcome> {
  const { ledger, remote, auth, base: branch = 'main' } = inputs
  const faults = await checkRemote(ledger, remote)
  if (faults.length > 0) throw new UserError('the index was not written', faults)
  const env = configEnv(authSettings(await remoteUrl(ledger, remote), auth))
  let change: IndexChange | undefined
  try {
    const { index, commit } = await retryMoved(async () => {
      change = await commitIndex(inputs, env)
      if (change.commit !== undefined) await push(inputs, env, `${change.commit}:refs/heads/${branch}`)
      return change
    })
    if (commit === undefined) return { index, where: 'up to date', warnings: [] }
    return { index, where: 'main', commit, warnings: [] }
  } catch (error) {
    if (!(error instanceof GitError) || change === undefined) throw error
    return offerIndex(inputs, env, change.index, error)
  }
}

/** The index of main as it is now, as a commit on top of it. */
async function commitIndex(inputs: PushIndexInputs, env: Record<string, string>): Promise<IndexChange> {
  const { ledger: repository, remote } = inputs
  const base = await fetchBase(repository, remote, inputs.base ?? 'main', env)
  const prefix = await ledgerPrefix(repository)
  const ledger = await withLedgerAt({ repository, remote, commit: base, prefix, env }, readLedger)
  if (ledger.problems.length > 0) throw new UserError('the index was not written', ledger.problems)
  const index = buildIndex(ledger.runs, ledger.catalog)
  const blob = await writeBlob(repository, formatJson(index))
  const path = prefix + indexPath
  if ((await blobAt(repository, base, path)) === blob) return { index }
  const tree = await withIndex(repository, base, async (indexEnv) => {
    await git(repository, ['update-index', '--add', '--cacheinfo', `100644,${blob},${path}`], { env: indexEnv })
    return writeTree(repository, indexEnv)
  })
  const message = `Update the index: ${index.runs.length} runs`
  // the base's own time, so that two that do this at once make the same commit
  const at = (await git(repository, ['show', '--no-patch', '--format=%cI', base])).trim()
  const commit = await git(repository, ['commit-tree', tree, '-p', base, '-m', message], {
    env: { ...(await committerEnv(repository)), GIT_AUTHOR_DATE: at, GIT_COMMITTER_DATE: at },
  })
  return { index, commit: commit.trim() }
}

async function push(
  { ledger, remote }: PushIndexInputs,
  env: Record<string, string>,
  refspec: string,
  options: readonly string[] = [],
): Promise<void> {
  await git(ledger, ['push', '--quiet', '--no-verify', ...options, remote, refspec], { env })
}

/** The second way: one branch, one pull request, both brought up to date in place. */
async function offerIndex(
  inputs: PushIndexInputs,
  env: Record<string, string>,
  index: LedgerIndex,
  refused: GitError,
): Promise<PushIndexOutcome> {
  const { forge, base = 'main', remote } = inputs
  const why = reasonIn(refused.stderr)
  const mend = `let the job push to ${base} (a deploy key or an app on the bypass list of its rules), or run batchledger register and commit ${indexPath}`
  if (!forge) {
    const warning = `${remote}/${base}: takes no push of the index (${why}), and there is no token for a pull request: ${mend}`
    return { index, where: 'nowhere', warnings: [warning] }
  }
  const warnings = [`${remote}/${base}: takes no push of the index (${why}): offered as a pull request; ${mend}`]
  try {
    const offered = await retryMoved(() => pushBranch(inputs, env))
    const { commit } = offered
    if (commit === undefined) return { index: offered.index, where: 'up to date', warnings: [] }
    const { pull, created } = await openIndexPull(forge, base, offered.index)
    return {
      index: offered.index,
      where: 'pull request',
      commit,
      pull: { number: pull.number, url: pull.url, created },
      warnings,
    }
  } catch (error) {
    if (!(error instanceof GitError || error instanceof UserError)) throw error
    const found = error instanceof UserError ? error.problems : [`${indexBranch}: ${reasonIn(error.stderr)}`]
    return { index, where: 'nowhere', warnings: [...warnings, ...found] }
  }
}

/** Puts the index on its branch, worked out after the branch was looked at: an older one never replaces a newer one. */
async function pushBranch(inputs: PushIndexInputs, env: Record<string, string>): Promise<IndexChange> {
  const there = await remoteHead(inputs.ledger, inputs.remote, indexBranch, env)
  const change = await commitIndex(inputs, env)
  if (change.commit === undefined || change.commit === there) return change
  const lease = `--force-with-lease=refs/heads/${indexBranch}:${there ?? ''}`
  await push(inputs, env, `${change.commit}:refs/heads/${indexBranch}`, [lease])
  return change
}

async function openIndexPull(
  forge: Forge,
  base: string,
  index: LedgerIndex,
): Promise<{ pull: PullRequest; created: boolean }> {
  const there = await forge.findPull(indexBranch)
  const text = {
    title: `Update the index: ${index.runs.length} runs`,
    body: `\`${indexPath}\` as it follows from the metas on \`${base}\`. It is derived: nothing but other tools reads it, and the site doesn't wait for it.\n\nThis pull request is kept up to date in place. It is here because the job may not push to \`${base}\`.\n`,
  }
  if (there?.state === 'open') {
    await forge.updatePull(there.number, text)
    return { pull: there, created: false }
  }
  return { pull: await forge.createPull({ branch: indexBranch, base, ...text }), created: true }
}

/** The line of Git's words that says why: the server's own, else Git's. */
function reasonIn(stderr: string): string {
  const lines = stderr.split('\n').map((line) => line.replace(/^remote:\s*(?:error:)?/, '').trim())
  const told = lines.filter((line) => line !== '')
  return (told.find((line) => /protected|declined|denied|not allowed|GH0/i.test(line)) ?? told.at(-1) ?? '').slice(
    0,
    200,
  )
}
