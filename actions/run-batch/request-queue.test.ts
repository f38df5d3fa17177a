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

test('the limit rises while nothing waits in the engine, falls when a queue builds up, and stays within its bounds', () => {
  expect(nextLimit(8, 0, 256)).toBe(11)
  expect(nextLimit(250, 0, 256)).toBe(256)
  expect(nextLimit(64, 6, 256)).toBe(64)
  expect(nextLimit(64, 40, 256)).toBe(44)
  expect(nextLimit(1, 500, 256)).toBe(1)
})
