import fc from 'fast-check'
import {
  codeField,
  countItems,
  jointPatterns,
  judgeItems,
  missingStatus,
  pairTable,
  rankItems,
  verdictStatuses,
  type AlignedField,
  type ComparedField,
} from 'registry'
import { expect, test } from 'vitest'
import type { CompareField } from '../data/compare-data.ts'
import { filterItems, type Asked } from './filter-items.ts'
import { agrees, disagrees, fails, judgeField, judgePosition, saysOf, usableCodes } from './judge-field.ts'

const mood: CompareField = {
  name: 'mood',
  title: 'Mood',
  type: 'ordinal',
  scale: ['Bad', 'Fair', 'Good', 'Best'],
  tolerance: 0,
  primary: true,
}
const score: CompareField = { ...mood, name: 'score', type: 'number', scale: [], tolerance: 0.3 }
const statuses = fc.nat(missingStatus)
const values = [0, 0.1, 0.2, 0.30000000000000004, 0.6, 1, -2.5]

/** Columns of one to eight runs over up to 60 items. */
const someRuns = fc
  .tuple(fc.integer({ min: 1, max: 8 }), fc.nat(60))
  .chain(([runs, items]) =>
    fc.array(
      fc.array(fc.tuple(statuses, fc.nat(3), fc.constantFrom(...values)), { minLength: items, maxLength: items }),
      { minLength: runs, maxLength: runs },
    ),
  )

function columnsOf(runs: readonly (readonly (readonly [number, number, number])[])[], isNumber: boolean) {
  return runs.map((cells): AlignedField => {
    const hasValue = (status: number) => status >= verdictStatuses.indexOf('repaired') && status !== missingStatus
    return {
      statuses: Uint8Array.from(cells, ([status]) => status),
      codes: Int32Array.from(cells, ([status, code]) => (hasValue(status) && !isNumber ? code : -1)),
      ...(isNumber
        ? { numbers: Float64Array.from(cells, ([status, , number]) => (hasValue(status) ? number : Number.NaN)) }
        : {}),
    }
  })
}

const cases: [string, CompareField, ComparedField][] = [
  ['codes', mood, { type: 'ordinal', scale: [...mood.scale], path: '/mood', required: true }],
  ['numbers', score, { type: 'number', tolerance: 0.3, path: '/score', required: true }],
]

test.each(cases)('%s: what registry judges, item by item, counted and ranked', (_, field, compared) => {
  fc.assert(
    fc.property(someRuns, (runs) => {
      const columns = columnsOf(runs, field.type === 'number')
      const count = columns[0]?.statuses.length ?? 0
      const selected = columns.map((column) => ({ fields: new Map([[field.name, column]]) }))
      const judged = judgeField(field, selected, count)
      const codes = codeField(compared, columns, new Map())
      const expected = judgeItems(codes, jointPatterns(codes.codes.usable, codes.size))
      for (let position = 0; position < count; position++) {
        const judgement = expected.judgements[expected.patterns.patternOf[position] ?? -1]
        const flags = judged.flags[position] ?? 0
        expect([(flags & agrees) !== 0, (flags & disagrees) !== 0, (flags & fails) !== 0]).toEqual([
          judgement?.agree,
          judgement?.disagree,
          judgement?.error,
        ])
        if (field.type !== 'number') expect(judgePosition(field, selected, position)).toEqual(judgement)
      }
      expect([...judged.byDistance()]).toEqual(rankItems(expected, () => true))
      const { counts } = filterItems({ count, judged, statuses: new Uint16Array(count), facets: [] }, everything)
      const { items } = countItems(expected)
      expect({ ...counts.filter, total: count }).toEqual({ ...items, all: items.total })
    }),
    { numRuns: 300 },
  )
})

test('the table of two runs is registry’s, with what is dropped in the last row and column', () => {
  fc.assert(
    fc.property(someRuns, (runs) => {
      const columns = columnsOf(runs, false)
      const count = columns[0]?.statuses.length ?? 0
      const [a, b] = [0, runs.length - 1]
      const selected = columns.map((column) => ({ fields: new Map([['mood', column]]) }))
      const size = mood.scale.length
      const [first, second] = [usableCodes(columns[a], count), usableCodes(columns[b], count)]
      const { counts } = filterItems(
        {
          count,
          judged: judgeField(mood, selected, count),
          statuses: new Uint16Array(count),
          facets: [],
          pair: { first, second, size },
        },
        everything,
      )
      const table = pairTable(jointPatterns([first, second], size), 0, 1, size)
      const found = Array.from(
        table.counts,
        (_, cell) => counts.says?.[(table.first[cell] ?? 0) * (size + 1) + (table.second[cell] ?? 0)],
      )
      expect(found).toEqual([...table.counts])
      const dropped = [...(counts.says ?? [])].filter(
        (_, cell) => Math.floor(cell / (size + 1)) === size || cell % (size + 1) === size,
      )
      expect(dropped.reduce((sum, some) => sum + some, 0)).toBe(table.dropped)
    }),
    { numRuns: 100 },
  )
})

test('a repaired value is no say, though its code is there; a run read without the field says nothing on it', () => {
  const repaired = verdictStatuses.indexOf('repaired')
  const run = { fields: new Map([['mood', { statuses: Uint8Array.of(repaired), codes: Int32Array.of(2) }]]) }
  expect(saysOf(mood, [run, { fields: new Map() }], 0)).toEqual([null, null])
  expect([...judgeField(mood, [run, { fields: new Map() }], 1).flags]).toEqual([fails])
  expect([...judgeField(score, [run, { fields: new Map() }], 1).flags]).toEqual([fails])
})

const everything: Asked = {
  filter: 'all',
  status: undefined,
  gap: undefined,
  says: undefined,
  facets: new Map(),
  found: undefined,
  byDistance: false,
}
