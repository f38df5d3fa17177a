import { UserError, type RunMeta } from 'registry'
import type { Forge, PullRequest } from '../adapters/forge.ts'
import { pullRequestBody, pullRequestTitle } from './pull-request-body.ts'

export interface PublishedPull {
  number: number
  url: string
  created: boolean
  /** closed: somebody closed it without merging; it is left so unless reopening is asked for */
  state: 'open' | 'merged' | 'closed'
}

export interface PullInputs {
  meta: RunMeta
  branch: string
  base: string
  /** the base holds the bundle already: there is nothing to ask for */
  onBase: boolean
  assignee?: string
  jobUrl?: string
  note?: string
  reopen: boolean
}

/** Opens a run's pull request, or finds the one there is. Undefined: merged without one. */
export async function openPull(forge: Forge, inputs: PullInputs): Promise<PublishedPull | undefined> {
  const { branch, assignee } = inputs
  const there = await forge.findPull(branch)
  if (there?.merged) return { number: there.number, url: there.url, created: false, state: 'merged' }
  if (inputs.onBase) return there && { number: there.number, url: there.url, created: false, state: there.state }
  if (there?.state === 'closed' && !inputs.reopen)
    return { number: there.number, url: there.url, created: false, state: 'closed' }
  const pull = there?.state === 'open' ? there : await makePull(forge, inputs, there)
  if (assignee !== undefined) await forge.assignPull(pull.number, assignee)
  return { number: pull.number, url: pull.url, created: pull.number !== there?.number, state: 'open' }
}

/** A new pull request, or the closed one opened again. An open one is never rewritten: a reviewer may have edited it. */
async function makePull(
  forge: Forge,
  { meta, branch, base, jobUrl, note }: PullInputs,
  closed: PullRequest | undefined,
): Promise<PullRequest> {
  const facts = { base, ...(jobUrl === undefined ? {} : { jobUrl }), ...(note === undefined ? {} : { note }) }
  const text = { title: pullRequestTitle(meta), body: pullRequestBody(meta, facts) }
  if (closed) {
    try {
      await forge.updatePull(closed.number, { ...text, state: 'open' })
      return closed
    } catch (error) {
      // one whose branch was deleted and pushed anew can't be opened again
      if (!(error instanceof UserError)) throw error
    }
  }
  return forge.createPull({ branch, base, ...text })
}
