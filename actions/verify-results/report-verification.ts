import { commentMarker } from './render-comment.ts'
import { checkNames, type ChangeOutcome } from './verify-change.ts'

export const statusContext = 'batchledger/verify'

const stillToCome = 'row-free check: holds; its rows are still to be read: dispatch verify-results with its number'

/** What of a forge is needed to tell; see adapters/forge.ts. */
export interface ReportForge {
  getPull(number: number): Promise<{ headSha: string; state: 'open' | 'closed' }>
  /** the newest status of a commit in a context */
  readStatus(sha: string, context: string): Promise<{ state: string; description: string } | undefined>
  upsertComment(number: number, marker: string, body: string): Promise<{ url: string; created: boolean }>
  setStatus(
    sha: string,
    status: { state: ReportedState; context: string; description: string; targetUrl?: string },
  ): Promise<boolean>
}

/** pending: a pull request's run holds as far as that shows without its rows; the full check of this commit is still to come */
type ReportedState = 'pending' | 'success' | 'failure'

export interface Report {
  state: ReportedState
  /** what was set already and stays: the full check of this very commit says more than a row-free one that holds */
  kept?: string
  /** where the comment stands; absent when none was written */
  commentUrl?: string
  /** why there is none */
  uncommented?: string
  /** the forge took no status of ours: the job's own result stands for it */
  statusRefused?: true
}

/**
 * Tells a verification to a forge: one comment, updated in place, and one status on the commit that was checked. A pull
 * request whose head moved gets the status alone, and a change without a run no comment. The status is set even when the
 * comment can't be written. A row-free check that holds does not take the place of a full one: whoever reopens a pull
 * request, or pushes one more commit, could else turn a gate green. So a run's status stays pending until its rows were
 * read; a merge queue's commit holds pull requests that passed that. @param number of the pull request; none for a merge queue's commit
 */
export async function reportVerification(
  outcome: Pick<ChangeOutcome, 'ok' | 'kind' | 'mode' | 'head' | 'comment' | 'description'>,
  number: number | undefined,
  forge: ReportForge,
): Promise<Report> {
  if (outcome.mode === 'row-free' && outcome.ok) {
    const found = await forge.readStatus(outcome.head, statusContext)
    if (found?.description.startsWith(`${checkNames.full}: `) === true)
      return { state: found.state === 'success' ? 'success' : 'failure', kept: found.description }
  }
  const unread = outcome.mode === 'row-free' && outcome.kind === 'run' && number !== undefined
  const state = outcome.ok ? (unread ? 'pending' : 'success') : 'failure'
  let commented: Pick<Report, 'commentUrl' | 'uncommented'> = {}
  let taken = false
  try {
    commented = await comment(outcome, number, forge)
  } finally {
    taken = await forge.setStatus(outcome.head, {
      state,
      context: statusContext,
      description: state === 'pending' ? stillToCome : outcome.description,
      ...(commented.commentUrl === undefined ? {} : { targetUrl: commented.commentUrl }),
    })
  }
  return { state, ...commented, ...(taken ? {} : { statusRefused: true }) }
}

async function comment(
  outcome: Pick<ChangeOutcome, 'ok' | 'kind' | 'head' | 'comment'>,
  number: number | undefined,
  forge: ReportForge,
): Promise<Pick<Report, 'commentUrl' | 'uncommented'>> {
  if (number === undefined) return { uncommented: 'there is no pull request' }
  if (outcome.kind === 'none' && outcome.ok) return { uncommented: 'the change holds no run' }
  const { headSha } = await forge.getPull(number)
  if (headSha !== outcome.head)
    return { uncommented: `the head moved to ${headSha.slice(0, 12)}, ${outcome.head.slice(0, 12)} was checked` }
  const { url } = await forge.upsertComment(number, commentMarker, outcome.comment)
  return { commentUrl: url }
}
