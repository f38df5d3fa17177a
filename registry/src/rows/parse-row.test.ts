import fc from 'fast-check'
import { expect, test } from 'vitest'
import { rowSchema } from '../formats/row.ts'
import { parseRow } from './parse-row.ts'

const body = {
  id: 'chatcmpl-1',
  model: 'qwen',
  choices: [{ index: 0, message: { role: 'assistant', content: '{"a":1}' }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 12, completion_tokens: 5, total_tokens: 17 },
}

test('an answered row gives content, tokens and finish reason', () => {
  const line = JSON.stringify({
    id: 'x',
    custom_id: 'c-1',
    response: { status_code: 200, request_id: 'r', body },
    error: null,
  })
  expect(parseRow(line).row).toEqual({
    id: 'x',
    customId: 'c-1',
    ok: true,
    status: 200,
    content: '{"a":1}',
    finishReason: 'stop',
    model: 'qwen',
    promptTokens: 12,
    completionTokens: 5,
  })
})

test("a handler's error is an object, nested as vLLM writes it", () => {
  const error = { error: { message: 'too long', type: 'BadRequestError', param: 'input_tokens', code: 400 } }
  const line = JSON.stringify({
    id: 'x',
    custom_id: 'c',
    response: { status_code: 400, request_id: 'r', body: null },
    error,
  })
  expect(parseRow(line).row).toMatchObject({
    ok: false,
    status: 400,
    error: { status: 400, code: '400', message: 'too long' },
  })
})

test("the runner's own error is a plain string", () => {
  const line = JSON.stringify({ id: 'x', custom_id: 'c', response: null, error: 'unknown URL' })
  expect(parseRow(line).row).toMatchObject({ ok: false, error: { message: 'unknown URL' } })
})

test('status 200 without a message is an error, not an empty answer', () => {
  const line = JSON.stringify({
    id: 'x',
    custom_id: 'c',
    response: { status_code: 200, body: { choices: [] } },
    error: null,
  })
  expect(parseRow(line).row).toMatchObject({ ok: false, error: { code: 'malformed_body' } })
})

test.each([
  ['{"id":"x","custom_id":"c"', /^not JSON/],
  ['[]', /not an object/],
  ['{"id":"x"}', /custom_id is missing/],
  ['{"custom_id":"c"}', /id is missing/],
  ['{"id":"x","custom_id":"c"}', /neither a response/],
  ['{"id":"x","custom_id":"c","response":7}', /response is neither/],
])('%s is no row', (line, finding) => {
  expect(parseRow(line).problem).toMatch(finding)
})

test('the finding of a torn line tells nothing of its text', () => {
  expect(parseRow('{"name": "Ada Lovelace" oops').problem).not.toMatch(/Ada|Lovelace/)
})

test('never throws; what it takes for a row, the published schema takes too', () => {
  const row = fc.record(
    {
      id: fc.oneof(fc.string(), fc.integer()),
      custom_id: fc.oneof(fc.string(), fc.constant(null)),
      response: fc.oneof(
        fc.constant(null),
        fc.record({ status_code: fc.oneof(fc.integer(), fc.string()), body: fc.jsonValue() }),
      ),
      error: fc.oneof(fc.constant(null), fc.string(), fc.jsonValue()),
    },
    { requiredKeys: [] },
  )
  fc.assert(
    fc.property(fc.oneof(row, fc.jsonValue()), (value) => {
      const { row: parsed } = parseRow(JSON.stringify(value) ?? '')
      if (parsed) expect(rowSchema.safeParse(value).success).toBe(true)
    }),
  )
  fc.assert(fc.property(fc.string(), (line) => void parseRow(line)))
})
