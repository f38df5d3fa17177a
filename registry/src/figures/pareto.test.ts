import { expect, test } from 'vitest'
import { paretoFront } from './pareto.ts'

test.each([
  [
    'one beats another in both',
    [
      [1, 1],
      [2, 2],
    ],
    [false, true],
  ],
  [
    'a trade-off keeps both',
    [
      [1, 2],
      [2, 1],
    ],
    [true, true],
  ],
  [
    'equals beat nobody',
    [
      [1, 1],
      [1, 1],
    ],
    [true, true],
  ],
  [
    'as good and faster beats',
    [
      [1, 1],
      [1, 2],
    ],
    [false, true],
  ],
  [
    'what is unknown is not judged and beats nobody',
    [
      [null, 9],
      [1, 1],
      [2, null],
    ],
    [null, true, null],
  ],
] as [string, [number | null, number | null][], (boolean | null)[]][])('%s', (_name, points, front) => {
  expect(paretoFront(points.map(([quality, speed]) => ({ quality, speed })))).toEqual(front)
})
