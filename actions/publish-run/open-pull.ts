import type { RunMeta } from 'registry'
import type { Forge } from '../adapters/forge.ts'
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
  note?: string
  jobUrl?: string
  reopen: boolean
}

/** Opens a run's pull request, or brings the one there is up to date. Undefined: merged without one. */
export async function openPull(forge: Forge, inputs: PullInputs): Promise<PublishedPull | undefined> {
  const { meta, branch, base, assignee, note, jobUrl } = inputs
  const there = await forge.findPull(branch)
  if (there?.merged) return { number: there.number, url: there.url, created: false, state: 'merged' }
  if (inputs.onBase) return there && { number: there.number, url: there.url, created: false, state: there.state }
  if (there?.state === 'closed' && !inputs.reopen)
    return { number: there.number, url: there.url, created: false, state: 'closed' }
  const text = {
    title: pullRequestTitle(meta),
    body: pullRequestBody(meta, {
      base,
      ...(note === undefined ? {} : { note }),
      ...(jobUrl === undefined ? {} : { jobUrl }),
    }),
  }
  const pull = there ?? (await forge.createPull({ branch, base, ...text }))
  if (there) await forge.updatePull(there.number, { ...text, ...(there.state === 'closed' ? { state: 'open' } : {}) })
  if (assignee !== undefined) await forge.assignPull(pull.number, assignee)
  return { number: pull.number, url: pull.url, created: there === undefined, state: 'open' }
}
