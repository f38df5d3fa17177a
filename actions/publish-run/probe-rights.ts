import { randomBytes } from 'node:crypto'
import { UserError, type RunMeta } from 'registry'
import type { Forge } from '../adapters/forge.ts'
import { authSettings, configEnv, git, GitError, type GitAuth } from '../adapters/git.ts'
import { checkRemote, fetchBase, ledgerPrefix, remoteUrl } from '../adapters/git-plumbing.ts'
import { askUpload, findLfsUrl, LfsServerError, readLfsAuth } from '../adapters/lfs-batch.ts'
import { checkLfsHosts, policyAt } from './check-lfs-host.ts'

export interface ProbeInputs {
  ledger: string
  remote: string
  base?: string
  auth?: GitAuth
  forge?: Forge
  /** of the dataset that will be run */
  privacy: RunMeta['dataset']['privacy']
}

export interface ProbeOutcome {
  ok: boolean
  problems: string[]
  /** what was asked, and what a probe that changes nothing can't see */
  checked: string[]
}

/**
 * Asks, before GPU hours are spent, whether this job could publish a run: push a branch, upload to LFS, open a pull request,
 * and whether the rows may go where main's settings send them. Changes nothing; tells all faults at once.
 */
export async function probeRights(inputs: ProbeInputs): Promise<ProbeOutcome> {
  const { ledger, remote, auth, forge, base = 'main' } = inputs
  const checked: string[] = []
  const problems = await checkRemote(ledger, remote)
  if (problems.length > 0) return { ok: false, problems, checked }
  const env = configEnv(authSettings(await remoteUrl(ledger, remote), auth))
  const commit = await collect(problems, () => fetchBase(ledger, remote, base, env))
  if (commit !== undefined) {
    problems.push(...(await probePush(inputs, commit, env)))
    checked.push(
      'a push of a branch runs/… was rehearsed; rules that the server applies only to a real push are not seen',
    )
    await collect(problems, () => probeLfs(inputs, commit, problems, checked))
  }
  if (forge) {
    problems.push(...(await forge.probePull(base)))
    checked.push(
      forge.kind === 'github'
        ? 'a pull request that can’t exist was asked for; GitHub may look at the switch "Allow GitHub Actions to create and approve pull requests" only later'
        : 'a pull request that can’t exist was asked for',
    )
  }
  return { ok: problems.length === 0, problems, checked }
}

async function probePush(
  { ledger, remote }: ProbeInputs,
  commit: string,
  env: Record<string, string>,
): Promise<string[]> {
  const branch = `runs/probe-${randomBytes(6).toString('hex')}`
  try {
    await git(ledger, ['push', '--dry-run', '--quiet', '--no-verify', remote, `${commit}:refs/heads/${branch}`], {
      env,
    })
    return []
  } catch (error) {
    if (!(error instanceof GitError)) throw error
    return [
      `${remote}: a branch ${branch} can't be pushed: ${error.stderr}: give a token or key that may (in a workflow: permissions contents: write)`,
    ]
  }
}

async function probeLfs(inputs: ProbeInputs, commit: string, problems: string[], checked: string[]): Promise<void> {
  const { ledger, remote, privacy, auth } = inputs
  const url = await findLfsUrl(ledger, remote, commit)
  const policy = await policyAt(ledger, commit, await ledgerPrefix(ledger), privacy)
  const refused = checkLfsHosts([url], privacy, policy)
  problems.push(...refused)
  checked.push(
    privacy === 'personal'
      ? 'the LFS hosts were held against main’s policy'
      : 'the rows are not personal: any LFS host will do',
  )
  if (!/^https?:/.test(url)) {
    checked.push('the LFS store is not behind HTTP: whether it takes uploads shows only when publishing')
    return
  }
  if (refused.length > 0) return
  // the digest of nothing we have: the server says where it would take it, and nothing is sent
  const absent = { oid: randomBytes(32).toString('hex'), size: 1 }
  const targets = await askUpload(url, await readLfsAuth(ledger, remote, url, auth), [absent])
  problems.push(...checkLfsHosts(targets, privacy, policy))
  checked.push('the LFS server named a place for an upload; quotas and full disks are not seen')
}

/** Runs a step; what it refuses joins the problems. */
async function collect<T>(problems: string[], step: () => Promise<T>): Promise<T | undefined> {
  try {
    return await step()
  } catch (error) {
    if (error instanceof UserError || error instanceof LfsServerError) problems.push(...error.problems)
    else if (error instanceof GitError) problems.push(error.message)
    else throw error
    return undefined
  }
}
