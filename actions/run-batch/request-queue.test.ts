import { expect, test } from 'vitest'
import { nextLimit, parseGauges } from './engine-gauges.ts'
import { backoff, RequestQueue } from './request-queue.ts'

test('rows to replay alone come first, then retries that are due, then the order', () => {
  const queue = new RequestQueue(Uint32Array.of(4, 5))
  expect(queue.take(0, false)).toEqual({ position: 4, tries: 1 })
  queue.retry(4, 2, 100)
  queue.replayAlone([9])
  expect(queue.take(0, false)).toEqual({ position: 9, tries: 1 })
  expect(queue.take(100, false)).toEqual({ position: 4, tries: 2 })
  queue.retry(4, 3, 300)
  expect(queue.take(250, true)).toEqual({ waitMs: 50 })
  expect(queue.take(250, false)).toEqual({ position: 5, tries: 1 })
  expect(queue.isEmpty).toBe(false)
  expect(queue.take(300, false)).toEqual({ position: 4, tries: 3 })
  expect(queue.take(300, false)).toBeUndefined()
  expect(queue.isEmpty).toBe(true)
})

test('back-off doubles, jitters, is capped, and Retry-After in seconds or as a date outranks it', () => {
  expect(backoff(1, 500, undefined, 0, 1)).toBe(500)
  expect(backoff(4, 500, undefined, 0, 0.5)).toBe(2000)
  expect(backoff(20, 500, undefined, 0, 1)).toBe(30_000)
  expect(backoff(1, 500, '7', 0, 1)).toBe(7000)
  expect(backoff(1, 500, new Date(9000).toUTCString(), 0, 1)).toBe(9000)
  expect(backoff(1, 500, 'soon', 0, 1)).toBe(500)
  expect(backoff(1, 500, '86400', 0, 1)).toBe(300_000)
})

test('gauges are summed over engines; what looks alike is not read', () => {
  const text = [
    '# HELP vllm:num_requests_waiting Number',
    'vllm:num_requests_waiting{engine="0"} 3.0',
    'vllm:num_requests_waiting{engine="1"} 4.0',
    'vllm:num_requests_waiting_by_reason{reason="x"} 9.0',
    'vllm:generation_tokens_total{engine="0"} 1.5e+03',
  ].join('\n')
  expect(parseGauges(text)).toEqual({ waiting: 7, generated: 1500 })
  expect(parseGauges('nothing')).toEqual({})
})

test('the limit rises while nothing waits in the engine, falls to what it works on and half more, and stays in bounds', () => {
  const next = (inFlight: number, waiting: number, limit: number) => nextLimit({ inFlight, waiting, limit, most: 256 })
  expect(next(8, 0, 8)).toBe(11)
  expect(next(250, 0, 250)).toBe(256)
  expect(next(64, 6, 64)).toBe(64)
  expect(next(64, 40, 64)).toBe(36)
  expect(next(36, 12, 36)).toBe(36)
  expect(next(1, 500, 1)).toBe(1)
})

test('an engine whose answers take a hundred looks at the gauge is never left without work', () => {
  const [slots, looks, rows] = [40, 100, 2000]
  let [limit, sent, answered] = [256, 0, 0]
  const running: number[] = []
  let waiting = 0
  let [idle, queued] = [0, 0]
  for (let look = 0; answered < rows; look++) {
    for (let place = running.length - 1; place >= 0; place--)
      if (running[place] === look) {
        running.splice(place, 1)
        answered++
      }
    while (sent < rows && running.length + waiting < limit) {
      sent++
      waiting++
    }
    for (; waiting > 0 && running.length < slots; waiting--) running.push(look + looks)
    if (sent < rows) idle += slots - running.length
    if (answered > rows / 2) queued = Math.max(queued, waiting)
    limit = nextLimit({ inFlight: running.length + waiting, waiting, limit, most: 256 })
  }
  expect(idle).toBe(0)
  expect(queued).toBeLessThanOrEqual(slots / 2)
})
