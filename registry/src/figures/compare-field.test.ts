import fc from 'fast-check'
import { expect, test } from 'vitest'
import { judgeItem } from '../agreement/judge-item.ts'
import { fieldSchema } from '../formats/rubric.ts'
import { verdictStatuses } from '../verdicts/read-verdict.ts'
import { missingStatus, type AlignedField } from './aligned-run.ts'
import { compareField } from './compare-field.ts'
import { codeField, type ComparedField } from './field-codes.ts'

const ok = verdictStatuses.indexOf('ok')
const repaired = verdictStatuses.indexOf('repaired')
const ordinal = fieldSchema.parse({
  type: 'ordinal',
  path: '/v',
  scale: ['a', 'b', 'c', 'd', 'e'],
  positive: ['d', 'e'],
}) as ComparedField

/** Codes by item; null is missing, a string is a repaired code. */
function column(codes: readonly (number | string | null)[]): AlignedField {
  return {
    codes: Int32Array.from(codes, (code) => (code === null ? -1 : Number(code))),
    statuses: Uint8Array.from(codes, (code) =>
      code === null ? missingStatus : typeof code === 'string' ? repaired : ok,
    ),
  }
}

function numberColumn(values: readonly (number | null)[]): AlignedField {
  return {
    codes: new Int32Array(values.length).fill(-1),
    numbers: Float64Array.from(values, (value) => value ?? Number.NaN),
    statuses: Uint8Array.from(values, (value) => (value === null ? missingStatus : ok)),
  }
}

const compare = (field: ComparedField, columns: readonly AlignedField[]) =>
  compareField(
    'v',
    codeField(field, columns, new Map()),
    columns.map((_, run) => `run-${run}`),
  ).comparison

test('q is the scale’s length: two values out of five are not two values out of two', () => {
  const codes = [0, 0, 0, 1, 1, 0, 1, 0, 0, 0]
  const other = [0, 0, 1, 1, 0, 0, 1, 0, 0, 0]
  const five = compare(ordinal, [column(codes), column(other)]).pairs[0]?.usable
  const two = compare({ ...ordinal, scale: ['a', 'b'] } as ComparedField, [column(codes), column(other)]).pairs[0]
    ?.usable
  expect(five?.kappa).toEqual(two?.kappa)
  expect(five?.ac?.value).toBeGreaterThan(two?.ac?.value ?? 1)
  expect(five?.distance).toBeCloseTo((two?.distance ?? 0) / 4, 12)
})

test('without repaired verdicts the second line is the first, with them it counts them', () => {
  const plain = compare(ordinal, [column([0, 1, 2]), column([0, 1, 1])]).pairs[0]
  expect(plain?.with_repaired).toBe(plain?.usable)
  const mended = compare(ordinal, [column([0, 1, 2]), column([0, '1', '1'])]).pairs[0]
  expect(mended?.usable).toMatchObject({ paired: 1, equal: 1, dropped: { repaired: 2 } })
  expect(mended?.with_repaired).toMatchObject({ paired: 3, equal: 2, dropped: {} })
})

test('nothing paired: every figure is null, nothing throws', () => {
  const { pairs, all, items } = compare(ordinal, [column([null, 1]), column([1, null])])
  const undefinedOne = { value: null, low: null, high: null }
  expect(pairs[0]?.usable).toMatchObject({
    paired: 0,
    raw: undefinedOne,
    kappa: undefinedOne,
    ac: undefinedOne,
    alpha: undefinedOne,
    strict: { value: 0 },
    distance: null,
  })
  expect(all.usable).toEqual(undefinedOne)
  expect(items).toEqual({ total: 2, agree: 0, disagree: 0, error: 2 })
})

test('two constant runs: agreement 1, AC 1, kappa and alpha undefined', () => {
  const pair = compare(ordinal, [column([3, 3, 3]), column([3, 3, 3])]).pairs[0]?.usable
  expect(pair).toMatchObject({
    raw: { value: 1, low: 1, high: 1 },
    kappa: { value: null },
    ac: { value: 1 },
    alpha: { value: null },
  })
})

test('numbers: equal within the tolerance, alpha by intervals, no kappa', () => {
  const field = fieldSchema.parse({ type: 'number', path: '/v', tolerance: 0.5 }) as ComparedField
  const comparison = compare(field, [numberColumn([1, 2, 3.5, null]), numberColumn([1.5, 4, 3.5, 2])])
  expect(comparison.pairs[0]?.usable).toMatchObject({ paired: 3, equal: 2, distance: 1 / 3, dropped: { missing: 1 } })
  expect(comparison.pairs[0]?.usable.kappa).toBeUndefined()
  expect(comparison.runs[0]).toMatchObject({ usable: 3, mean: 6.5 / 3 })
  expect(comparison.statistics).toEqual({ alpha: 'interval' })
})

test('the binary cut of an ordinal field gives the difference of positive rates; without one there is none', () => {
  const columns = [column([4, 3, 0, 1, 4]), column([4, 0, 0, 4, 2])]
  expect(compare(ordinal, columns).differences).toMatchObject({
    of: 'positive rate',
    pairs: [{ items: 5, only_a: 2, only_b: 1, difference: 0.2, p: 1, p_holm: 1 }],
  })
  const { positive: _, ...uncut } = ordinal as ComparedField & { positive: string[] }
  expect(compare(uncut, columns).differences).toBeUndefined()
})

test('three runs are ranked by how close they are to the others, on items usable in all', () => {
  const { ranking, runs } = compare(ordinal, [
    column([0, 1, 2, 3, null]),
    column([0, 1, 2, 4, 1]),
    column([4, 4, 4, 4, 4]),
  ])
  expect(ranking?.by).toBe('distance')
  expect(ranking?.items).toBe(4)
  expect(ranking?.runs.map(({ run_id: runId }) => runId)).toEqual(['run-1', 'run-0', 'run-2'])
  // four items: |0-4| + |1-4| + |2-4| + |3-4| and no distance between the first two but one step, over 4 steps
  expect(ranking?.runs[0]?.score).toBeCloseTo((1 / 4 + (4 + 3 + 2 + 0) / 4) / 2 / 4, 12)
  expect(runs.map(({ outliers }) => outliers)).toEqual([1, 0, 3])
})

test('items counted by patterns are the items judged one by one, and pairs drop what they must', () => {
  const code = fc.oneof(fc.nat(4), fc.constant(null), fc.nat(4).map(String))
  const rows = fc.array(fc.tuple(code, code, code), { minLength: 1, maxLength: 25 })
  fc.assert(
    fc.property(rows, (items) => {
      const columns = [0, 1, 2].map((run) => column(items.map((row) => row[run] as number | string | null)))
      const comparison = compare(ordinal, columns)
      const judged = items.map((row) => judgeItem(row.map((one) => (typeof one === 'number' ? one : null))))
      for (const kind of ['agree', 'disagree', 'error'] as const)
        expect(comparison.items[kind]).toBe(judged.filter((item) => item[kind]).length)
      for (const { usable, with_repaired: more } of comparison.pairs) {
        const dropped = Object.values(usable.dropped).reduce((sum, count) => sum + count, 0)
        expect(usable.paired + dropped).toBe(items.length)
        expect(more.paired).toBeGreaterThanOrEqual(usable.paired)
      }
    }),
    { numRuns: 25 },
  )
})

test('which run comes first changes no figure of a pair, not even its interval', () => {
  const [a, b] = [column([0, 1, 2, 2, 4, null, 1, 1]), column([0, 2, 2, 1, 3, 1, '1', 1])]
  expect(compare(ordinal, [a, b]).pairs[0]?.usable).toEqual(compare(ordinal, [b, a]).pairs[0]?.usable)
})
