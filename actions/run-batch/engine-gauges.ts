import { request } from 'undici'

export interface EngineGauges {
  /** requests that wait in the engine's own queue */
  waiting?: number
  /** tokens generated since the engine's start */
  generated?: number
}

const timeoutMs = 2000

/** vLLM's /metrics, as far as we follow it; empty where the engine has none or doesn't answer. */
export async function readGauges(baseUrl: string): Promise<EngineGauges> {
  try {
    const url = `${baseUrl.replace(/\/v1$/, '')}/metrics`
    const response = await request(url, { signal: AbortSignal.timeout(timeoutMs) })
    const text = await response.body.text()
    return response.statusCode === 200 ? parseGauges(text) : {}
  } catch {
    return {}
  }
}

/** Sums a metric over its label sets (Prometheus text format 0.0.4). */
export function parseGauges(text: string): EngineGauges {
  const waiting = sumOf(text, 'vllm:num_requests_waiting')
  const generated = sumOf(text, 'vllm:generation_tokens_total')
  return { ...(waiting === undefined ? {} : { waiting }), ...(generated === undefined ? {} : { generated }) }
}

function sumOf(text: string, metric: string): number | undefined {
  let sum: number | undefined
  for (const line of text.split('\n')) {
    if (!line.startsWith(metric) || !/^[{ ]/.test(line.slice(metric.length))) continue
    const value = Number(line.slice(line.lastIndexOf(' ') + 1))
    if (Number.isFinite(value)) sum = (sum ?? 0) + value
  }
  return sum
}

export interface FollowedQueue {
  /** requests in flight */
  inFlight: number
  /** of them, those that wait in the engine's own queue */
  waiting: number
  /** how many may be in flight now, and at most */
  limit: number
  most: number
}

/**
 * How many requests to have in flight, following the engine's own queue: while next to none wait there may be more, else
 * as many as it works on and half as many again, so that it is neither starved nor flooded. What it works on is told, not
 * reckoned from earlier steps: answers may take a hundred looks at the gauge, and a queue that is cut at each of them
 * runs dry. Pure.
 */
export function nextLimit({ inFlight, waiting, limit, most }: FollowedQueue): number {
  if (waiting < 2) return Math.min(most, Math.ceil(limit * 1.25) + 1)
  const running = Math.max(0, inFlight - waiting)
  return Math.min(most, limit, running + Math.max(8, Math.ceil(running / 2)))
}
