import { ColumnsBuilder, type Field } from 'registry'
import { expect, test } from 'vitest'
import { placeColumns } from './place-columns.ts'

const field: Field = { type: 'boolean', path: '/polite', required: true, primary: true }
const score: Field = { type: 'number', path: '/score', required: false, tolerance: 0 }

test('rows move to their items’ places; no row is -1; of two rows with one id the first counts', () => {
  const builder = new ColumnsBuilder({ fields: { polite: field, score }, accept: 'json' })
  for (const row of [
    answer('c', '{"polite":true,"score":1.5}'),
    answer('a', '{"polite":false}'),
    answer('c', '{"polite":false,"score":9}'),
    answer('x', '{"polite":true}'),
  ])
    builder.add(row, 0, row.length)
  const placed = placeColumns(builder.finish(), new Map(['a', 'b', 'c'].map((id, position) => [id, position])))
  expect(placed.fields['polite']?.codes).toEqual([0, -1, 1])
  expect(placed.fields['score']?.numbers).toEqual([null, null, 1.5])
  expect(placed.statuses).toEqual([9, -1, 9])
  expect(placed.strangers).toEqual(['x'])
})

function answer(customId: string, content: string): string {
  const body = { choices: [{ message: { content }, finish_reason: 'stop' }] }
  return JSON.stringify({ id: 'r', custom_id: customId, response: { status_code: 200, body }, error: null })
}
