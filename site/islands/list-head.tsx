import { formatCount } from 'registry'
import type { CompareField, CompareRun } from '../data/compare-data.ts'
import { makeVisible } from '../data/make-visible.ts'
import { noFilter, type CompareState } from './compare-state.ts'
import { withFacet } from './more-filters.tsx'
import type { Update } from './use-address.ts'

interface Props {
  state: CompareState
  field: CompareField
  runs: readonly CompareRun[]
  shown: number
  total: number
  update: Update
  children?: preact.ComponentChildren
}

/** How many items are shown, by which filters, each to be taken away, and what can be done with the list. */
export function ListHead({ state, field, runs, shown, total, update, children }: Props) {
  const active = activeFilters(state, field, runs)
  return (
    <div class="list-head">
      <p role="status" class="shown-count">
        <b>{formatCount(shown)}</b> of {formatCount(total)} items shown
      </p>
      {active.map(({ text, patch }) => (
        <button
          key={text}
          type="button"
          class="active-filter"
          title="take this filter away"
          onClick={() => update(patch)}
        >
          {text}
          <span class="hidden">, take this filter away</span> <span aria-hidden="true">×</span>
        </button>
      ))}
      {active.length > 1 && (
        <button type="button" class="active-filter" onClick={() => update(noFilter)}>
          all filters
          <span class="hidden">, take them away</span> <span aria-hidden="true">×</span>
        </button>
      )}
      <span class="actions">{children}</span>
    </div>
  )
}

interface ActiveFilter {
  text: string
  patch: Partial<CompareState>
}

function activeFilters(state: CompareState, field: CompareField, runs: readonly CompareRun[]): ActiveFilter[] {
  const { filter, status, wholeRow, gap, pair, facets, search } = state
  const active: ActiveFilter[] = []
  if (filter !== 'all') active.push({ text: filter, patch: { filter: 'all' } })
  if (status !== undefined)
    active.push({
      text: `${wholeRow ? 'row' : 'status'}: ${status.replaceAll('_', ' ')}`,
      patch: { status: undefined },
    })
  if (gap !== undefined) active.push({ text: `apart ≥ ${gap}`, patch: { gap: undefined } })
  if (pair?.says) {
    const { a, b, says } = pair
    const sayOf = (place: number, code: number) =>
      `${makeVisible(runs[place]?.model ?? '?')} says ${code < 0 ? 'nothing usable' : makeVisible(field.scale[code] ?? '?')}`
    active.push({ text: `${sayOf(a, says[0])}, ${sayOf(b, says[1])}`, patch: { pair: { a, b } } })
  }
  for (const [name, value] of Object.entries(facets))
    active.push({
      text: `${makeVisible(name)}: ${makeVisible(value)}`,
      patch: { facets: withFacet(facets, name, '') },
    })
  if (search.trim() !== '') active.push({ text: `“${makeVisible(search.trim())}”`, patch: { search: '' } })
  return active
}
