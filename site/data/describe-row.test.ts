import { parseRow, rubricSchema } from 'registry'
import { expect, test } from 'vitest'
import { describeRow } from './describe-row.ts'

const rubric = rubricSchema.parse({
  title: 'R',
  prompt: { user: '{{record}}' },
  criteria: {},
  fields: {
    mood: { type: 'ordinal', scale: ['Bad', 'Good'], path: '/mood', reasoning: '/why', primary: true },
    note: { type: 'text', path: '/note', required: false },
  },
})

function describeLine(response: object | null, error: unknown = null) {
  const line = JSON.stringify({ id: 'r', custom_id: 'c', response, error })
  const { row } = parseRow(line)
  if (!row) throw new Error('no row')
  return describeRow(row, line, rubric)
}

test('an answer: its text, reasons, texts of fields, thoughts, tokens and how it ended', () => {
  const content = '{"mood":"Good","why":"kind","note":"n"}'
  const message = { content, reasoning_content: 'let me see' }
  const body = { choices: [{ message, finish_reason: 'stop' }], usage: { prompt_tokens: 3, completion_tokens: 4 } }
  expect(describeLine({ status_code: 200, body })).toEqual({
    content,
    thinking: 'let me see',
    reasoning: { mood: 'kind' },
    values: { note: 'n' },
    finishReason: 'stop',
    promptTokens: 3,
    completionTokens: 4,
  })
})

test('an answer that was mended says what was', () => {
  const body = { choices: [{ message: { content: '{"mood":"good ","note":"n"}' }, finish_reason: 'stop' }] }
  expect(describeLine({ status_code: 200, body }).repaired).toEqual(['mood: "good " was read as "Good"'])
})

test('a refusal says by whom and why', () => {
  const body = { error: { message: 'no chat template', code: 'bad_request' } }
  expect(describeLine({ status_code: 400, body })).toEqual({ error: 'HTTP 400 bad_request: no chat template' })
  expect(describeLine(null, 'the engine ended')).toEqual({ error: 'the engine ended' })
})
