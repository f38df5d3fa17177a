import { setTimeout as delay } from 'node:timers/promises'
import { getOctokit } from '@actions/github'
import { retry } from '@octokit/plugin-retry'
import { UserError } from 'registry'

export type ForgeClient = ReturnType<typeof getOctokit>

/** A forge's answer that is no success, as octokit throws it. Status 500 without a response: the connection broke. */
interface RequestFailure extends Error {
  status: number
  request: { request?: Record<string, unknown> }
  response?: { headers: Record<string, string | number | undefined>; data?: unknown }
}

const tries = 5
/** A forge that asks for a longer pause than this is told to the user instead of waited for. */
const longestWaitSeconds = 15 * 60
const refusals = [400, 401, 403, 404, 405, 409, 410, 413, 415, 422, 423, 429, 451]

/**
 * An octokit that tries again what failed by the server's or the network's fault (5xx, a lost connection; 1, 4, 9, 16 s
 * apart) and waits as long as a rate limit asks (429, or 403 with Retry-After; never sooner than told).
 * @param secondMs what a second of waiting lasts; tests shorten it
 */
export function createClient(options: { apiUrl: string; token: string; secondMs: number }): ForgeClient {
  const quiet = () => undefined
  return getOctokit(
    options.token,
    {
      baseUrl: options.apiUrl.replace(/\/+$/, ''),
      userAgent: 'batchledger',
      log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
      retry: { doNotRetry: refusals, retries: tries - 1, retryAfterBaseValue: options.secondMs },
    },
    waitOutLimits,
    retry,
  )
}

/** Marks a limited request for the retry plugin. A limited request was not worked on, so any method may be repeated. */
function waitOutLimits(octokit: {
  hook: { error: (name: 'request', hook: (error: unknown) => never) => void }
}): Record<string, never> {
  octokit.hook.error('request', (error) => {
    if (isFailure(error)) {
      const seconds = limitSeconds(error)
      if (seconds !== undefined && seconds <= longestWaitSeconds)
        error.request.request = { ...error.request.request, retries: tries - 1, retryAfter: Math.max(1, seconds) }
    }
    throw error
  })
  return {}
}

/** The pause a rate limit asks for, in whole seconds; undefined when the answer is no rate limit. */
function limitSeconds({ status, message, response }: RequestFailure): number | undefined {
  if (status !== 429 && status !== 403) return undefined
  const headers = response?.headers ?? {}
  const after = headers['retry-after']
  if (after !== undefined) {
    const seconds = Number(after)
    return Math.ceil(Number.isNaN(seconds) ? (Date.parse(String(after)) - Date.now()) / 1000 : seconds)
  }
  if (headers['x-ratelimit-remaining'] === '0')
    return Math.ceil(Number(headers['x-ratelimit-reset'] ?? 0) - Date.now() / 1000) + 1
  return status === 429 || /secondary rate/i.test(message) ? 60 : undefined
}

/** For a request that makes something new: no blind second try, since the first one may have arrived. */
export const once = { request: { retries: 0 } }

/**
 * Makes something that must exist once: looks first, and looks again after each failure that leaves open whether the
 * request arrived (5xx, a lost connection), or that passes (a branch that was pushed a moment ago is not seen yet).
 */
export async function makeOnce<T>(
  secondMs: number,
  find: () => Promise<T | undefined>,
  make: () => Promise<T>,
): Promise<{ value: T; created: boolean }> {
  for (let attempt = 1; ; attempt++) {
    const value = await find()
    if (value !== undefined) return { value, created: attempt > 1 }
    try {
      return { value: await make(), created: true }
    } catch (error) {
      if (!isFailure(error) || attempt === tries) throw error
      const notSeenYet = error.status === 422 && /"field":"head","code":"invalid"/.test(error.message)
      if (error.status < 500 && !notSeenYet) throw error
      await delay((attempt ** 2 + Math.random()) * secondMs)
    }
  }
}

export function isFailure(error: unknown): error is RequestFailure {
  return error instanceof Error && 'status' in error && typeof error.status === 'number' && 'request' in error
}

/** Whether a failure has one of these statuses. */
export function hasStatus(error: unknown, ...statuses: readonly number[]): boolean {
  return isFailure(error) && statuses.includes(error.status)
}

/**
 * What a forge refused, as a mistake that can be mended.
 * @param asked where and what, e.g. `owner/name: the pull request`
 * @param permission what the token needs for it, e.g. `pull-requests: write`
 */
export function tellFailure(error: unknown, asked: string, permission: string): unknown {
  if (!isFailure(error)) return error
  const said = oneLine(error.message)
  const problem = (finding: string) => new UserError('the forge refused', [`${asked}: ${finding}`])
  if (error.status === 401)
    return problem(
      `the token is not accepted, or no longer (401): a job's token ends with its job, others expire: run the job again with a valid token; it goes on where it stopped`,
    )
  if (/not permitted to create or approve pull requests/i.test(error.message))
    return problem(
      `the repository doesn't let its jobs open pull requests: allow it under Settings → Actions → General → Workflow permissions ("Allow GitHub Actions to create and approve pull requests", an organisation may forbid it above), or give a token of a GitHub App; then publish again`,
    )
  const seconds = limitSeconds(error)
  if (seconds !== undefined)
    return problem(`the forge limits requests for another ${seconds} s (${error.status}): publish again after that`)
  if (error.status === 403)
    return problem(`the token may not do it (403, ${said}): grant it "${permission}" in the workflow's permissions`)
  if (error.status === 404)
    return problem(`not found (404): the name is wrong, or the token can't see it or lacks "${permission}"`)
  if (error.status >= 500)
    return new UserError('the forge can’t be reached', [
      `${asked}: no good answer after ${tries} tries (${said}): look at the forge, then run it again; nothing is lost`,
    ])
  return problem(`refused with ${error.status} (${said})`)
}

/** Foreign text on one line, cut. */
function oneLine(text: string): string {
  const line = text.replaceAll(/[\p{Cc}\s]+/gu, ' ').trim()
  return line.length > 300 ? `${line.slice(0, 299)}…` : line
}
