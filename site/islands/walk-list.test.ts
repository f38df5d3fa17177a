import { expect, test } from 'vitest'
import { nextPlace } from './walk-list.ts'

const any = () => true
const even = (position: number) => position % 2 === 0
const list = Uint32Array.of(1, 4, 5, 8)

test.each([
  ['from before the start', -1, 1, any, 0],
  ['backwards from before the start', -1, -1, any, undefined],
  ['on', 4, 1, any, 2],
  ['back', 4, -1, any, 0],
  ['to the next that is wanted', 4, 1, even, 3],
  ['none that is wanted', 4, -1, even, undefined],
  ['past the end', 8, 1, any, undefined],
  ['from one that is hidden', 6, 1, any, 3],
  ['back from one that is hidden', 6, -1, any, 2],
  ['on from one hidden behind the end', 9, 1, any, undefined],
  ['back from one hidden behind the end', 9, -1, any, 3],
] as const)('%s', (_, from, by, isWanted, place) => {
  expect(nextPlace(list, from, by, true, isWanted)).toBe(place)
})

test('a list that is sorted otherwise: on from where one stands, from its start where one is not in it', () => {
  const sorted = Uint32Array.of(8, 1, 5)
  expect(nextPlace(sorted, 1, 1, false, any)).toBe(2)
  expect(nextPlace(sorted, 1, -1, false, any)).toBe(0)
  expect(nextPlace(sorted, 4, 1, false, any)).toBe(0)
  expect(nextPlace(sorted, 4, -1, false, any)).toBeUndefined()
})
