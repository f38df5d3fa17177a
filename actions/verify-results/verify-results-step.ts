import { join } from 'node:path'
import { UserError, escapeMarkdown } from 'registry'
import { openForge, type Forge } from '../adapters/forge.ts'
import { cacheFolder } from '../adapters/cache-folder.ts'
import { fetchBase, remoteUrl } from '../adapters/git-plumbing.ts'
import { authSettings, configEnv, git, GitError } from '../adapters/git.ts'
import { defaultSpool } from '../adapters/spool.ts'
import { forgeOptions } from '../workflow/forge-options.ts'
import type { Step, StepContext } from '../workflow/run-step.ts'
import { firstOf, spoolMetas, spoolObjects } from './object-sources.ts'
import { openRemoteObjects } from './remote-objects.ts'
import { reportVerification, type Report } from './report-verification.ts'
import { verifyChange } from './verify-change.ts'

const remote = 'origin'

/** Judges a pull request, or a merge queue's commit, by main's rules and tells the forge. Its head is fetched as data only. */
export const verifyResultsStep: Step = async (context) => {
  const repository = context.input('ledger') ?? process.cwd()
  const mode = readMode(context.input('mode'))
  const forge = await openForge(forgeOptions(context))
  const auth = { token: context.token() }
  const env = configEnv(authSettings(await remoteUrl(repository, remote), auth))
  const main = await fetchBase(repository, remote, 'main', env)
  const { head, base = main, number } = await findHead(context, forge, repository, env)
  const spool = defaultSpool(context.env)
  const store = context.env['BATCHLEDGER_LFS_STORE'] ?? join(cacheFolder(context.env), 'objects')
  const { lfsUrl, askObjects, placeObject } = await openRemoteObjects(repository, { remote, base: main, store, auth })
  const outcome = await verifyChange(
    // a merge queue's commit may bring the runs of several pull requests
    { repository, base, head, mode, lfsUrl, ...(number === undefined ? { mostRuns: 1000 } : {}) },
    {
      ...(askObjects ? { askObjects } : {}),
      placeObject: firstOf(spoolObjects(spool), placeObject),
      readOwnMeta: spoolMetas(spool),
    },
  )
  const report = await reportVerification(outcome, number, forge)
  return {
    outputs: { ok: String(outcome.ok) },
    summary: `${outcome.comment}\n${tellReport(report)}`,
    warnings: report.statusRefused
      ? [
          'the forge takes no status from this token: this job’s own result stands for it (Gitea asks for contents: write)',
        ]
      : [],
    // whoever may read the job's log may not be meant to read rows: what is wrong stands in the comment, masked
    faults: outcome.ok ? [] : [outcome.description],
  }
}

function readMode(text = 'row-free'): 'row-free' | 'full' {
  if (text === 'row-free' || text === 'full') return text
  throw new UserError('nothing was verified', [
    `mode: is ${JSON.stringify(text.slice(0, 60))}, expected row-free or full`,
  ])
}

/** The commit to judge, fetched: a pull request's head, or the one that is named. */
async function findHead(
  { input }: StepContext,
  forge: Forge,
  repository: string,
  env: Record<string, string>,
): Promise<{ head: string; base?: string; number?: number }> {
  const [asked, named, parent] = [input('number'), input('head'), input('base')]
  if (asked === undefined && named !== undefined && isCommit(named) && (parent === undefined || isCommit(parent))) {
    await fetchCommit(repository, named, env)
    return { head: named, ...(parent === undefined ? {} : { base: parent }) }
  }
  if (asked === undefined || !/^[1-9]\d{0,9}$/.test(asked))
    throw new UserError('nothing was verified', [
      `number: is ${JSON.stringify((asked ?? '').slice(0, 60))}, expected a pull request's number (or head, and base: 40 hex digits)`,
    ])
  const number = Number(asked)
  const { headSha } = await forge.getPull(number)
  await fetchCommit(repository, `refs/pull/${number}/head`, env)
  const fetched = (await git(repository, ['rev-parse', 'FETCH_HEAD'])).trim()
  if (fetched !== headSha)
    throw new UserError('nothing was verified', [
      `pull request ${number}: its head moved while it was looked at: the check of the new head says what holds`,
    ])
  return { head: fetched, number }
}

function isCommit(text: string): boolean {
  return /^[0-9a-f]{40}$/.test(text)
}

/** With its whole history: write-once is judged against the point where it left main. */
async function fetchCommit(repository: string, ref: string, env: Record<string, string>): Promise<void> {
  const shallow = (await git(repository, ['rev-parse', '--is-shallow-repository'])).trim() === 'true'
  try {
    await git(repository, ['fetch', '--quiet', '--no-tags', ...(shallow ? ['--unshallow'] : []), remote, ref], { env })
  } catch (error) {
    if (!(error instanceof GitError)) throw error
    throw new UserError('nothing was verified', [`${ref}: can't be fetched: ${error.stderr}`])
  }
}

function tellReport({ commentUrl, uncommented, kept }: Report): string {
  if (kept !== undefined) return `The status stays as the full check left it: ${escapeMarkdown(kept)}\n`
  return commentUrl === undefined ? `No comment: ${uncommented}.\n` : `[The comment](${commentUrl})\n`
}
