import { expect, test } from 'vitest'
import { nextSort, readRunList, writeRunList } from './run-list-state.ts'

const columns = ['model', 'rate']

test('an address says what is written of it', () => {
  const query = '?q=a+%26+b&model=Qwen+3&status=failed&sort=-rate'
  const state = readRunList(query, columns)
  expect(state).toEqual({
    search: 'a & b',
    chosen: { model: 'Qwen 3', dataset: '', rubric: '', status: 'failed', source: '' },
    sort: '-rate',
  })
  expect(writeRunList(state)).toBe(query)
  expect(writeRunList(readRunList('', columns))).toBe('')
})

test('a column that isn’t there leaves the order as it is', () => {
  expect(readRunList('?sort=-nothing', columns).sort).toBe('')
})

test('a second click on a head turns the order round', () => {
  expect(nextSort('', 'rate', true)).toBe('-rate')
  expect(nextSort('-rate', 'rate', true)).toBe('rate')
  expect(nextSort('-rate', 'model', false)).toBe('model')
  expect(nextSort('', 'started', true)).toBe('started')
  expect(nextSort('started', 'started', true)).toBe('')
})
