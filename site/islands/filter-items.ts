import { missingStatus } from 'registry'
import type { Filter } from './compare-state.ts'
import { filters } from './compare-state.ts'
import { agrees, disagrees, fails, type JudgedField } from './judge-field.ts'

/** What is known of the items of a selection. Arrays are by position. */
export interface FilterBasis {
  count: number
  judged: JudgedField
  /** a bit for each status that some run has there: of the judged field, or of the whole row */
  statuses: Uint16Array
  /** two runs' usable codes on the judged field, -1 without one; absent for numbers and for fewer than two runs */
  pair?: { first: Int32Array; second: Int32Array; size: number }
  facets: readonly { codes: Uint8Array; values: readonly string[] }[]
}

/** What is asked for; each narrows the others. */
export interface Asked {
  filter: Filter
  status: number | undefined
  gap: number | undefined
  /** codes of the pair's first and second run, -1 for no usable verdict */
  says: readonly [number, number] | undefined
  /** place in the basis' facets → place in its values */
  facets: ReadonlyMap<number, number>
  /** ascending positions that a search found; undefined for all */
  found: Uint32Array | undefined
  byDistance: boolean
}

export interface FilteredItems {
  /** positions in the order they are shown */
  shown: Uint32Array
  /** how many items each choice would show, were it the choice of its kind */
  counts: FilterCounts
}

export interface FilterCounts {
  filter: Record<Filter, number>
  /** without one */
  anyStatus: number
  /** by place in verdictStatuses, missing last */
  statuses: number[]
  anyGap: number
  /** at least so many places apart; index 0 is unused; undefined for a field without ranks */
  gaps: number[] | undefined
  /** the pair's table row by row; the last row and column are no usable verdict */
  says: Uint32Array | undefined
  facets: { any: number; values: number[] }[]
}

const bitOf: Record<Filter, number> = { all: 0, agree: agrees, disagree: disagrees, error: fails }

/** The kinds of choices, as bits of what an item fails. */
const failsFilter = 1
const failsStatus = 2
const failsGap = 4
const failsPair = 8
const failsSearch = 16
const failsFacet = 32

/** Which items pass, and how many each other choice would let pass: some passes over typed arrays, nothing by item. */
export function filterItems(basis: FilterBasis, asked: Asked): FilteredItems {
  const failed = markFailed(basis, asked)
  const order = asked.byDistance ? basis.judged.byDistance() : undefined
  let passing = 0
  for (const bits of failed) if (bits === 0) passing++
  const shown = new Uint32Array(passing)
  let place = 0
  for (let index = 0; index < basis.count; index++) {
    const position = order ? (order[index] as number) : index
    if (failed[position] === 0) shown[place++] = position
  }
  return { shown, counts: countChoices(basis, failed) }
}

/** By position the kinds of choices that an item fails, as bits. */
function markFailed({ count, judged, statuses, pair, facets }: FilterBasis, asked: Asked): Uint32Array {
  const failed = new Uint32Array(count)
  if (asked.found) {
    failed.fill(failsSearch)
    for (const position of asked.found) failed[position] = 0
  }
  const mark = (kind: number, passes: (position: number) => boolean) => {
    for (let position = 0; position < count; position++)
      if (!passes(position)) failed[position] = (failed[position] as number) | kind
  }
  const bit = bitOf[asked.filter]
  if (bit !== 0) mark(failsFilter, (position) => ((judged.flags[position] as number) & bit) !== 0)
  if (asked.status !== undefined) {
    const statusBit = 1 << asked.status
    mark(failsStatus, (position) => ((statuses[position] as number) & statusBit) !== 0)
  }
  const { gap, says } = asked
  const { gaps } = judged
  if (gap !== undefined && gaps) mark(failsGap, (position) => (gaps[position] as number) >= gap)
  if (says && pair) mark(failsPair, (position) => pair.first[position] === says[0] && pair.second[position] === says[1])
  for (const [place, value] of asked.facets) {
    const codes = facets[place]?.codes
    if (codes) mark(failsFacet << place, (position) => codes[position] === value)
  }
  return failed
}

function countChoices({ count, judged, statuses, pair, facets }: FilterBasis, failed: Uint32Array): FilterCounts {
  /** What items hold that pass all other kinds of choices, counted. */
  const tally = (kind: number, size: number, valueAt: (position: number) => number): Uint32Array => {
    const others = ~kind
    const counts = new Uint32Array(size)
    for (let position = 0; position < count; position++)
      if (((failed[position] as number) & others) === 0) {
        const value = valueAt(position)
        counts[value] = (counts[value] as number) + 1
      }
    return counts
  }
  const byFlags = tally(failsFilter, 8, (position) => judged.flags[position] as number)
  const byStatuses = tally(failsStatus, 1 << (missingStatus + 1), (position) => statuses[position] as number)
  const { gaps } = judged
  const byGap = gaps && tally(failsGap, 1 + highest(gaps), (position) => gaps[position] as number)
  const side = (pair?.size ?? 0) + 1
  const placeOf = (code: number) => (code < 0 ? side - 1 : code)
  return {
    filter: Object.fromEntries(filters.map((name) => [name, sumWhere(byFlags, bitOf[name])])) as Record<Filter, number>,
    anyStatus: sum(byStatuses),
    statuses: Array.from({ length: missingStatus + 1 }, (_, status) => sumWhere(byStatuses, 1 << status)),
    anyGap: byGap ? sum(byGap) : 0,
    gaps: byGap && Array.from(byGap, (_, gap) => sum(byGap.subarray(gap))),
    says:
      pair &&
      tally(
        failsPair,
        side * side,
        (position) => placeOf(pair.first[position] as number) * side + placeOf(pair.second[position] as number),
      ),
    facets: facets.map(({ codes, values }, place) => {
      const byValue = tally(failsFacet << place, 256, (position) => codes[position] as number)
      return { any: sum(byValue), values: Array.from(values, (_, value) => byValue[value] as number) }
    }),
  }
}

/** The sum of the counts of those places that have the bit; of all for no bit. */
function sumWhere(counts: Uint32Array, bit: number): number {
  let total = 0
  for (let place = 0; place < counts.length; place++) if ((place & bit) === bit) total += counts[place] as number
  return total
}

function sum(counts: Uint32Array): number {
  return sumWhere(counts, 0)
}

function highest(values: Uint16Array): number {
  let most = 0
  for (const value of values) if (value > most) most = value
  return most
}
