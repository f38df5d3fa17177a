import { expect, test } from 'vitest'
import { movePair, readState, writeState, type CompareState } from './compare-state.ts'

test('an address read and written again is the same', () => {
  const query =
    'dataset=odd.notes-12&runs=a-1,b.2&filter=disagree&field=is_polite&status=truncated&of=row&gap=2&pair=0.2.1.x' +
    '&facet.school=Ivy%20%26%20co&facet.__proto__=1&sort=distance&q=tour%20%26%20x&only=1&item=..%2Fnote%3F%23&at=7'
  expect(writeState(readState(`?${query}`))).toBe(query)
})

test('defaults are left out, “primary” is one of them', () => {
  expect(writeState(readState('?dataset=d&filter=all&field=primary&q=&gap=0&at=3'))).toBe('dataset=d')
})

test('runs: none named, none ticked, twice named, as a form sends them', () => {
  expect(readState('?dataset=d').runs).toBeUndefined()
  expect(readState('?dataset=d&runs=').runs).toEqual([])
  expect(readState('?runs=a,b,a').runs).toEqual(['a', 'b'])
  expect(readState('?runs=a&runs=b').runs).toEqual(['a', 'b'])
})

test('what the page doesn’t know is as if it weren’t there', () => {
  const state = readState('?filter=__proto__&status=fine&gap=-1&pair=0.0.1.1&sort=name&at=x')
  expect(writeState(state)).toBe('')
})

test('a pair: two runs and what they say, or the runs alone', () => {
  expect(readState('?pair=1.0.x.3').pair).toEqual({ a: 1, b: 0, says: [-1, 3] })
  expect(readState('?pair=1.0').pair).toEqual({ a: 1, b: 0 })
  expect(readState('?pair=1.0.2').pair).toBeUndefined()
})

test('a pair follows its runs to their new columns, and is gone with one of them', () => {
  const pair = { a: 0, b: 2, says: [1, -1] as const }
  expect(movePair(pair, ['x', 'y', 'z'], ['z', 'w', 'x'])).toEqual({ ...pair, a: 2, b: 0 })
  expect(movePair(pair, ['x', 'y', 'z'], ['y', 'z'])).toBeUndefined()
})

test('nothing ticked stays nothing ticked', () => {
  const state: CompareState = { ...readState('?dataset=d'), runs: [] }
  expect(readState(`?${writeState(state)}`).runs).toEqual([])
})
