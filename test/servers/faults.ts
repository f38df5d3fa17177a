import type { ServerResponse } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { engineDead } from './vllm-errors.ts'

/**
 * What goes wrong with one request. Plain data, so that it can be handed to a server process.
 * - `{ status, body }`: that answer; a body that is text is sent as it is
 * - `'hangup'`, hangup, reset: the connection ends (FIN) or breaks (RST), before the answer or in the middle of its body
 * - malformed: HTTP 200 with half an answer, its length told as it is
 * - huge: a good answer of that many bytes (10 MB unless told)
 * - throttle: 429 unless told, with Retry-After in seconds, as an HTTP date, or without
 * - silent: the request is taken and never answered
 * - trickle: the answer in so many pieces with a wait between them
 * - dead: the HTTP 500 of an engine that has ended behind its server
 * - die, freeze: for a server process: it kills or stops itself
 */
export type Fault =
  | 'hangup'
  | { status: number; body: unknown; headers?: Record<string, string> }
  | { kind: 'hangup' | 'reset'; at?: 'start' | 'middle' }
  | { kind: 'malformed' }
  | { kind: 'huge'; bytes?: number }
  | { kind: 'throttle'; status?: number; retryAfter?: number; as?: 'seconds' | 'date' }
  | { kind: 'silent' }
  | { kind: 'trickle'; pieces: number; everyMs: number }
  | { kind: 'dead' }
  | { kind: 'die' }
  | { kind: 'freeze' }

/** Picks a fault for a request: the first rule that matches all it names and is not used up. */
export interface FaultRule {
  /** of the requests of one server, from 0 */
  index?: number
  /** text that the body as JSON contains */
  contains?: string
  /** at most so often */
  times?: number
  fault: Fault
}

export function faultsByRule(rules: readonly FaultRule[]): (body: object, index: number) => Fault | undefined {
  const used = rules.map(() => 0)
  return (body, index) => {
    const text = JSON.stringify(body)
    const found = rules.findIndex(
      (rule, place) =>
        (rule.index === undefined || rule.index === index) &&
        (rule.contains === undefined || text.includes(rule.contains)) &&
        (used[place] ?? 0) < (rule.times ?? Infinity),
    )
    if (found === -1) return undefined
    used[found] = (used[found] ?? 0) + 1
    return rules[found]?.fault
  }
}

/** Whether a fault happens at the door, without a slot of the engine. */
export function isAtTheDoor(fault: Fault): boolean {
  if (fault === 'hangup' || !('kind' in fault)) return true
  if (fault.kind === 'hangup' || fault.kind === 'reset') return fault.at !== 'middle'
  return fault.kind === 'throttle' || fault.kind === 'die' || fault.kind === 'freeze'
}

/** Answers with the fault. @param good the answer that would have been given */
export async function applyFault(
  response: ServerResponse,
  fault: Fault,
  good: string,
  endProcess: (how: 'die' | 'freeze') => void,
): Promise<void> {
  if (fault === 'hangup') return void response.destroy()
  if (!('kind' in fault)) return sendJson(response, fault.status, fault.body, fault.headers)
  switch (fault.kind) {
    case 'hangup':
    case 'reset':
      return breakOff(response, fault.kind, fault.at ?? 'start', good)
    case 'malformed':
      return sendJson(response, 200, good.slice(0, good.length / 2))
    case 'huge':
      return sendJson(response, 200, inflate(good, fault.bytes ?? 10_000_000))
    case 'throttle':
      return sendJson(response, fault.status ?? 429, { detail: 'Too Many Requests' }, retryAfter(fault))
    case 'silent':
      return undefined
    case 'trickle':
      return trickle(response, good, fault)
    case 'dead':
      return sendJson(response, engineDead.status, engineDead.body)
    case 'die':
    case 'freeze':
      return endProcess(fault.kind)
  }
}

export function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  response
    .writeHead(status, {
      'content-type': 'application/json',
      'content-length': String(Buffer.byteLength(text)),
      ...headers,
    })
    .end(text)
}

async function breakOff(
  response: ServerResponse,
  how: 'hangup' | 'reset',
  at: 'start' | 'middle',
  good: string,
): Promise<void> {
  const { socket } = response
  if (at === 'middle') {
    startAnswer(response, good)
    // the half must leave before the connection breaks: a reset drops what is still to be sent
    await new Promise<void>((resolve) => response.write(good.slice(0, good.length / 2), () => resolve()))
    await delay(5)
  }
  if (how === 'reset') socket?.resetAndDestroy()
  else response.destroy()
}

async function trickle(
  response: ServerResponse,
  good: string,
  { pieces, everyMs }: { pieces: number; everyMs: number },
): Promise<void> {
  startAnswer(response, good)
  const bytes = Buffer.from(good)
  const size = Math.ceil(bytes.length / pieces)
  for (let from = 0; from < bytes.length && !response.destroyed; from += size) {
    response.write(bytes.subarray(from, from + size))
    await delay(everyMs)
  }
  response.end()
}

function startAnswer(response: ServerResponse, text: string): void {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(text)) })
  response.flushHeaders()
}

/** The same answer with a longer text: still JSON, still of the same shape. */
function inflate(good: string, bytes: number): string {
  const marker = '"content":"'
  const at = good.indexOf(marker)
  if (at === -1) return good
  const place = at + marker.length
  return good.slice(0, place) + 'x'.repeat(Math.max(0, bytes - good.length)) + good.slice(place)
}

function retryAfter(fault: { retryAfter?: number; as?: 'seconds' | 'date' }): Record<string, string> {
  if (fault.retryAfter === undefined) return {}
  const value =
    fault.as === 'date' ? new Date(Date.now() + fault.retryAfter * 1000).toUTCString() : String(fault.retryAfter)
  return { 'retry-after': value }
}
