import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { applyFault, isAtTheDoor, sendJson, type Fault } from './faults.ts'
import { SimulatedEngine, type EngineFigures } from './simulated-engine.ts'
import { complete, countWords, promptText, tokenise } from './vllm-answers.ts'
import { engineDead, notFound, refuse, refuseModel, unreadable, type VllmError } from './vllm-errors.ts'
import { renderMetrics } from './vllm-metrics.ts'

export interface VllmProtocolOptions {
  /** the answer's text, out of the request's body */
  answer(body: Record<string, unknown>): string
  models?: readonly string[]
  version?: string
  /** words of a prompt and its answer together; 2048 unless told */
  maxModelLen?: number
  /** requests that run at once, the others wait; all of them unless told */
  slots?: number
  /** milliseconds that an answer takes once it runs */
  latencyMs?(body: Record<string, unknown>): number
  /** what goes wrong with the n-th request (from 0), if anything */
  fault?(body: Record<string, unknown>, index: number): Fault | undefined
  /** whether a connection is reset as soon as it is made */
  refuseConnection?(): boolean
  /** the port; any free one unless told */
  port?: number
  /** for the faults that end or stop the whole process; without it they are refused */
  endProcess?(this: void, how: 'die' | 'freeze'): void
  /** false: `requests` stays empty, for servers that see very many */
  keepRequests?: boolean
  onStart?(): void
  onEnd?(): void
}

export interface VllmProtocolServer extends AsyncDisposable {
  baseUrl: string
  port: number
  model: string
  /** bodies of the chat requests, in the order they came */
  requests: unknown[]
  figures(): EngineFigures
  /** the engine ends behind the server: each request in flight and each later one gets HTTP 500 */
  killEngine(): void
  close(): Promise<void>
}

/**
 * An HTTP server that speaks the part of vLLM 0.32's protocol that batchledger uses: same paths, same shapes of answers
 * and errors. The same request gets the same bytes; tokens are counted by words.
 */
export async function startVllmProtocolServer(options: VllmProtocolOptions): Promise<VllmProtocolServer> {
  const models = options.models ?? ['test/tiny']
  const limits = { models, maxModelLen: options.maxModelLen ?? 2048 }
  const engine = new SimulatedEngine(options.slots ?? Infinity)
  const dead = new AbortController()
  const requests: unknown[] = []
  let count = 0
  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => response.destroy(error as Error))
  })
  if (options.refuseConnection)
    server.on('connection', (socket) => {
      if (options.refuseConnection?.()) socket.resetAndDestroy()
    })
  const endProcess =
    options.endProcess ??
    ((how) => {
      throw new Error(`${how} needs a server process of its own`)
    })

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const route = `${request.method} ${request.url}`
    switch (route) {
      case 'GET /health':
        return void response.writeHead(dead.signal.aborted ? 503 : 200).end()
      case 'GET /version':
        return sendJson(response, 200, { version: options.version ?? '0.32.0' })
      case 'GET /v1/models':
        return sendJson(response, 200, { object: 'list', data: models.map((id) => modelCard(id, limits.maxModelLen)) })
      case 'GET /metrics':
        return void response
          .writeHead(200, { 'content-type': 'text/plain; version=1.0.0; charset=utf-8' })
          .end(renderMetrics(engine.figures(), models[0] ?? ''))
      case 'POST /tokenize': {
        const body = await readBody(request)
        return 'status' in body ? sendError(response, body) : sendTokens(response, body.value)
      }
      case 'POST /v1/chat/completions':
        break
      default:
        return sendError(response, notFound)
    }
    options.onStart?.()
    try {
      await chat(request, response)
    } finally {
      options.onEnd?.()
    }
  }

  async function chat(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const read = await readBody(request)
    if ('status' in read) return sendError(response, read)
    const body = read.value
    const index = count++
    if (options.keepRequests !== false) requests.push(body)
    if (dead.signal.aborted) return sendError(response, engineDead)
    const fault = options.fault?.(body, index)
    if (fault !== undefined && isAtTheDoor(fault)) return applyFault(response, fault, '', endProcess)
    const refusal = refuse(body, countWords(promptText(body)), limits)
    if (refusal) return sendError(response, refusal)
    const completion = complete(body, options.answer(body))
    const gone = new AbortController()
    response.once('close', () => gone.abort())
    const { promptTokens, completionTokens } = completion
    // a request that is never answered holds its slot for good, as one of a hanging engine does
    const isSilent = typeof fault === 'object' && 'kind' in fault && fault.kind === 'silent'
    const milliseconds = isSilent ? 2 ** 31 - 1 : (options.latencyMs?.(body) ?? 0)
    const signal = AbortSignal.any([gone.signal, dead.signal])
    try {
      await engine.generate({ promptTokens, completionTokens, milliseconds }, signal)
    } catch (error) {
      if (!signal.aborted) throw error
      return dead.signal.aborted && !response.destroyed ? sendError(response, engineDead) : undefined
    }
    const good = JSON.stringify(completion.body)
    return fault === undefined ? sendJson(response, 200, good) : applyFault(response, fault, good, endProcess)
  }

  function sendTokens(response: ServerResponse, body: Record<string, unknown>): void {
    const refusal = refuseModel(body['model'], models)
    if (refusal) return sendError(response, refusal)
    sendJson(response, 200, tokenise(body, limits.maxModelLen))
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port ?? 0, '127.0.0.1', 1024, resolve)
  })
  const { port } = server.address() as AddressInfo
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    port,
    model: models[0] ?? '',
    requests,
    figures: () => engine.figures(),
    killEngine: () => dead.abort(),
    close,
    [Symbol.asyncDispose]: close,
  }
}

function modelCard(id: string, maxModelLen: number): object {
  return {
    id,
    object: 'model',
    created: 1_700_000_000,
    owned_by: 'vllm',
    root: id,
    parent: null,
    max_model_len: maxModelLen,
    permission: [
      {
        id: 'modelperm-1',
        object: 'model_permission',
        created: 1_700_000_000,
        allow_create_engine: false,
        allow_sampling: true,
        allow_logprobs: true,
        allow_search_indices: false,
        allow_view: true,
        allow_fine_tuning: false,
        organization: '*',
        group: null,
        is_blocking: false,
      },
    ],
  }
}

async function readBody(request: IncomingMessage): Promise<{ value: Record<string, unknown> } | VllmError> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  try {
    const value: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'))
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return { value: value as Record<string, unknown> }
    return unreadable(
      'body',
      'Input should be a valid dictionary or object to extract fields from',
      'model_attributes_type',
    )
  } catch {
    return unreadable('body.0', 'JSON decode error', 'json_invalid', {}, ", 'ctx': {'error': 'Expecting value'}")
  }
}

function sendError(response: ServerResponse, { status, body }: VllmError): void {
  sendJson(response, status, body)
}
