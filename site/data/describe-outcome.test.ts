import { ColumnsBuilder, rubricSchema } from 'registry'
import { expect, test } from 'vitest'
import { describeOutcome } from './describe-outcome.ts'

const rubric = rubricSchema.parse({
  title: 'A rubric',
  prompt: { user: '{{record}}' },
  criteria: {},
  fields: {
    years: { type: 'number', path: '/years', required: false },
    grade: { type: 'ordinal', scale: ['low', 'mid', 'high'], path: '/grade', primary: true },
    why: { type: 'text', path: '/why', required: false },
  },
})

function columnsOf(answers: readonly (string | null)[]) {
  const builder = new ColumnsBuilder(rubric)
  for (const [row, content] of answers.entries()) {
    const body = {
      choices: [{ message: { role: 'assistant', content }, finish_reason: 'stop' }],
      usage: { prompt_tokens: 100 + row, completion_tokens: 10 },
    }
    const response = { status_code: content === null ? 400 : 200, request_id: 'r', body }
    const error = content === null ? { message: 'no' } : null
    builder.add(JSON.stringify({ id: `r${row}`, custom_id: `c${row}`, response, error }), 0, 0)
  }
  return builder.finish()
}

test('values are counted in the scale’s order, repaired ones apart, the rest by what hid the verdict', () => {
  const columns = columnsOf([
    '{"grade":"high","years":3.5}',
    '{"grade":"high","years":7}',
    '{"grade":"low","why":"so"}',
    '{"grade":" HIGH "}',
    '{"grade":"splendid"}',
    'no object',
    null,
  ])
  const { rows, fields, promptTokens, outputTokens, outputTokensSum } = describeOutcome(columns, rubric)
  expect(rows).toBe(7)
  expect(fields.map(({ name }) => name)).toEqual(['grade', 'years', 'why'])
  const [grade, years, why] = fields
  expect(grade).toMatchObject({ usable: 3, repaired: 1, primary: true })
  expect(grade?.values).toEqual([
    { value: 'low', usable: 1, repaired: 0 },
    { value: 'mid', usable: 0, repaired: 0 },
    { value: 'high', usable: 2, repaired: 1 },
  ])
  expect(grade?.unusable).toEqual([
    { status: 'request_error', count: 1 },
    { status: 'no_json', count: 1 },
    { status: 'invalid_enum', count: 1 },
  ])
  expect(years?.numbers).toMatchObject({ counted: 2, spread: { smallest: 3.5, median: 5.25, largest: 7 } })
  expect(why).toMatchObject({ usable: 1, values: [] })
  for (const { usable, repaired, unusable } of fields)
    expect(usable + repaired + unusable.reduce((sum, { count }) => sum + count, 0)).toBe(rows)
  // the refused row has no usage that counts
  expect(promptTokens.counts.reduce((sum, count) => sum + count, 0)).toBe(promptTokens.counted)
  expect(outputTokens.counts).toEqual([outputTokens.counted])
  expect(outputTokensSum).toBe(10 * outputTokens.counted)
})

test('a run without rows or rubric has no figure', () => {
  const outcome = describeOutcome(columnsOf([]), undefined)
  expect(outcome).toEqual({
    rows: 0,
    promptTokens: { from: 0, width: 1, counts: [], counted: 0 },
    outputTokens: { from: 0, width: 1, counts: [], counted: 0 },
    fields: [],
  })
})
