import { expect, test } from 'vitest'
import { readState, writeState, type CompareState } from './compare-state.ts'

test('an address read and written again is the same', () => {
  const query =
    'dataset=odd.notes-12&runs=a-1,b.2&filter=disagree&field=is_polite&q=tour%20%26%20x&only=1&item=..%2Fnote%3F%23'
  expect(writeState(readState(`?${query}`))).toBe(query)
})

test('defaults are left out, “primary” is one of them', () => {
  expect(writeState(readState('?dataset=d&filter=all&field=primary&q='))).toBe('dataset=d')
})

test('runs: none named, none ticked, twice named, as a form sends them', () => {
  expect(readState('?dataset=d').runs).toBeUndefined()
  expect(readState('?dataset=d&runs=').runs).toEqual([])
  expect(readState('?runs=a,b,a').runs).toEqual(['a', 'b'])
  expect(readState('?runs=a&runs=b').runs).toEqual(['a', 'b'])
})

test('an unknown filter is all', () => {
  expect(readState('?filter=__proto__').filter).toBe('all')
})

test('nothing ticked stays nothing ticked', () => {
  const state: CompareState = { ...readState('?dataset=d'), runs: [] }
  expect(readState(`?${writeState(state)}`).runs).toEqual([])
})
