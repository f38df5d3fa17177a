import { request, type Dispatcher } from 'undici'
import type { Answer } from './row-line.ts'

export type Asked =
  | { kind: 'answer'; answer: Extract<Answer, { status: number }>; retryAfter?: string }
  /** the connection broke before the answer was whole */
  | { kind: 'lost'; failure: string }
  /** the signal was aborted, with its reason */
  | { kind: 'aborted' }

/** Sends one chat request and reads its answer whole. Never throws. */
export async function ask(
  url: string,
  body: string,
  options: { dispatcher: Dispatcher; signal: AbortSignal; apiKey?: string },
): Promise<Asked> {
  try {
    const response = await request(url, {
      method: 'POST',
      dispatcher: options.dispatcher,
      headers: {
        'content-type': 'application/json',
        ...(options.apiKey === undefined ? {} : { authorization: `Bearer ${options.apiKey}` }),
      },
      body,
      signal: options.signal,
    })
    const text = await response.body.text()
    const { 'retry-after': retryAfter, 'x-request-id': requestId } = response.headers
    return {
      kind: 'answer',
      answer: { status: response.statusCode, requestId: requestIdOf(requestId, text), text },
      ...(typeof retryAfter === 'string' ? { retryAfter } : {}),
    }
  } catch (error) {
    if (options.signal.aborted) return { kind: 'aborted' }
    const code = (error as NodeJS.ErrnoException).code
    return {
      kind: 'lost',
      failure: `connection failed: ${code ?? (error instanceof Error ? error.message : String(error))}`,
    }
  }
}

function requestIdOf(header: string | string[] | undefined, text: string): string {
  if (typeof header === 'string') return header
  return /^\s*\{\s*"id"\s*:\s*"([^"\\]{1,200})"/.exec(text)?.[1] ?? ''
}
