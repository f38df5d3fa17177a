import { setTimeout as delay } from 'node:timers/promises'
import { Agent, request } from 'undici'
import type { StartedEngine } from '../engines/engine.ts'
import type { BatchItem } from './build-requests.ts'
import type { Answer } from './row-line.ts'

export interface DispatchInputs {
  engine: StartedEngine
  requests: readonly BatchItem[]
  /** requests in flight, at most */
  concurrency: number
  /** sent as a bearer token when given */
  apiKey?: string
  /** no answer within this time is a failure of that row, in milliseconds */
  timeoutMs: number
  signal: AbortSignal
  /** called once for each answer, in the order they come; the next request waits for it */
  onAnswer(item: BatchItem, answer: Answer): Promise<void>
}

export interface DispatchOutcome {
  /** from the first send to the last answer, in seconds; 0 when nothing was sent */
  seconds: number
  /** why the engine can't go on, when it can't */
  engineDied?: string
}

/**
 * Sends every request once, with a bounded number in flight. A row whose request found no engine because it had died
 * is not answered (it is missing, not an error). @throws what onAnswer throws, after the other requests were stopped
 */
export async function dispatch(inputs: DispatchInputs): Promise<DispatchOutcome> {
  const { engine, requests } = inputs
  const stop = new AbortController()
  const signal = AbortSignal.any([inputs.signal, stop.signal])
  const agent = new Agent({ connections: inputs.concurrency, headersTimeout: 0, bodyTimeout: 0 })
  let engineDied: string | undefined
  void engine.died.then((reason) => {
    engineDied = reason
    stop.abort()
  })
  let next = 0
  let lastAnswer: number | undefined
  const started = performance.now()
  const worker = async (): Promise<void> => {
    for (let item = requests[next++]; item !== undefined && !signal.aborted; item = requests[next++]) {
      const answer = await ask(inputs, agent, item, signal)
      if (answer === undefined) return
      lastAnswer = performance.now()
      await inputs.onAnswer(item, answer)
    }
  }
  try {
    await Promise.all(
      Array.from({ length: Math.min(inputs.concurrency, requests.length) }, () =>
        worker().catch((error: unknown) => {
          stop.abort()
          throw error
        }),
      ),
    )
  } finally {
    await agent.destroy()
  }
  return {
    seconds: lastAnswer === undefined ? 0 : (lastAnswer - started) / 1000,
    ...(engineDied === undefined ? {} : { engineDied }),
  }
}

/** One request's answer, or undefined when the run was stopped or the engine died under it. */
async function ask(
  inputs: DispatchInputs,
  agent: Agent,
  item: BatchItem,
  signal: AbortSignal,
): Promise<Answer | undefined> {
  try {
    const response = await request(`${inputs.engine.baseUrl}/chat/completions`, {
      method: 'POST',
      dispatcher: agent,
      headers: {
        'content-type': 'application/json',
        ...(inputs.apiKey === undefined ? {} : { authorization: `Bearer ${inputs.apiKey}` }),
      },
      body: JSON.stringify({ model: inputs.engine.info.servedModel, ...item.body }),
      signal: AbortSignal.any([signal, AbortSignal.timeout(inputs.timeoutMs)]),
    })
    const text = await response.body.text()
    return { status: response.statusCode, requestId: requestIdOf(response.headers['x-request-id'], text), text }
  } catch (error) {
    // a dying engine resets its connections just before its process is seen to end
    const died = await Promise.race([inputs.engine.died.then(() => true), delay(signal.aborted ? 0 : 500, false)])
    if (died || signal.aborted) return undefined
    return { failure: describeFailure(error, inputs.timeoutMs) }
  }
}

function requestIdOf(header: string | string[] | undefined, text: string): string {
  if (typeof header === 'string') return header
  return /^\s*\{\s*"id"\s*:\s*"([^"\\]{1,200})"/.exec(text)?.[1] ?? ''
}

function describeFailure(error: unknown, timeoutMs: number): string {
  if (error instanceof Error && error.name === 'TimeoutError') return `no answer within ${timeoutMs / 1000} s`
  const code = (error as NodeJS.ErrnoException).code
  return `connection failed: ${code ?? (error instanceof Error ? error.message : String(error))}`
}
