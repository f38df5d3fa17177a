import pRetry from 'p-retry'
import { UserError } from 'registry'
import { authSettings, configEnv, git, GitError, type GitAuth } from './git.ts'
import { blobAt, remoteUrl } from './git-plumbing.ts'

export interface LfsObject {
  oid: string
  size: number
}

/** What stands in a request's Authorization header, where there is something. */
export interface LfsAuth {
  authorization?: string
}

export interface LfsAnswer {
  present: Set<string>
  /** oid → what the server says of it */
  missing: Map<string, string>
}

/** A server that takes no question: no right, no such address, not to be reached. */
export class LfsServerError extends UserError {
  override name = 'LfsServerError'
}

const batchSize = 100
const timeoutMs = 60_000
const mediaType = 'application/vnd.git-lfs+json'

/**
 * Where a remote's LFS objects live: `lfs.url` of main's .lfsconfig, else of the repository's Git settings, else derived
 * from the remote's own URL (https://github.com/git-lfs/git-lfs/blob/main/docs/api/server-discovery.md). Never what the
 * working tree or another branch says. May be no HTTP address (file, SSH).
 */
export async function findLfsUrl(repository: string, remote: string, mainRef: string): Promise<string> {
  const configured =
    (await mainLfsUrl(repository, mainRef)) ?? (await readSetting(repository, ['config', '--get', 'lfs.url']))
  if (configured !== undefined) return configured.replace(/\/+$/, '')
  const url = (await remoteUrl(repository, remote)).replace(/\/+$/, '')
  if (!/^https?:\/\//.test(url)) return url
  return `${url}${url.endsWith('.git') ? '' : '.git'}/info/lfs`
}

/** As findLfsUrl; undefined where the objects are not behind HTTP, so that nobody can be asked. */
export async function findLfsEndpoint(
  repository: string,
  remote: string,
  mainRef: string,
): Promise<string | undefined> {
  const url = await findLfsUrl(repository, remote, mainRef)
  return /^https?:\/\//.test(url) ? url : undefined
}

async function mainLfsUrl(repository: string, mainRef: string): Promise<string | undefined> {
  const blob = await blobAt(repository, mainRef, '.lfsconfig')
  return blob === undefined ? undefined : readSetting(repository, ['config', '--blob', blob, '--get', 'lfs.url'])
}

async function readSetting(
  repository: string,
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<string | undefined> {
  try {
    return (await git(repository, args, { env })).trim() || undefined
  } catch (error) {
    if (error instanceof GitError && error.code === 1) return undefined
    throw error
  }
}

/**
 * How to introduce oneself to an LFS server, as Git itself would: the token, where the server is the remote's own, else an
 * http.extraheader set for it, else the name and password in its address.
 */
export async function readLfsAuth(
  repository: string,
  remote: string,
  endpoint: string,
  auth?: GitAuth,
): Promise<LfsAuth> {
  const env = configEnv(authSettings(await remoteUrl(repository, remote), auth, [endpoint]))
  const header = await readSetting(repository, ['config', '--get-urlmatch', 'http.extraheader', endpoint], env)
  const authorization = /^authorization:\s*(.*)$/i.exec(header ?? '')?.[1]
  if (authorization !== undefined) return { authorization }
  const { username, password } = new URL(endpoint)
  if (username === '') return {}
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`
  return { authorization: `Basic ${Buffer.from(pair).toString('base64')}` }
}

/**
 * Asks an LFS server which objects it holds; nothing is transferred. A server that answers 404 to a whole batch (giftless)
 * holds none of it.
 * @throws LfsServerError when the server can't be asked
 */
export async function askLfsServer(endpoint: string, auth: LfsAuth, objects: readonly LfsObject[]): Promise<LfsAnswer> {
  const present = new Set<string>()
  const missing = new Map<string, string>()
  for (let from = 0; from < objects.length; from += batchSize) {
    const batch = objects.slice(from, from + batchSize)
    const answers = await postBatch(endpoint, auth, 'download', batch)
    for (const { oid } of batch) {
      const answer = answers?.get(oid)
      if (answer?.actions?.['download'] !== undefined && answer.error === undefined) present.add(oid)
      else missing.set(oid, tellMissing(answers === undefined, answer))
    }
  }
  return { present, missing }
}

function tellMissing(wholeBatch: boolean, answer: ObjectAnswer | undefined): string {
  if (wholeBatch) return 'the server answers 404 to the whole batch: it holds none of it, or its address is wrong'
  if (answer?.error !== undefined) return `${answer.error.code ?? ''} ${answer.error.message ?? ''}`.trim()
  return 'the server names no download for it'
}

/**
 * Asks an LFS server where it would take objects; nothing is uploaded.
 * @returns the addresses it names, none where it holds the objects already
 * @throws LfsServerError when it takes no uploads from us
 */
export async function askUpload(endpoint: string, auth: LfsAuth, objects: readonly LfsObject[]): Promise<string[]> {
  const targets: string[] = []
  for (let from = 0; from < objects.length; from += batchSize) {
    const answers = await postBatch(endpoint, auth, 'upload', objects.slice(from, from + batchSize))
    if (answers === undefined) throw refusal(endpoint, 'the address is unknown there (404)')
    for (const { error, actions } of answers.values()) {
      if (error !== undefined) throw refusal(endpoint, `${error.code ?? ''} ${oneLine(error.message ?? '')}`.trim())
      for (const action of Object.values(actions ?? {})) if (action.href !== undefined) targets.push(action.href)
    }
  }
  return targets
}

interface ObjectAnswer {
  oid?: string
  actions?: Record<string, { href?: string }>
  error?: { code?: number; message?: string }
}

/** @returns oid → answer; undefined when the server answers 404 to all of it */
async function postBatch(
  endpoint: string,
  { authorization }: LfsAuth,
  operation: 'download' | 'upload',
  objects: readonly LfsObject[],
): Promise<Map<string, ObjectAnswer> | undefined> {
  const url = new URL(`${endpoint}/objects/batch`)
  url.username = ''
  url.password = ''
  const request: RequestInit = {
    method: 'POST',
    headers: {
      accept: mediaType,
      'content-type': mediaType,
      ...(authorization === undefined ? {} : { authorization }),
    },
    body: JSON.stringify({ operation, transfers: ['basic'], objects, hash_algo: 'sha256' }),
    // another host would be another address than main's
    redirect: 'manual',
  }
  const response = await fetchPatiently(url, request)
  if (response.status === 404) return undefined
  if (!response.ok) throw refusal(endpoint, await tellRefusal(response))
  const answer = (await response.json().catch(() => undefined)) as { objects?: ObjectAnswer[] } | undefined
  if (!Array.isArray(answer?.objects)) throw refusal(endpoint, 'its answer is not that of a Batch API')
  return new Map(answer.objects.map((object) => [object.oid ?? '', object]))
}

async function tellRefusal(response: Response): Promise<string> {
  const { status } = response
  if (status === 401 || status === 403)
    return `it refuses us (${status}): give a token or a credential that may read and write there`
  if (status >= 300 && status < 400)
    return `it sends us elsewhere (${status}, ${oneLine(response.headers.get('location') ?? '')}): put the real address into .lfsconfig on main`
  return `it answers ${status} (${oneLine(await response.text().catch(() => ''))})`
}

/** 5xx, 429 and lost connections are tried again, not sooner than the server says. @throws LfsServerError */
async function fetchPatiently(url: URL, request: RequestInit): Promise<Response> {
  try {
    return await pRetry(
      async () => {
        const response = await fetch(url, { ...request, signal: AbortSignal.timeout(timeoutMs) })
        if (response.status >= 500 || response.status === 429) throw new Busy(response)
        return response
      },
      {
        retries: 3,
        minTimeout: 300,
        factor: 2,
        randomize: true,
        shouldRetry: ({ error }) => !(error instanceof Busy) || error.waitSeconds <= 120,
        onFailedAttempt: async ({ error }) => {
          if (error instanceof Busy && error.waitSeconds > 0)
            await new Promise((resolve) => setTimeout(resolve, Math.min(error.waitSeconds, 120) * 1000))
        },
      },
    )
  } catch (error) {
    if (!(error instanceof Error)) throw error
    const cause = error.cause instanceof Error ? error.cause.message : error.message
    throw refusal(url.href, `can't be reached (${oneLine(cause)}): look at the server, then try again`)
  }
}

class Busy extends Error {
  readonly waitSeconds: number

  constructor(response: Response) {
    super(`HTTP ${response.status}`)
    this.waitSeconds = Number(response.headers.get('retry-after') ?? 0) || 0
  }
}

function refusal(endpoint: string, finding: string): LfsServerError {
  const url = new URL(endpoint)
  return new LfsServerError('the LFS server gives no answer', [`${url.origin}${url.pathname}: ${finding}`])
}

function oneLine(text: string): string {
  return text
    .replaceAll(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .slice(0, 200)
}
