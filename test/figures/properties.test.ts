import fc from 'fast-check'
import {
  bootstrap,
  bootstrapSettings,
  cohenKappa,
  countEqual,
  gwetAc,
  jointPatterns,
  krippendorffAlpha,
  pairTable,
  seedRandom,
  unitsOf,
  uprightTable,
} from 'registry'
import { expect, test } from 'vitest'
import { alphaOfRows, gwetOfRows, kappaOfRows, nominal, squared, type Row } from './row-wise-figures.ts'

const ratings = fc
  .record({ q: fc.integer({ min: 2, max: 6 }), raters: fc.integer({ min: 2, max: 4 }) })
  .chain(({ q, raters }) =>
    fc.record({
      q: fc.constant(q),
      rows: fc.array(fc.array(fc.option(fc.nat(q - 1), { freq: 5 }), { minLength: raters, maxLength: raters }), {
        minLength: 1,
        maxLength: 40,
      }),
    }),
  )

const patternsOf = (rows: readonly Row[], q: number) =>
  jointPatterns(
    (rows[0] ?? []).map((_, rater) => Int32Array.from(rows, (row) => row[rater] ?? -1)),
    q,
  )

function figuresOf(rows: readonly Row[], q: number, a = 0, b = 1): number[] {
  const patterns = patternsOf(rows, q)
  const table = pairTable(patterns, a, b, q)
  const units = unitsOf(patterns, q)
  return [
    cohenKappa(table, 'unweighted'),
    cohenKappa(table, 'quadratic'),
    gwetAc(table, 'unweighted'),
    gwetAc(table, 'quadratic'),
    krippendorffAlpha(units, 'nominal'),
    krippendorffAlpha(units, 'ordinal'),
    krippendorffAlpha(units, 'interval'),
  ]
}

function same(found: readonly number[], expected: readonly number[]): void {
  for (const [place, value] of expected.entries())
    if (Number.isNaN(value)) expect(found[place]).toBeNaN()
    else expect(found[place]).toBeCloseTo(value, 10)
}

test('counted by patterns is the same as the definitions over rows', () => {
  fc.assert(
    fc.property(ratings, ({ q, rows }) => {
      const hasPair = rows.some(([a, b]) => a !== null && b !== null)
      same(figuresOf(rows, q), [
        kappaOfRows(rows, nominal),
        kappaOfRows(rows, squared),
        hasPair ? gwetOfRows(rows, q, nominal) : Number.NaN,
        hasPair ? gwetOfRows(rows, q, squared) : Number.NaN,
        alphaOfRows(rows, q, nominal),
        alphaOfRows(rows, q, 'ordinal'),
        alphaOfRows(rows, q, squared),
      ])
    }),
    { numRuns: 400 },
  )
})

test('the order of items and of raters changes nothing', () => {
  fc.assert(
    fc.property(ratings, fc.integer(), ({ q, rows }, seed) => {
      const random = seedRandom(seed)
      const shuffled = rows
        .map((row) => ({ row, at: random.unit() }))
        .sort((x, y) => x.at - y.at)
        .map(({ row }) => row)
      same(figuresOf(shuffled, q), figuresOf(rows, q))
      same(figuresOf(rows, q, 1, 0), figuresOf(rows, q))
    }),
  )
})

test('what nominal values are called changes nothing, nor does turning an ordinal scale round', () => {
  fc.assert(
    fc.property(ratings, fc.integer(), ({ q, rows }, seed) => {
      const random = seedRandom(seed)
      const names = Array.from({ length: q }, (_, code) => ({ code, at: random.unit() }))
        .sort((x, y) => x.at - y.at)
        .map(({ code }) => code)
      const renamed = figuresOf(
        rows.map((row) => row.map((code) => (code === null ? null : (names[code] ?? 0)))),
        q,
      )
      const found = figuresOf(rows, q)
      for (const place of [0, 2, 4]) same([renamed[place] ?? 0], [found[place] ?? 0])
      same(
        figuresOf(
          rows.map((row) => row.map((code) => (code === null ? null : q - 1 - code))),
          q,
        ),
        found,
      )
    }),
  )
})

test('no figure is above 1, and full agreement is 1 wherever it is defined', () => {
  fc.assert(
    fc.property(ratings, ({ q, rows }) => {
      for (const figure of figuresOf(rows, q)) if (!Number.isNaN(figure)) expect(figure).toBeLessThanOrEqual(1 + 1e-12)
      const agreeing = figuresOf(
        rows.map((row) => row.map(() => row[0] ?? null)),
        q,
      )
      for (const figure of agreeing) if (!Number.isNaN(figure)) expect(figure).toBeCloseTo(1, 10)
    }),
  )
})

test('an interval depends on the counts only: not on the order of items, nor on who comes first', () => {
  const random = seedRandom(3)
  const rows: Row[] = Array.from({ length: 300 }, () => {
    const truth = Math.floor(random.unit() * 4)
    return [truth, random.unit() < 0.3 ? (truth + 1) % 4 : truth]
  })
  const interval = (all: readonly Row[], a: number, b: number) => {
    const table = uprightTable(pairTable(patternsOf(all, 4), a, b, 4))
    return bootstrap(table.counts, 1, (counts, figures) => void (figures[0] = cohenKappa(table, 'quadratic', counts)))
  }
  const found = interval(rows, 0, 1)
  expect(interval(rows.toReversed(), 0, 1)).toEqual(found)
  expect(interval(rows, 1, 0)).toEqual(found)
})

test('the interval of a share covers it about 95 times in 100, whether drawn by pattern or by item', () => {
  const random = seedRandom(11)
  for (const splitInto of [1, 40]) {
    let covered = 0
    for (let trial = 0; trial < 100; trial++) {
      const hits = Array.from({ length: 120 }, () => (random.unit() < 0.3 ? 1 : 0)).reduce<number>(
        (sum, hit) => sum + hit,
        0,
      )
      // the same counts as two patterns, or as so many that items are drawn one by one
      const counts = new Float64Array(2 * splitInto)
      for (let item = 0; item < 120; item++) {
        const place = (item < hits ? 0 : splitInto) + (item % splitInto)
        counts[place] = (counts[place] ?? 0) + 1
      }
      const [share] = bootstrap(counts, 1, (sample, figures) => {
        figures[0] = sample.subarray(0, splitInto).reduce((sum, count) => sum + count, 0) / 120
      })
      if (share && share.low !== null && share.high !== null && share.low <= 0.3 && 0.3 <= share.high) covered++
    }
    expect(covered).toBeGreaterThanOrEqual(86)
  }
})

test('more than 5 % undefined resamples give no interval, fewer do', () => {
  // undefined where a pattern of one item isn't drawn: in (1 - 1/n)^n of resamples, about 37 %
  const rare = (count: number) =>
    bootstrap(Float64Array.from([count, 100 - count]), 1, (sample, figures) => {
      figures[0] = sample[0] === 0 ? Number.NaN : (sample[0] ?? 0) / 100
    })
  expect(rare(1)).toEqual([{ value: 0.01, low: null, high: null }])
  // in about 0.6 %
  const [found] = rare(5)
  expect(found?.low).toBeGreaterThan(0)
  expect(bootstrapSettings.resamples).toBe(2000)
})

test('equal counts by cell: agreement is symmetric and counts what is dropped', () => {
  const patterns = patternsOf(
    [
      [0, 0],
      [0, 1],
      [null, 1],
      [1, null],
      [1, 1],
    ],
    2,
  )
  const table = pairTable(patterns, 0, 1, 2)
  expect(countEqual(table, (a, b) => a === b)).toEqual({ equal: 2, paired: 3 })
  expect(table.dropped).toBe(2)
})
