import { ColumnsBuilder, missingStatus, type Field } from 'registry'
import { expect, test } from 'vitest'
import { placeRun } from './place-run.ts'

const field: Field = { type: 'boolean', path: '/polite', required: true, primary: true }
const score: Field = { type: 'number', path: '/score', required: false, tolerance: 0 }

test('rows move to their items’ places; no row is missing; of two rows with one id the first counts', () => {
  const fields = { polite: field, score }
  const builder = new ColumnsBuilder({ fields, accept: 'json' })
  for (const row of [
    answer('c', '{"polite":true,"score":1.5}'),
    answer('a', '{"polite":false}'),
    answer('c', '{"polite":false,"score":9}'),
    answer('x', '{"polite":true}'),
  ])
    builder.add(row, 0, row.length)
  const positions = new Map(['a', 'b', 'c'].map((id, position) => [id, position]))
  const placed = placeRun(builder.finish(), positions, fields)
  expect(placed.fields.get('polite')?.codes).toEqual(Int32Array.of(0, -1, 1))
  expect(placed.fields.get('score')?.numbers).toEqual(Float64Array.of(Number.NaN, Number.NaN, 1.5))
  expect(placed.statuses).toEqual(Uint8Array.of(9, missingStatus, 9))
  expect(placed.rows).toEqual(Int32Array.of(1, -1, 0))
  expect(placed.strangers).toEqual(['x'])
})

function answer(customId: string, content: string): string {
  const body = { choices: [{ message: { content }, finish_reason: 'stop' }] }
  return JSON.stringify({ id: 'r', custom_id: customId, response: { status_code: 200, body }, error: null })
}
