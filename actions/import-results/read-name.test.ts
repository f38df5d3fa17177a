import { expect, test } from 'vitest'
import { readDuration } from './read-duration.ts'
import { readMoment } from './read-moment.ts'
import { claimsOfPath, readName } from './read-name.ts'
import { modelPatterns } from './resolve-model.ts'

const models = modelPatterns(
  new Map([
    ['llama-3.2-1b', { name: 'Llama 3.2-1B', hub_id: 'meta-llama/Llama-3.2-1B-Instruct' }],
    ['qwen-3-4b', { name: 'Qwen 3-4B', hub_id: 'Qwen/Qwen3-4B-Instruct-2507' }],
  ]),
)

test.each([
  ['qwen3_4b_batch_5k_results', { model: 'qwen3_4b', dataset: 'batch_5k' }],
  ['batch_5k-llama3.2-1b-20241028_143300', { model: 'llama3.2-1b', time: '2024-10-28T14:33:00', dataset: 'batch_5k' }],
  ['batch_5k_20241028_143300', { time: '2024-10-28T14:33:00', dataset: 'batch_5k' }],
  // not in the catalog: known by its size
  ['olmo2_1b_output_2024', { model: 'olmo2_1b', time: '2024' }],
  ['gemma-3-270m.batch', { model: 'gemma-3-270m', dataset: 'batch' }],
  ['output', {}],
  ['candidates_20000', { dataset: 'candidates_20000' }],
])('%s', (name, claims) => {
  expect(readName(name, models)).toEqual(claims)
})

test('a folder speaks for the files below it, the nearest first', () => {
  expect(claimsOfPath('old/qwen3_4b/run 2/llama-3.2-1b/output.jsonl', models)).toEqual([
    { field: 'model', value: 'llama-3.2-1b', from: 'folder' },
  ])
})

test.each([
  ['8005', 8005],
  ['8005.2s', 8005.2],
  ['02:13:25', 8005],
  ['13:25', 805],
  ['2h 13m 25s', 8005],
  ['133 minutes', 7980],
  ['1d 2h', 93_600],
  ['soon', undefined],
  ['3 apples', undefined],
])('%s is %s seconds', (text, seconds) => {
  expect(readDuration(text)).toBe(seconds)
})

test('a time without a zone may be off by one; one with a zone may not; other texts are none', () => {
  expect(readMoment('2025-03-14T09:00:00Z')).toEqual({ from: 1_741_942_800, to: 1_741_942_800, exact: true })
  expect(readMoment('2025-03-14 09:00')).toMatchObject({ from: 1_741_942_800 - 14 * 3600, exact: false })
  expect(readMoment('2025')).toMatchObject({ exact: false })
  expect(readMoment(1_741_942_800_000)).toMatchObject({ from: 1_741_942_800 })
  expect(readMoment(12_345.6)).toBeUndefined()
  expect(readMoment('yesterday')).toBeUndefined()
})
