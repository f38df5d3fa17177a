import { expect, test } from 'vitest'
import { allowFigures } from './allow-figures.ts'
import type { AgreementFigures } from './agreement-data.ts'

/** Two runs over some items, as the build figures them. */
function figuresOf(items: number): AgreementFigures {
  const pair = (paired: number) => {
    const figure = { value: 0.5, low: 0.4, high: 0.6 }
    const one = {
      paired,
      dropped: { empty: 1, 'Zq7 marker': 1 },
      equal: 3,
      raw: figure,
      strict: figure,
      alpha: figure,
      distance: 0.5,
    }
    return { usable: one, with_repaired: one }
  }
  const run = { usable: items, repaired: 0, unusable: { empty: 1 }, values: { Good: items }, outliers: 0 }
  const at = '2026-11-24T08:00:00Z'
  const about = {
    model: { slug: 'm', name: 'M' },
    rubric: 'r',
    status: 'completed' as const,
    started_at: at,
    speed: { req_per_sec: 1 },
  }
  const comparison = {
    field: 'mood',
    primary: true,
    type: 'nominal' as const,
    scale: ['Bad', 'Good'],
    statistics: { alpha: 'nominal' as const },
    runs: [
      { run_id: 'a', ...run },
      { run_id: 'b', ...run },
    ],
    items: { total: items, agree: 1, disagree: 1, error: 1 },
    all: { usable: { value: 0.5, low: null, high: null }, with_repaired: { value: 0.5, low: null, high: null } },
    pairs: [
      { a: 'a', b: 'b', ...pair(items) },
      { a: 'a', b: 'c', ...pair(5) },
    ],
    replicates: [],
    secret: 'Zq7 marker',
  }
  return {
    count: items,
    warnings: [],
    incomplete: [],
    speedProblems: [],
    runs: [{ run_id: 'a', name: 'A', ...about }],
    fields: [
      {
        comparison,
        confusion: [
          [
            [1, 0],
            [0, items - 1],
          ],
        ],
        cascades: [],
      },
    ],
  }
}

test('of personal data only coefficients over at least 20 items; no table, no counts by value', () => {
  expect(allowFigures(figuresOf(19), true)).toBeUndefined()
  const [field] = allowFigures(figuresOf(30), true)?.fields ?? []
  expect(field?.confusion).toEqual([])
  expect(field?.comparison.pairs.map(({ b }) => b)).toEqual(['b'])
  expect(field?.comparison.runs[0]).not.toHaveProperty('values')
  const [all] = allowFigures(figuresOf(30), false)?.fields ?? []
  expect([all?.confusion.length, all?.comparison.pairs.length]).toEqual([1, 2])
})

test('a member or a status nobody named doesn’t get out', () => {
  expect(JSON.stringify(allowFigures(figuresOf(30), false))).not.toContain('Zq7')
})
