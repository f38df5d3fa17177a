import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'

export interface VllmProtocolOptions {
  /** the answer's text, out of the request's body */
  answer(body: Record<string, unknown>): string
  models?: readonly string[]
  version?: string
  /** words of a prompt and its answer together; 2048 unless told */
  maxModelLen?: number
  /** milliseconds before each answer */
  latencyMs?(): number
  /** what goes wrong with the n-th request (from 0), if anything */
  fault?(body: Record<string, unknown>, index: number): { status: number; body: unknown } | 'hangup' | undefined
  onStart?(): void
  onEnd?(): void
}

export interface VllmProtocolServer extends AsyncDisposable {
  baseUrl: string
  model: string
  /** bodies of the chat requests, in the order they came */
  requests: unknown[]
  close(): Promise<void>
}

/**
 * An HTTP server that speaks the part of vLLM 0.32's protocol that batchledger uses: same paths, same shapes of answers
 * and errors. The same request gets the same answer; tokens are counted by words.
 */
export async function startVllmProtocolServer(options: VllmProtocolOptions): Promise<VllmProtocolServer> {
  const models = options.models ?? ['test/tiny']
  const maxModelLen = options.maxModelLen ?? 2048
  const requests: unknown[] = []
  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => response.destroy(error as Error))
  })

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const route = `${request.method} ${request.url}`
    if (route === 'GET /health') return void response.writeHead(200).end()
    if (route === 'GET /version') return send(response, 200, { version: options.version ?? '0.32.0' })
    if (route === 'GET /v1/models')
      return send(response, 200, {
        object: 'list',
        data: models.map((id) => ({ id, object: 'model', owned_by: 'vllm', root: id, max_model_len: maxModelLen })),
      })
    if (route !== 'POST /v1/chat/completions') return send(response, 404, { detail: 'Not Found' })
    options.onStart?.()
    try {
      await complete(request, response)
    } finally {
      options.onEnd?.()
    }
  }

  async function complete(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const body = parseBody(Buffer.concat(chunks).toString('utf8'))
    if (body === undefined) return send(response, 400, errorBody(400, 'the request body is not JSON', null))
    const index = requests.push(body) - 1
    if (options.latencyMs) await delay(options.latencyMs())
    const fault = options.fault?.(body, index)
    if (fault === 'hangup') return void response.destroy()
    if (fault) return send(response, fault.status, fault.body)
    if (!models.includes(String(body['model'])))
      return send(response, 404, errorBody(404, `The model \`${String(body['model'])}\` does not exist.`, 'model'))
    const promptTokens = countWords(JSON.stringify(body['messages']))
    if (promptTokens >= maxModelLen)
      return send(response, 400, errorBody(400, `the prompt has ${promptTokens} tokens`, 'input_tokens'))
    if (promptTokens + Number(body['max_tokens'] ?? 0) > maxModelLen)
      return send(response, 400, errorBody(400, `max_tokens is too large`, 'max_tokens'))
    send(response, 200, completion(body, options.answer(body)))
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    model: models[0] ?? '',
    requests,
    close,
    [Symbol.asyncDispose]: close,
  }
}

function parseBody(text: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(text) as Record<string, unknown>
  } catch {
    return undefined
  }
}

function errorBody(code: 400 | 404, message: string, param: string | null): object {
  return { error: { message, type: code === 404 ? 'NotFoundError' : 'BadRequestError', param, code } }
}

function completion(body: Record<string, unknown>, content: string): object {
  const messages = JSON.stringify(body['messages'])
  const promptTokens = countWords(messages)
  const completionTokens = countWords(content)
  return {
    id: `chatcmpl-${createHash('sha256').update(messages).digest('hex').slice(0, 32)}`,
    object: 'chat.completion',
    created: 1_700_000_000,
    model: body['model'],
    choices: [{ index: 0, message: { role: 'assistant', content }, logprobs: null, finish_reason: 'stop' }],
    usage: {
      prompt_tokens: promptTokens,
      total_tokens: promptTokens + completionTokens,
      completion_tokens: completionTokens,
    },
  }
}

function countWords(text: string): number {
  return text.split(/\s+/).filter(Boolean).length
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response
    .writeHead(status, { 'content-type': 'application/json' })
    .end(typeof body === 'string' ? body : JSON.stringify(body))
}
