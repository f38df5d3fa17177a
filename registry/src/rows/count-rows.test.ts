import fc from 'fast-check'
import { expect, test } from 'vitest'
import { RowCounter } from './count-rows.ts'
import type { ParsedRow } from './parse-row.ts'

const okRow = (tokens: number): ParsedRow => ({
  id: 'x',
  customId: 'c',
  ok: true,
  content: 'y',
  finishReason: 'stop',
  promptTokens: tokens,
  completionTokens: 1,
})
const errorRow = (message: string): ParsedRow => ({
  id: 'x',
  customId: 'c',
  ok: false,
  content: null,
  error: { status: 400, message },
})

test('success + errors + missing is always the dataset’s count', () => {
  fc.assert(
    fc.property(fc.array(fc.boolean()), fc.nat(50), (rows, unanswered) => {
      const counter = new RowCounter()
      for (const ok of rows) counter.add(ok ? okRow(3) : errorRow('no'))
      const results = counter.results(rows.length + unanswered)
      expect(results.success + results.errors + results.missing).toBe(results.total)
      expect(results.missing).toBe(unanswered)
      expect(results.error_causes.reduce((sum, cause) => sum + cause.count, 0)).toBe(results.errors)
    }),
  )
})

test('messages that differ in digits and quoted text are one cause, and hold no row text', () => {
  const counter = new RowCounter()
  counter.add(errorRow('row 777: "Ada Lovelace" has 2049 tokens'))
  counter.add(errorRow('row 778: "Alan Turing" has 3000 tokens'))
  expect(counter.results(2).error_causes).toEqual([{ status: 400, message: "row N: '…' has N tokens", count: 2 }])
})

test('a figure nobody measured is absent', () => {
  const counter = new RowCounter()
  counter.add(errorRow('no'))
  const results = counter.results(1)
  expect(results).not.toHaveProperty('avg_prompt_tokens')
  expect(results.success_rate).toBe(0)
  expect(new RowCounter().results(0)).not.toHaveProperty('success_rate')
})

test('beyond fifty causes the rest is counted together', () => {
  const counter = new RowCounter()
  const letters = 'abcdefghijklmnopqrstuvwxyz'
  for (let index = 0; index < 60; index++)
    counter.add(errorRow(`cause ${letters[index % 26]}${letters[Math.floor(index / 26)]}`))
  const { error_causes: causes } = counter.results(60)
  expect(causes).toHaveLength(51)
  expect(causes.reduce((sum, cause) => sum + cause.count, 0)).toBe(60)
})

test('of personal data an engine’s words are withheld, ours and the status stay', () => {
  const counter = new RowCounter('personal')
  counter.add(errorRow('Invalid content: name:Ada Lovelace'))
  counter.add(errorRow('connection failed: ECONNRESET'))
  const told = JSON.stringify(counter.results(2))
  expect(told).not.toContain('Ada')
  expect(told).toContain('connection failed: ECONNRESET')
  expect(counter.results(2).error_causes.map(({ status }) => status)).toEqual([400, 400])
})
