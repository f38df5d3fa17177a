import { connect } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { faultsByRule, type Fault } from './faults.ts'
import { startVllmProtocolServer, type VllmProtocolServer } from './vllm-protocol-server.ts'

const answer = () => '{"recommendation":{"value":"Yes"}}'
const hello = { model: 'test/tiny', messages: [{ role: 'user', content: 'how do you do' }] }

interface Reply {
  status: number
  text: string
  json: Record<string, unknown>
  headers: Record<string, string>
}

async function post(server: VllmProtocolServer, body: unknown, path = '/v1/chat/completions'): Promise<Reply> {
  const response = await fetch(`http://127.0.0.1:${server.port}${path}`, {
    method: 'POST',
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
  const text = await response.text()
  let json = {}
  try {
    json = JSON.parse(text) as Record<string, unknown>
  } catch {
    // some faults are no JSON
  }
  return { status: response.status, text, json, headers: Object.fromEntries(response.headers) }
}

async function get(server: VllmProtocolServer, path: string): Promise<string> {
  const response = await fetch(`http://127.0.0.1:${server.port}${path}`)
  return response.text()
}

const serveFault = (fault: Fault) => startVllmProtocolServer({ answer, fault: () => fault })

const failureOf = (reply: Promise<unknown>) =>
  reply.then(
    () => 'answered',
    // fetch wraps what the connection said
    (error: Error) => (error.cause as NodeJS.ErrnoException | undefined)?.code ?? error.message,
  )

test('the same request gets the same bytes from any server, id and time included', async () => {
  await using first = await startVllmProtocolServer({ answer })
  await using second = await startVllmProtocolServer({ answer })
  const { text, json } = await post(first, hello)
  expect(await post(second, hello).then((reply) => reply.text)).toBe(text)
  expect(json).toMatchObject({
    object: 'chat.completion',
    model: 'test/tiny',
    choices: [{ message: { role: 'assistant', content: answer() }, finish_reason: 'stop', stop_reason: null }],
    usage: { completion_tokens: 1 },
    prompt_logprobs: null,
  })
})

test('answers longer than max_tokens are cut and say so', async () => {
  await using server = await startVllmProtocolServer({ answer: () => 'one two three four' })
  const { json } = await post(server, { ...hello, max_tokens: 2 })
  expect(json).toMatchObject({
    choices: [{ message: { content: 'one two' }, finish_reason: 'length' }],
    usage: { completion_tokens: 2 },
  })
})

test.each([
  ['another model', { ...hello, model: 'other' }, 404, 'NotFoundError', 'model'],
  ['too many answer tokens', { ...hello, max_tokens: 4000 }, 400, 'BadRequestError', 'max_tokens'],
  [
    'the newer name of the cap',
    { ...hello, max_completion_tokens: 99 },
    400,
    'BadRequestError',
    'max_completion_tokens',
  ],
  ['an over-long prompt', { messages: [{ content: 'word '.repeat(60) }] }, 400, 'BadRequestError', 'input_tokens'],
  ['no room for the answer', { ...hello, max_tokens: 48 }, 400, 'BadRequestError', 'input_tokens'],
  ['no messages', { model: 'test/tiny' }, 400, 'Bad Request', 'body.messages'],
  ['no JSON', '{"model":', 400, 'Bad Request', 'body.0'],
  [
    'a schema it can’t use',
    {
      ...hello,
      response_format: {
        type: 'json_schema',
        json_schema: { schema: { type: 'object', properties: { a: { type: 'strin' } } } },
      },
    },
    400,
    'BadRequestError',
    null,
  ],
])('%s is refused in vLLM’s shape', async (_, body, status, type, param) => {
  await using server = await startVllmProtocolServer({ answer, maxModelLen: 50 })
  const reply = await post(server, body)
  expect(reply.status).toBe(status)
  expect(reply.json).toEqual({ error: { message: expect.any(String), type, param, code: status } })
})

test('an unknown URL has another shape', async () => {
  await using server = await startVllmProtocolServer({ answer })
  expect(await post(server, hello, '/v1/responses')).toMatchObject({ status: 404, json: { detail: 'Not Found' } })
})

test('it tells models, version and tokens', async () => {
  await using server = await startVllmProtocolServer({ answer, models: ['a/b'], version: '0.32.1', maxModelLen: 100 })
  expect(JSON.parse(await get(server, '/v1/models'))).toMatchObject({
    object: 'list',
    data: [{ id: 'a/b', owned_by: 'vllm', root: 'a/b', max_model_len: 100 }],
  })
  expect(await get(server, '/version')).toBe('{"version":"0.32.1"}')
  expect(await get(server, '/health')).toBe('')
  const { json } = await post(server, { model: 'a/b', prompt: 'to be or to be' }, '/tokenize')
  expect(json).toMatchObject({ count: 5, max_model_len: 100, token_strs: null })
  const tokens = json['tokens'] as number[]
  expect(tokens[0]).toBe(tokens[3])
})

function gauge(metrics: string, name: string): number {
  return Number(new RegExp(`^vllm:${name}\\{engine="0",model_name="test/tiny"\\} ([\\d.]+)$`, 'm').exec(metrics)?.[1])
}

test('more requests than slots wait, and the metrics say so', async () => {
  await using server = await startVllmProtocolServer({ answer: () => 'a b c d', slots: 2, latencyMs: () => 2000 })
  const replies = Promise.all(Array.from({ length: 5 }, () => post(server, hello)))
  // however late this process gets to look: two run for two seconds, in which their tokens come one by one
  let during = ''
  do {
    await delay(20)
    during = await get(server, '/metrics')
  } while (gauge(during, 'num_requests_waiting') < 3 || gauge(during, 'generation_tokens_total') === 0)
  expect([gauge(during, 'num_requests_running'), gauge(during, 'num_requests_waiting')]).toEqual([2, 3])
  expect(gauge(during, 'generation_tokens_total')).toBeLessThan(20)
  await replies
  const after = await get(server, '/metrics')
  expect([gauge(after, 'num_requests_running'), gauge(after, 'num_requests_waiting')]).toEqual([0, 0])
  expect(gauge(after, 'generation_tokens_total')).toBe(20)
  expect(gauge(after, 'prompt_tokens_total')).toBeGreaterThan(0)
})

test('a client that goes away leaves the queue, and its slot', async () => {
  await using server = await startVllmProtocolServer({ answer, slots: 1, latencyMs: () => 10_000 })
  const leave = new AbortController()
  const url = `${server.baseUrl}/chat/completions`
  const replies = Array.from({ length: 3 }, () =>
    failureOf(fetch(url, { method: 'POST', body: JSON.stringify(hello), signal: leave.signal })),
  )
  await expect.poll(() => server.figures()).toMatchObject({ running: 1, waiting: 2 })
  leave.abort()
  await Promise.all(replies)
  await expect.poll(() => server.figures()).toMatchObject({ running: 0, waiting: 0, answered: 0 })
})

test('an engine that ends behind its server gives HTTP 500 to what is in flight and to what comes', async () => {
  await using server = await startVllmProtocolServer({ answer, latencyMs: () => 10_000 })
  const inFlight = post(server, hello)
  await expect.poll(() => server.figures().running).toBe(1)
  server.killEngine()
  for (const reply of [await inFlight, await post(server, hello)]) {
    expect(reply.status).toBe(500)
    expect(reply.json).toMatchObject({ error: { message: expect.stringContaining('EngineCore'), code: 500 } })
  }
})

test.each<[Fault, string]>([
  ['hangup', 'UND_ERR_SOCKET'],
  [{ kind: 'hangup' }, 'UND_ERR_SOCKET'],
  [{ kind: 'hangup', at: 'middle' }, 'UND_ERR_SOCKET'],
  [{ kind: 'reset' }, 'ECONNRESET'],
  [{ kind: 'reset', at: 'middle' }, 'ECONNRESET'],
])('%j breaks the connection', async (fault, code) => {
  await using server = await serveFault(fault)
  expect(await failureOf(post(server, hello))).toBe(code)
})

test('a connection can be reset as soon as it is made', async () => {
  await using server = await startVllmProtocolServer({ answer, refuseConnection: () => true })
  const socket = connect(server.port, '127.0.0.1')
  const code = await new Promise((resolve) =>
    socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code)),
  )
  expect(code).toBe('ECONNRESET')
})

test('half an answer is whole to HTTP and no JSON', async () => {
  await using server = await serveFault({ kind: 'malformed' })
  const { status, text, json } = await post(server, hello)
  expect([status, json]).toEqual([200, {}])
  expect(text).toMatch(/^\{"id":"chatcmpl-/)
})

test('ten megabytes are still a good answer', async () => {
  await using server = await serveFault({ kind: 'huge' })
  const { text, json } = await post(server, hello)
  expect(Buffer.byteLength(text)).toBe(10_000_000)
  expect(json).toMatchObject({ object: 'chat.completion' })
})

test('a server that is asked too much names the time to come back, in either form', async () => {
  await using seconds = await serveFault({ kind: 'throttle', retryAfter: 3 })
  expect(await post(seconds, hello)).toMatchObject({ status: 429, headers: { 'retry-after': '3' } })
  await using date = await serveFault({ kind: 'throttle', status: 503, retryAfter: 10, as: 'date' })
  const { status, headers } = await post(date, hello)
  expect(status).toBe(503)
  expect(Date.parse(headers['retry-after'] ?? '') - Date.now()).toBeGreaterThan(8000)
  await using silent = await serveFault({ kind: 'throttle' })
  expect((await post(silent, hello)).headers).not.toHaveProperty('retry-after')
})

test('a request that is never answered holds its slot', async () => {
  await using server = await serveFault({ kind: 'silent' })
  const reply = failureOf(post(server, hello))
  await expect.poll(() => server.figures().running).toBe(1)
  await delay(50)
  expect(server.figures()).toMatchObject({ running: 1, generationTokens: 0 })
  await server.close()
  await reply
})

test('a slow answer comes in pieces and is whole', async () => {
  await using server = await serveFault({ kind: 'trickle', pieces: 5, everyMs: 20 })
  const started = performance.now()
  expect(await post(server, hello)).toMatchObject({ status: 200, json: { object: 'chat.completion' } })
  expect(performance.now() - started).toBeGreaterThan(80)
})

test('rules pick faults by place, by text and so many times', () => {
  const fault = { kind: 'dead' } as const
  const picked = faultsByRule([
    { index: 2, fault },
    { contains: 'bad', times: 1, fault: 'hangup' },
  ])
  expect([0, 1, 2].map((index) => picked({}, index))).toEqual([undefined, undefined, fault])
  expect(picked({ text: 'bad' }, 3)).toBe('hangup')
  expect(picked({ text: 'bad' }, 4)).toBeUndefined()
})
