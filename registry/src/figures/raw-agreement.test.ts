import { expect, test } from 'vitest'
import { ColumnsBuilder } from '../columns/run-columns.ts'
import { rubricSchema, type Rubric } from '../formats/rubric.ts'
import { readRow } from '../rows/parse-row.ts'
import { rawAgreement } from './raw-agreement.ts'

const rubric = (field: object): Rubric =>
  rubricSchema.parse({
    title: 't',
    prompt: { user: 'u' },
    criteria: {},
    fields: { said: { path: '/v', primary: true, ...field } },
  })
const scaled = rubric({ type: 'ordinal', scale: ['No', 'Maybe', 'Yes'] })

/** custom_id → the answer; null stands for a request that failed */
function columns(read: Rubric, answers: Record<string, string | null>) {
  const builder = new ColumnsBuilder(read)
  for (const [customId, content] of Object.entries(answers)) {
    const body = { choices: [{ message: { content }, finish_reason: 'stop' }] }
    const answer =
      content === null
        ? { response: null, error: 'lost' }
        : { response: { status_code: 200, request_id: 'r', body }, error: null }
    const { row } = readRow({ id: 'i', custom_id: customId, ...answer })
    builder.addRow(row ?? expect.fail('no row'), 0, 0)
  }
  return builder.finish()
}

const agree = (read: Rubric, a: Record<string, string | null>, b: Record<string, string | null>) =>
  rawAgreement(columns(read, a), columns(read, b), 'said', read.fields['said']!)

test('equal / paired over items usable in both; the others are counted by reason', () => {
  const first = {
    a: '{"v":"Yes"}',
    b: '{"v":"No"}',
    c: 'Here: {"v":"Yes"}',
    d: null,
    e: 'what?',
    f: '{"v":"yes"}',
    g: '{"v":"No"}',
  }
  const second = {
    g: '',
    c: '{"v":"Yes"}',
    b: '{"v":"Maybe"}',
    a: '{"v":"Yes"}',
    d: '{"v":"No"}',
    f: '{"v":"Yes"}',
    x: '{"v":"No"}',
    e: '{"v":"No"}',
  }
  expect(agree(scaled, first, second)).toEqual({
    paired: 3,
    equal: 2,
    agreement: 2 / 3,
    dropped: { request_error: 1, no_json: 1, repaired: 1, empty: 1, missing: 1 },
  })
})

test('numbers are equal within the tolerance, booleans by value', () => {
  const numbers = rubric({ type: 'number', tolerance: 0.5 })
  expect(agree(numbers, { a: '{"v":1}', b: '{"v":1}' }, { a: '{"v":1.5}', b: '{"v":1.6}' })).toMatchObject({
    equal: 1,
    paired: 2,
  })
  const booleans = rubric({ type: 'boolean' })
  expect(agree(booleans, { a: '{"v":false}' }, { a: '{"v":false}' })).toMatchObject({ equal: 1, agreement: 1 })
})

test('nothing paired gives no figure', () => {
  expect(agree(scaled, { a: null }, { b: '{"v":"No"}' })).toEqual({
    paired: 0,
    equal: 0,
    // the worse of the two: a request that failed, and no row at all
    dropped: { missing: 2 },
  })
})
