import { expect, test } from 'vitest'
import { searchItems } from './search-items.ts'

const items = { ids: ['note-01', 'note-02', '__proto__'], titles: ['Thanks for the tour', null, 'A Trap'] }

test.each([
  ['', [0, 1, 2]],
  ['NOTE', [0, 1]],
  ['tour 01', [0]],
  ['trap', [2]],
  ['(', []],
])('%j finds %j', (search, positions) => {
  expect(searchItems(items, search)).toEqual(positions)
})
