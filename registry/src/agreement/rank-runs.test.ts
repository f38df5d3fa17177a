import { expect, test } from 'vitest'
import { rankRuns } from './rank-runs.ts'

const scoresOf = (rows: readonly number[][]) => rows.map((row) => Float64Array.from(row))

test('the better run first, each pair with the difference of their means and its interval', () => {
  const rows = Array.from({ length: 40 }, (_, item) => [item % 4 === 0 ? 0 : 1, item % 2, 1])
  const ranking = rankRuns(scoresOf(rows), new Float64Array(40).fill(1), 'high')
  expect(ranking?.items).toBe(40)
  expect(ranking?.runs).toEqual([
    { run: 2, score: 1 },
    { run: 0, score: 0.75 },
    { run: 1, score: 0.5 },
  ])
  const [first] = ranking?.differences ?? []
  expect(first).toMatchObject({ better: 2, worse: 0, difference: { value: 0.25 } })
  expect(first?.difference.low).toBeGreaterThan(0.1)
  expect(first?.difference.high).toBeLessThan(0.45)
})

test('it is paired: a constant lead has no spread, however much the scores vary', () => {
  const rows = Array.from({ length: 30 }, (_, item) => [item / 30, item / 30 + 0.1])
  const [only] = rankRuns(scoresOf(rows), new Float64Array(30).fill(1), 'high')?.differences ?? []
  expect(only?.difference.low).toBeCloseTo(0.1, 10)
  expect(only?.difference.high).toBeCloseTo(0.1, 10)
})

test('items counted are the same as items repeated, in any order', () => {
  const counted = rankRuns(
    scoresOf([
      [1, 0],
      [0, 1],
      [1, 1],
    ]),
    Float64Array.from([5, 2, 3]),
    'low',
  )
  const times = (count: number, scores: number[]) => Array.from({ length: count }, () => scores)
  const repeated = [...times(5, [1, 0]), ...times(3, [1, 1]), ...times(2, [0, 1])]
  expect(rankRuns(scoresOf(repeated), new Float64Array(10).fill(1), 'low')).toEqual(counted)
  expect(counted?.runs[0]?.run).toBe(1)
})

test('nothing to rank without items or with one run', () => {
  expect(rankRuns([], new Float64Array(), 'high')).toBeUndefined()
  expect(rankRuns(scoresOf([[1]]), Float64Array.from([3]), 'high')).toBeUndefined()
})
