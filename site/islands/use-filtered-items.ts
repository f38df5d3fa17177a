import { useEffect, useMemo, useState } from 'preact/hooks'
import type { CompareField, ItemsIndex } from '../data/compare-data.ts'
import { statusNames, type CompareState } from './compare-state.ts'
import type { DataSource, Facet } from './data-source.ts'
import { filterItems, type FilterBasis, type FilteredItems } from './filter-items.ts'
import { judgeField, usableCodes, type JudgedField } from './judge-field.ts'
import { statusBits } from './status-bits.ts'
import type { Selection } from './use-selection.ts'

export interface FilteredSelection extends FilteredItems {
  judged: JudgedField
  facets: readonly Facet[]
  /** the two runs of the table; undefined for a field without a scale and for a single run */
  pair: { a: number; b: number } | undefined
  /** share of the titles that were searched, while they are */
  searching: number | undefined
  /** not all that the address asks for is here yet */
  waiting: boolean
  fault: string | undefined
}

/** What is shown of a selection, and what every other choice would show. */
export function useFilteredItems(
  source: DataSource,
  selection: Selection,
  field: CompareField,
  state: CompareState,
): FilteredSelection {
  const { data, items } = selection
  const { count } = items
  const judged = useMemo(() => judgedOf(selection, field), [selection, field])
  const statuses = useMemo(
    () =>
      statusBits(
        data.map((run) => (state.wholeRow ? run.statuses : run.fields.get(field.name)?.statuses) ?? run.statuses),
        count,
      ),
    [data, field, state.wholeRow, count],
  )
  const { a, b } = state.pair ?? { a: 0, b: 1 }
  const pair = useMemo(() => {
    const [first, second] = [data[a], data[b]]
    if (field.scale.length === 0 || !first || !second) return undefined
    const codesOf = (run: typeof first) => usableCodes(run.fields.get(field.name), count)
    return { a, b, first: codesOf(first), second: codesOf(second), size: field.scale.length }
  }, [data, field, a, b, count])
  const { facets, fault: facetFault } = useFacets(source, items)
  const { found, searching, fault: searchFault } = useSearch(source, items, state.search)
  const basis = useMemo<FilterBasis>(
    () => ({ count, judged, statuses, facets, ...(pair ? { pair } : {}) }),
    [count, judged, statuses, facets, pair],
  )
  const { filter, status, gap, byDistance } = state
  const says = state.pair?.says
  const askedFacets = state.facets
  const filtered = useMemo(
    () =>
      filterItems(basis, {
        filter,
        status: status === undefined ? undefined : statusNames.indexOf(status),
        gap,
        says,
        facets: placeFacets(basis.facets as readonly Facet[], askedFacets),
        found,
        byDistance,
      }),
    [basis, filter, status, gap, says, askedFacets, found, byDistance],
  )
  return {
    ...filtered,
    judged,
    facets,
    pair: pair && { a, b },
    searching,
    waiting: searching !== undefined || (facets.length < items.facets.length && facetFault === undefined),
    fault: facetFault ?? searchFault,
  }
}

const judgedFields = new WeakMap<Selection, Map<string, JudgedField>>()

/** Judged once for a selection, so that going back to a field costs nothing. */
function judgedOf(selection: Selection, field: CompareField): JudgedField {
  const known = judgedFields.get(selection) ?? new Map<string, JudgedField>()
  judgedFields.set(selection, known)
  const judged = known.get(field.name) ?? judgeField(field, selection.data, selection.items.count)
  known.set(field.name, judged)
  return judged
}

/** Names and values to places; what the items don't have is left out. */
function placeFacets(facets: readonly Facet[], asked: CompareState['facets']): Map<number, number> {
  const places = new Map<number, number>()
  for (const [place, { name, values }] of facets.entries()) {
    const value = Object.hasOwn(asked, name) ? values.indexOf(asked[name] ?? '') : -1
    if (value >= 0) places.set(place, value)
  }
  return places
}

const none: readonly Facet[] = []

function useFacets(source: DataSource, items: ItemsIndex): { facets: readonly Facet[]; fault?: string } {
  const [loaded, setLoaded] = useState<{ items?: ItemsIndex; facets?: Facet[]; fault?: string }>({})
  useEffect(() => {
    let current = true
    if (items.facets.length > 0)
      source.facets(items).then(
        (facets) => current && setLoaded({ items, facets }),
        (error: Error) => current && setLoaded({ items, fault: error.message }),
      )
    return () => {
      current = false
    }
  }, [source, items])
  if (loaded.items !== items) return { facets: none }
  return { facets: loaded.facets ?? none, ...(loaded.fault === undefined ? {} : { fault: loaded.fault }) }
}

interface Search {
  items?: ItemsIndex
  text?: string
  found?: Uint32Array
  fault?: string
}

/** What the last finished search found, and how far the present one is; the next key ends it. */
function useSearch(
  source: DataSource,
  items: ItemsIndex,
  search: string,
): { found: Uint32Array | undefined; searching: number | undefined; fault?: string } {
  const text = search.trim()
  const [done, setDone] = useState<Search>({})
  const [share, setShare] = useState(0)
  useEffect(() => {
    if (text === '') return undefined
    const stop = new AbortController()
    setShare(0)
    source
      .search(items, text, { signal: stop.signal, onProgress: (now) => !stop.signal.aborted && setShare(now) })
      .then(
        (found) => !stop.signal.aborted && setDone({ items, text, found }),
        (error: Error) => !stop.signal.aborted && setDone({ items, text, fault: error.message }),
      )
    return () => stop.abort()
  }, [source, items, text])
  if (text === '') return { found: undefined, searching: undefined }
  const here = done.items === items
  return {
    // the earlier list stays until the next one is found
    found: here ? done.found : undefined,
    searching: here && done.text === text ? undefined : share,
    ...(here && done.text === text && done.fault !== undefined ? { fault: done.fault } : {}),
  }
}
