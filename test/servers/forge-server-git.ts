import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { dirname } from 'node:path'
import { buffer } from 'node:stream/consumers'

/** Git over HTTP: hands a request to Git's own CGI program, which serves a bare repository. */
export async function serveGit(
  request: IncomingMessage,
  response: ServerResponse,
  repository: string,
  rest: string,
  loseAnswer: boolean,
): Promise<void> {
  const url = new URL(request.url ?? '', 'http://localhost')
  const child = spawn('git', ['http-backend'], {
    env: {
      PATH: process.env['PATH'] ?? '',
      GIT_PROJECT_ROOT: dirname(repository),
      GIT_HTTP_EXPORT_ALL: '1',
      PATH_INFO: `${repository.slice(dirname(repository).length)}${rest}`,
      QUERY_STRING: url.search.slice(1),
      REQUEST_METHOD: request.method ?? 'GET',
      CONTENT_TYPE: request.headers['content-type'] ?? '',
      HTTP_CONTENT_ENCODING: request.headers['content-encoding'] ?? '',
      HTTP_GIT_PROTOCOL: String(request.headers['git-protocol'] ?? ''),
      // who pushes: http-backend takes pushes of known users only
      REMOTE_USER: 'token',
    },
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  request.pipe(child.stdin)
  child.stdin.on('error', () => undefined)
  const answer = await buffer(child.stdout)
  if (loseAnswer) return void request.socket.resetAndDestroy()
  const end = answer.indexOf('\r\n\r\n')
  const headers = new Map<string, string>()
  for (const line of answer.subarray(0, end).toString().split('\r\n')) {
    const [name = '', value = ''] = line.split(/: (.*)/)
    headers.set(name.toLowerCase(), value)
  }
  response.statusCode = Number(headers.get('status')?.slice(0, 3) ?? 200)
  headers.delete('status')
  for (const [name, value] of headers) response.setHeader(name, value)
  response.end(answer.subarray(end + 4))
}

export interface LfsServerState {
  /** oid → content */
  objects: Map<string, Buffer>
  /** what was asked, e.g. `POST batch upload`, `PUT <oid>` */
  asked: string[]
  /** answers 404 for a whole batch of which nothing is there, as giftless does */
  allMissingIs404: boolean
  /** where uploads and downloads are sent; the server itself unless told */
  storage?: string
}

interface BatchRequest {
  operation: string
  objects: { oid: string; size: number }[]
}

/** Git LFS' Batch API with the basic transfer: https://github.com/git-lfs/git-lfs/blob/main/docs/api/batch.md */
export async function serveLfs(
  request: IncomingMessage,
  response: ServerResponse,
  lfs: LfsServerState,
  base: string,
  rest: string,
): Promise<void> {
  const body = await buffer(request)
  const send = (status: number, value: object) =>
    response.writeHead(status, { 'content-type': 'application/vnd.git-lfs+json' }).end(JSON.stringify(value))
  if (rest === '/objects/batch' && request.method === 'POST') {
    const { operation, objects } = JSON.parse(body.toString()) as BatchRequest
    lfs.asked.push(`batch ${operation} ${objects.length}`)
    if (lfs.allMissingIs404 && operation === 'download' && !objects.some(({ oid }) => lfs.objects.has(oid)))
      return void send(404, { message: 'Cannot find any of the objects' })
    const href = (oid: string) => `${lfs.storage ?? base}/objects/${oid}`
    const header = { authorization: request.headers.authorization ?? '' }
    const act = (name: string, oid: string) => ({ actions: { [name]: { href: href(oid), header } } })
    const answer = objects.map(({ oid, size }) => {
      const there = lfs.objects.has(oid)
      const missing = { error: { code: 404, message: 'Object does not exist' } }
      const told = operation === 'upload' ? (there ? {} : act('upload', oid)) : there ? act('download', oid) : missing
      return Object.assign({ oid, size }, told)
    })
    return void send(200, { transfer: 'basic', objects: answer })
  }
  const oid = /^\/objects\/([0-9a-f]{64})$/.exec(rest)?.[1]
  if (oid === undefined) return void send(404, { message: 'Not found' })
  lfs.asked.push(`${request.method} ${oid}`)
  if (request.method === 'PUT') {
    if (createHash('sha256').update(body).digest('hex') !== oid) return void send(422, { message: 'Wrong digest' })
    lfs.objects.set(oid, body)
    return void send(200, {})
  }
  const content = lfs.objects.get(oid)
  if (content === undefined) return void send(404, { message: 'Not found' })
  response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(content)
}
