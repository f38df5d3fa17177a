import fc from 'fast-check'
import { missingStatus, verdictStatuses, type AlignedField } from 'registry'
import { expect, test } from 'vitest'
import type { CompareField } from '../data/compare-data.ts'
import { filters } from './compare-state.ts'
import { filterItems, type Asked, type FilterBasis } from './filter-items.ts'
import { judgeField, usableCodes } from './judge-field.ts'
import { statusBits } from './status-bits.ts'

const mood: CompareField = {
  name: 'mood',
  title: 'Mood',
  type: 'ordinal',
  scale: ['Bad', 'Fair', 'Good'],
  tolerance: 0,
  primary: true,
}
const ok = verdictStatuses.indexOf('ok')

interface Item {
  cells: { status: number; code: number }[]
  facet: number
  found: boolean
}

const items = fc.integer({ min: 2, max: 4 }).chain((runs) =>
  fc.array(
    fc.record({
      cells: fc.array(fc.record({ status: fc.constantFrom(ok, ok, 3, missingStatus), code: fc.nat(2) }), {
        minLength: runs,
        maxLength: runs,
      }),
      facet: fc.constantFrom(0, 1, 255),
      found: fc.boolean(),
    }),
    { minLength: 1, maxLength: 40 },
  ),
)
const asks = fc.record({
  filter: fc.constantFrom(...filters),
  status: fc.constantFrom(undefined, ok, 3, missingStatus),
  gap: fc.constantFrom(undefined, 1, 2),
  says: fc.constantFrom(undefined, [0, 2] as const, [1, 1] as const, [-1, 0] as const),
  facet: fc.constantFrom(undefined, 0, 1),
  searched: fc.boolean(),
  byDistance: fc.boolean(),
})
interface Plain extends Pick<Asked, 'filter' | 'status' | 'gap' | 'says' | 'byDistance'> {
  facet: number | undefined
  searched: boolean
}

/** One item at a time, each kind of choice spelt out. */
function passes({ cells, facet, found }: Item, ask: Plain): boolean {
  const says = cells.map(({ status, code }) => (status === ok ? code : -1))
  const usable = says.filter((code) => code >= 0)
  const differ = new Set(usable).size > 1
  const by = {
    all: true,
    agree: usable.length > 1 && !differ,
    disagree: differ,
    error: usable.length < cells.length,
  }
  return (
    by[ask.filter] &&
    (ask.status === undefined || cells.some(({ status }) => status === ask.status)) &&
    (ask.gap === undefined || (usable.length > 1 && Math.max(...usable) - Math.min(...usable) >= ask.gap)) &&
    (ask.says === undefined || (says[0] === ask.says[0] && says[1] === ask.says[1])) &&
    (ask.facet === undefined || facet === ask.facet) &&
    (!ask.searched || found)
  )
}

test('what is shown, and every count before it is chosen, is what an item-by-item reading finds', () => {
  fc.assert(
    fc.property(items, asks, (list, ask) => {
      const { shown, counts } = filterItems(basisOf(list), askedOf(list, ask))
      const expected = (patch: Partial<Plain>) => list.filter((item) => passes(item, { ...ask, ...patch })).length
      expect([...shown].sort((a, b) => a - b)).toEqual(
        list.flatMap((item, position) => (passes(item, ask) ? [position] : [])),
      )
      if (!ask.byDistance) expect([...shown]).toEqual([...shown].sort((a, b) => a - b))
      for (const filter of filters) expect(counts.filter[filter]).toBe(expected({ filter }))
      expect(counts.anyStatus).toBe(expected({ status: undefined }))
      for (const status of [ok, 3, 0, missingStatus]) expect(counts.statuses[status]).toBe(expected({ status }))
      expect(counts.anyGap).toBe(expected({ gap: undefined }))
      for (const gap of [1, 2]) expect(counts.gaps?.[gap] ?? 0).toBe(expected({ gap }))
      for (const first of [0, 1, 2, -1])
        for (const second of [0, 1, 2, -1])
          expect(counts.says?.[((first + 4) % 4) * 4 + ((second + 4) % 4)]).toBe(expected({ says: [first, second] }))
      expect(counts.facets).toEqual([
        { any: expected({ facet: undefined }), values: [0, 1].map((facet) => expected({ facet })) },
      ])
    }),
    { numRuns: 500 },
  )
})

function basisOf(list: readonly Item[]): FilterBasis {
  const runs = list[0]?.cells.length ?? 0
  const columns = Array.from({ length: runs }, (_, run): AlignedField => ({
    statuses: Uint8Array.from(list, ({ cells }) => cells[run]?.status ?? 0),
    codes: Int32Array.from(list, ({ cells }) => (cells[run]?.status === ok ? cells[run].code : -1)),
  }))
  const selected = columns.map((column) => ({ fields: new Map([['mood', column]]) }))
  return {
    count: list.length,
    judged: judgeField(mood, selected, list.length),
    statuses: statusBits(
      columns.map(({ statuses }) => statuses),
      list.length,
    ),
    pair: { first: usableCodes(columns[0], list.length), second: usableCodes(columns[1], list.length), size: 3 },
    facets: [{ codes: Uint8Array.from(list, ({ facet }) => facet), values: ['x', 'y'] }],
  }
}

function askedOf(list: readonly Item[], { facet, searched, ...ask }: Plain): Asked {
  return {
    ...ask,
    facets: new Map(facet === undefined ? [] : [[0, facet]]),
    found: searched ? Uint32Array.from(list.flatMap(({ found }, position) => (found ? [position] : []))) : undefined,
  }
}
