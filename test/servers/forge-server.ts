import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import { resolveRef } from '../../actions/adapters/git.ts'
import { serveGit, serveLfs, type LfsServerState } from './forge-server-git.ts'
import { answerApi, type ApiOptions, type ForgeState } from './forge-server-state.ts'

/**
 * What goes wrong with one request: an answer instead of the right one; a connection that breaks before anything is done
 * (`reset`) or after it was done (`lose-answer`); a request that is never answered, not done (`silent`) or done (`done-silent`).
 */
export interface ForgeFault {
  /** of method and path, e.g. /POST .*\/pulls$/ */
  at: RegExp
  /** so often; once unless told */
  times?: number
  fault:
    | { status: number; message: string; headers?: Record<string, string> }
    | 'reset'
    | 'lose-answer'
    | 'silent'
    | 'done-silent'
}

export interface ForgeServerOptions {
  kind?: 'github' | 'gitea'
  /** a bare repository that is served as owner/ledger.git, and whose branches pull requests have */
  repository?: string
  assignable?: readonly string[]
  /** who the token is; a job's token is a bot that can't ask who it is */
  login?: string
  pageSize?: number
  faults?: ForgeFault[]
}

export interface ForgeServer {
  origin: string
  apiUrl: string
  /** where Git and LFS clients find the repository */
  gitUrl: string
  lfsUrl: string
  repository: string
  token: string
  state: ForgeState
  lfs: LfsServerState
  /** method, path and time of each API request that was let in, in order */
  requests: { what: string; at: number }[]
  faults: ForgeFault[]
  /** the token's validity */
  expired: boolean
  [Symbol.asyncDispose]: () => Promise<void>
}

/** A forge on 127.0.0.1: GitHub's or Gitea's REST API as far as this system asks it, Git and Git LFS over HTTP. */
export async function startForgeServer(options: ForgeServerOptions = {}): Promise<ForgeServer> {
  const kind = options.kind ?? 'github'
  const login = options.login ?? (kind === 'github' ? 'github-actions[bot]' : 'gitea-actions')
  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => response.destroy(error as Error))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const apiPath = kind === 'gitea' ? '/api/v1' : '/api'
  const repository = 'owner/ledger'
  const forge: ForgeServer = {
    origin,
    apiUrl: origin + apiPath,
    gitUrl: `${origin}/${repository}.git`,
    lfsUrl: `${origin}/${repository}.git/info/lfs`,
    repository,
    token: 'test-token-of-the-job',
    state: { pulls: [], comments: [], issues: [], statuses: [], dispatches: [] },
    lfs: { objects: new Map(), asked: [], allMissingIs404: false },
    requests: [],
    faults: [...(options.faults ?? [])],
    expired: false,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  const api: ApiOptions = {
    kind,
    repository,
    origin,
    login,
    assignable: options.assignable ?? [],
    headOf: (branch) =>
      options.repository === undefined
        ? Promise.resolve('1'.repeat(40))
        : resolveRef(options.repository, `refs/heads/${branch}`),
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', origin)
    const what = `${request.method} ${url.pathname}`
    if (url.pathname.startsWith(apiPath)) forge.requests.push({ what, at: Date.now() })
    const rule = forge.faults.find(({ at, times = 1 }) => times > 0 && at.test(what))
    if (rule) rule.times = (rule.times ?? 1) - 1
    if (rule?.fault === 'silent') return void request.resume()
    if (rule?.fault === 'reset') return void request.socket.resetAndDestroy()
    if (typeof rule?.fault === 'object') {
      const { status, message, headers } = rule.fault
      request.resume()
      return send(response, status, { message }, headers)
    }
    if (!isAuthorised(request)) {
      request.resume()
      return send(response, 401, { message: 'Bad credentials' }, { 'www-authenticate': 'Basic realm="forge"' })
    }
    const git = `/${repository}.git`
    if (url.pathname.startsWith(`${git}/info/lfs`))
      return serveLfs(request, response, forge.lfs, forge.lfsUrl, url.pathname.slice(`${git}/info/lfs`.length))
    if (url.pathname.startsWith(git) && options.repository !== undefined)
      return serveGit(
        request,
        response,
        options.repository,
        url.pathname.slice(git.length),
        rule?.fault === 'lose-answer',
      )
    await serveApi(request, response, url, rule?.fault)
  }

  function isAuthorised(request: IncomingMessage): boolean {
    const [scheme = '', secret = ''] = (request.headers.authorization ?? '').split(' ')
    const given = /^basic$/i.test(scheme) ? Buffer.from(secret, 'base64').toString().split(':')[1] : secret
    return !forge.expired && given === forge.token
  }

  async function serveApi(
    request: IncomingMessage,
    response: ServerResponse,
    url: URL,
    fault: ForgeFault['fault'] | undefined,
  ): Promise<void> {
    const body =
      request.method === 'GET' || request.method === 'DELETE' ? {} : ((await json(request)) as Record<string, unknown>)
    const path = url.pathname.slice(apiPath.length)
    const root = `/repos/${repository}`
    const answer = path.startsWith(root)
      ? await answerApi(
          { method: request.method ?? '', path: path.slice(root.length), query: url.searchParams, body },
          forge.state,
          api,
        )
      : answerRoot(path)
    if (fault === 'done-silent') return
    if (fault === 'lose-answer') return void request.socket.resetAndDestroy()
    if (answer === undefined) return send(response, 404, { message: 'Not Found' })
    if (answer.list === undefined) return send(response, answer.status, answer.body)
    const size = options.pageSize ?? 30
    const page = Number(url.searchParams.get('page') ?? 1)
    const shown = answer.list.slice((page - 1) * size, page * size)
    url.searchParams.set('page', String(page + 1))
    send(response, 200, shown, page * size < answer.list.length ? { link: `<${url.href}>; rel="next"` } : {})
  }

  function answerRoot(path: string): { status: number; body: unknown; list?: undefined } | undefined {
    if (path === '/version' && kind === 'gitea') return { status: 200, body: { version: '1.26.0' } }
    if (path !== '/user') return undefined
    return login.endsWith('[bot]')
      ? { status: 403, body: { message: 'Resource not accessible by integration' } }
      : { status: 200, body: { login } }
  }
  return forge
}

function send(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(status === 204 ? undefined : JSON.stringify(body))
}
