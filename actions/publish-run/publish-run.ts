import { join } from 'node:path'
import { UserError, type RunMeta } from 'registry'
import type { Forge } from '../adapters/forge.ts'
import {
  authSettings,
  committerEnv,
  configEnv,
  git,
  GitError,
  isUnauthorised,
  whyNotPushed,
  type GitAuth,
} from '../adapters/git.ts'
import {
  checkRemote,
  fetchBase,
  ledgerPrefix,
  remoteHead,
  remoteUrl,
  retryLost,
  retryMoved,
  tokenMend,
} from '../adapters/git-plumbing.ts'
import { confirmObjects, findLfsTarget, pushObjects } from '../adapters/lfs.ts'
import { askUpload } from '../adapters/lfs-batch.ts'
import { replaceFile } from '../adapters/replace-file.ts'
import { publishedMark, readSpooledBundle } from '../adapters/spool.ts'
import { readLock } from '../run-batch/job-lock.ts'
import {
  buildTree,
  bundleParts,
  checkBundle,
  differingPaths,
  storeContents,
  type Bundle,
  type Contents,
} from './bundle-contents.ts'
import { checkLfsHosts, policyAt, privacyAt } from './check-lfs-host.ts'
import { openPull, type PublishedPull } from './open-pull.ts'

export interface PublishInputs {
  /** the ledger's folder: a Git repository, or a folder of one */
  ledger: string
  spool: string
  runId: string
  remote: string
  /** `main` unless told */
  base?: string
  /** what Git pushes with, where it isn't set up to do so by itself */
  auth?: GitAuth
  /** with it, a pull request is opened, or the one there is found */
  forge?: Forge
  /** who gets the pull request */
  assignee?: string
  /** address of the job that ran it, for the pull request */
  jobUrl?: string
  /** what the dispatcher wrote, for the pull request */
  note?: string
  /** open a pull request that somebody closed again */
  reopen?: boolean
}

export interface PublishOutcome {
  runId: string
  branch: string
  commit: string
  /** true when the branch, or main, had this very bundle already */
  already: boolean
  pull?: PublishedPull
}

/** What the steps of one publication share. */
interface Publication {
  inputs: PublishInputs
  /** Git's settings for the remote, by environment */
  env: Record<string, string>
  base: string
  branch: string
  prefix: string
  meta: RunMeta
  contents: Contents
}

/**
 * Publishes a spooled run: objects into the remote's LFS store first, then a commit of pointers and meta on
 * `runs/<run_id>`, then the objects confirmed, then the pull request. The working tree and its index are never touched.
 * Each step may be killed and repeated, and nothing is doubled.
 * @throws UserError with every fault of the bundle, or naming what the remote or the forge refused; the bundle is kept
 */
export async function publishRun(inputs: PublishInputs): Promise<PublishOutcome> {
  const runFolder = join(inputs.spool, inputs.runId)
  const bundle = await readSpooledBundle(inputs.spool, inputs.runId)
  const prefix = await ledgerPrefix(inputs.ledger)
  const owner = await readLock(runFolder)
  const problems = [
    ...(owner ? [`${inputs.runId}: process ${owner.pid} on ${owner.host} is at it: wait for its end`] : []),
    ...(await checkBundle(bundle)),
    ...(await checkRemote(inputs.ledger, inputs.remote)),
  ]
  if (problems.length > 0) throw new UserError('the bundle is not publishable', problems)
  const { onBase, ...published } = await publishBundle(inputs, bundle, prefix)
  const mark = { remote: inputs.remote, branch: published.branch, commit: published.commit }
  await replaceFile(join(runFolder, publishedMark), `${JSON.stringify(mark)}\n`)
  if (!inputs.forge) return published
  const { forge, base = 'main', assignee, jobUrl, note, reopen } = inputs
  const pull = await openPull(forge, {
    meta: bundle.meta,
    branch: published.branch,
    base,
    onBase,
    ...(assignee === undefined ? {} : { assignee }),
    ...(jobUrl === undefined ? {} : { jobUrl }),
    ...(note === undefined || note === '' ? {} : { note }),
    reopen: reopen === true,
  })
  return { ...published, ...(pull === undefined ? {} : { pull }) }
}

async function publishBundle(
  inputs: PublishInputs,
  bundle: Bundle,
  prefix: string,
): Promise<PublishOutcome & { onBase: boolean }> {
  const { ledger, remote, auth } = inputs
  const { meta } = bundle
  const env = configEnv(authSettings(await remoteUrl(ledger, remote), auth))
  const base = await fetchBase(ledger, remote, inputs.base ?? 'main', env)
  const target = await findLfsTarget(ledger, inputs, base)
  const privacy = await privacyAt(ledger, base, prefix, meta)
  const policy = await policyAt(ledger, base, prefix, privacy)
  refuseHosts(checkLfsHosts([target.url], privacy, policy))
  const contents = await storeContents(ledger, bundle)
  const publication = { inputs, env, base, branch: `runs/${meta.run_id}`, prefix, meta, contents }
  await refuseRewrite(publication)
  const tree = await buildTree(ledger, base, prefix, contents)
  const merged = tree === (await git(ledger, ['rev-parse', `${base}^{tree}`])).trim()
  const published = merged ? base : await findPublished(publication)
  if (privacy === 'personal' && /^https?:/.test(target.url)) {
    // the server may send uploads on to another store, which is asked before the first byte
    const targets = await askUpload(target.url, target.auth, contents.objects)
    refuseHosts(checkLfsHosts(targets, privacy, policy))
  }
  await pushObjects(
    ledger,
    target,
    contents.objects.map(({ oid }) => oid),
  )
  const commit = published ?? (await commitAndPush(publication, tree))
  await confirmObjects(ledger, target, {
    ref: `refs/heads/${merged ? (inputs.base ?? 'main') : publication.branch}`,
    paths: bundleParts.map((part) => prefix + meta.files[part]),
    objects: contents.objects,
  })
  return {
    runId: meta.run_id,
    branch: publication.branch,
    commit,
    already: published !== undefined,
    onBase: merged,
  }
}

function refuseHosts(problems: readonly string[]): void {
  if (problems.length > 0) throw new UserError('the rows may not go there; nothing was sent', problems)
}

/** A run that is on main is write-once. @throws UserError when main holds other bytes at one of its paths */
async function refuseRewrite({ inputs, base, prefix, contents }: Publication): Promise<void> {
  const { other } = await differingPaths(inputs.ledger, base, prefix, contents)
  if (other.length === 0) return
  throw new UserError(
    'the run is on main already',
    other.map(
      (path) =>
        `${path}: stands on main with other content, and a run is write-once once it is merged: make a new run of it with batchledger run … --continues ${inputs.runId}`,
    ),
  )
}

/** The commit of the branch that holds this very bundle already. @throws UserError when it holds another one */
async function findPublished({ inputs, env, branch, prefix, contents }: Publication): Promise<string | undefined> {
  const { ledger, remote } = inputs
  const commit = await remoteHead(ledger, remote, branch, env)
  if (commit === undefined) return undefined
  await retryLost(() => git(ledger, ['fetch', '--quiet', '--no-tags', remote, `refs/heads/${branch}`], { env }))
  const { other, absent } = await differingPaths(ledger, commit, prefix, contents)
  const [path] = [...other, ...absent]
  if (path === undefined) return commit
  throw new UserError('the branch holds something else', [
    `${remote}/${branch}: ${path} differs from the bundle: look at the branch; delete it if it is stale, then publish again`,
  ])
}

/** Pushes the bundle's commit. Each new try looks first whether the branch has arrived after all, by us or by another. */
async function commitAndPush(publication: Publication, tree: string): Promise<string> {
  const { inputs, env, base, branch, meta } = publication
  const at = meta.execution.completed_at ?? meta.execution.started_at
  const subject = `Add run ${meta.run_id}`
  const body = `${meta.model.name} over ${meta.dataset.name}: ${meta.status}, ${meta.results.success} of ${meta.results.total} rows answered`
  const made = await git(inputs.ledger, ['commit-tree', tree, '-p', base, '-m', subject, '-m', body], {
    env: { ...(await committerEnv(inputs.ledger)), GIT_AUTHOR_DATE: at, GIT_COMMITTER_DATE: at },
  })
  const commit = made.trim()
  try {
    let pushed = false
    return await retryMoved(async () => {
      const there = pushed ? await findPublished(publication) : undefined
      if (there !== undefined) return there
      pushed = true
      // the objects are on the server: the LFS hook has nothing to add
      const refspec = `${commit}:refs/heads/${branch}`
      await git(inputs.ledger, ['push', '--quiet', '--no-verify', inputs.remote, refspec], { env })
      return commit
    })
  } catch (error) {
    if (!(error instanceof GitError)) throw error
    throw new UserError('the push was refused', [`${inputs.remote}: ${error.stderr}: ${pushMend(error)}`])
  }
}

function pushMend(error: GitError): string {
  if (isUnauthorised(error)) return tokenMend
  if (whyNotPushed(error) !== 'refused') return 'publish again; the bundle is kept'
  return 'give a token or key that may push branches runs/* (in a workflow: permissions contents: write), then publish again; the bundle is kept'
}
