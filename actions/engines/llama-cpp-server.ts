// The process that holds the weights: `node llama-cpp-server.ts '<LlamaCppServerConfig as JSON>'`. It answers OpenAI's
// chat protocol with vLLM's error shapes on 127.0.0.1, says where in one JSON line on stdout, and ends with its parent.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { parseChatRequest, RequestError, type ChatRequest } from './chat-request.ts'
import { loadLlamaCppModel, type LlamaCppModel, type LlamaCppServerConfig } from './llama-cpp-model.ts'

/** The one line on stdout. */
export interface ReadyLine {
  ready: true
  port: number
  version: string
  load_seconds: number
  chat_template_sha256: string
}

const maxBodyBytes = 32 * 1024 * 1024

async function main(): Promise<void> {
  // The parent holds the other end of stdin. It closes when the parent dies, kill -9 included.
  process.stdin.resume()
  for (const event of ['end', 'close', 'error']) process.stdin.on(event, () => process.exit(0))
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => process.exit(0))

  const config = JSON.parse(process.argv[2] ?? '') as LlamaCppServerConfig
  const started = performance.now()
  const model = await loadLlamaCppModel(config, log)
  const created = Math.floor(Date.now() / 1000)
  const server = createServer((request, response) => {
    answer(request, response, { model, config, created }).catch((error: unknown) => {
      if (response.headersSent || response.destroyed) return
      if (!(error instanceof RequestError)) log(`a request failed: ${(error as Error).stack ?? String(error)}`)
      const fault = error instanceof RequestError ? error : new RequestError(500, (error as Error).message)
      sendJson(response, fault.status, fault.body)
    })
  })
  // clients keep connections open while their rows wait in our queue
  server.keepAliveTimeout = 65_000
  server.listen(0, '127.0.0.1', () => {
    const ready: ReadyLine = {
      ready: true,
      port: (server.address() as AddressInfo).port,
      version: model.version,
      load_seconds: Math.round(performance.now() - started) / 1000,
      chat_template_sha256: model.chatTemplateSha256,
    }
    const { servedModel, sequences, threads } = config
    log(`process ${process.pid} serves ${servedModel}: ${model.version}, ${sequences} sequences, ${threads} threads`)
    process.stdout.write(`${JSON.stringify(ready)}\n`)
  })
}

interface Served {
  model: LlamaCppModel
  config: LlamaCppServerConfig
  /** Unix seconds */
  created: number
}

async function answer(request: IncomingMessage, response: ServerResponse, served: Served): Promise<void> {
  const { model, config, created } = served
  const route = `${request.method} ${new URL(request.url ?? '/', 'http://localhost').pathname}`
  if (route === 'GET /health') return sendJson(response, 200, {})
  if (route === 'GET /version') return sendJson(response, 200, { version: model.version })
  if (route === 'GET /v1/models') {
    const entry = { id: config.servedModel, object: 'model', created, owned_by: 'llama.cpp' }
    return sendJson(response, 200, { object: 'list', data: [{ ...entry, max_model_len: model.contextTokens }] })
  }
  if (route !== 'POST /v1/chat/completions') return sendJson(response, 404, { detail: 'Not Found' })

  const gone = new AbortController()
  response.on('close', () => gone.abort(new RequestError(499, 'the client closed the connection')))
  const chat = parseChatRequest(await readBody(request), config.servedModel)
  const prompt = renderPrompt(model, chat)
  const maxTokens = roomForAnswer(prompt.length, chat.maxTokens, model.contextTokens)
  const grammar = chat.format && (await grammarFor(model, chat.format))
  const options = { sampling: chat.sampling, stop: chat.stop, ...(grammar && { grammar }) }
  const completion = await model.complete(prompt, maxTokens, options, gone.signal)
  const { text, completionTokens, finishReason } = completion
  sendJson(response, 200, {
    id: `chatcmpl-${crypto.randomUUID().replaceAll('-', '')}`,
    object: 'chat.completion',
    created: Math.floor(Date.now() / 1000),
    model: config.servedModel,
    choices: [{ index: 0, message: { role: 'assistant', content: text }, logprobs: null, finish_reason: finishReason }],
    usage: {
      prompt_tokens: prompt.length,
      completion_tokens: completionTokens,
      total_tokens: prompt.length + completionTokens,
    },
  })
}

function renderPrompt(model: LlamaCppModel, chat: ChatRequest): number[] {
  try {
    return model.promptTokens(chat.messages, chat.templateArguments)
  } catch (error) {
    throw new RequestError(400, `The chat template refused the messages: ${(error as Error).message}`, 'messages')
  }
}

/** How many tokens the answer may have; throws when the request can't fit: the context is never shifted. */
function roomForAnswer(promptTokens: number, maxTokens: number | undefined, contextTokens: number): number {
  const context = `The context holds ${contextTokens} tokens`
  const room = contextTokens - promptTokens
  if (room < 1)
    throw new RequestError(400, `${context}, the prompt alone has ${promptTokens}; shorten it.`, 'input_tokens')
  if (maxTokens !== undefined && maxTokens > room)
    throw new RequestError(
      400,
      `${context}, the prompt has ${promptTokens}: max_tokens ${maxTokens} is too large, at most ${room} fit.`,
      'max_tokens',
    )
  return maxTokens ?? room
}

async function grammarFor(model: LlamaCppModel, format: NonNullable<ChatRequest['format']>): Promise<object> {
  try {
    return await model.grammarFor(format)
  } catch (error) {
    throw new RequestError(400, `The response_format can't be kept: ${(error as Error).message}`, 'response_format')
  }
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > maxBodyBytes) throw new RequestError(413, `The request body is larger than ${maxBodyBytes} bytes.`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function sendJson(response: ServerResponse, status: number, body: object): void {
  const text = JSON.stringify(body)
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) })
  response.end(text)
}

function log(line: string): void {
  process.stderr.write(`${new Date().toISOString()} ${line}\n`)
}

await main()
