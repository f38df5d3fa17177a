import { formatCount } from 'registry'
import type { CompareField } from '../data/compare-data.ts'
import { filters, type CompareState, type Filter } from './compare-state.ts'
import type { FilterCounts } from './filter-items.ts'
import type { Update } from './use-address.ts'

interface Props {
  fields: readonly CompareField[]
  /** the one the filters judge by */
  field: CompareField
  state: CompareState
  counts: FilterCounts
  /** share of the titles searched, while they are */
  searching: number | undefined
  update: Update
}

const meanings: Record<Filter, string> = {
  all: 'every item',
  agree: 'at least two usable verdicts, all equal',
  disagree: 'at least two usable verdicts, not all equal',
  error: 'some run is unusable or missing there',
}

/** The field, what to show of it, the search and the order: what is used most. */
export function FilterBar({ fields, field, state, counts, searching, update }: Props) {
  const choose = (value: string) => {
    const chosen = fields.find(({ name }) => name === value)
    // what was asked in the other field's values means nothing here
    update({
      field: chosen?.primary === true ? undefined : value,
      gap: undefined,
      pair: state.pair && { a: state.pair.a, b: state.pair.b },
    })
  }
  return (
    <div class="filters">
      <label>
        Field{' '}
        <select name="field" value={field.name} onChange={({ currentTarget: { value } }) => choose(value)}>
          {fields.map(({ name, title, primary }) => (
            <option key={name} value={name}>
              {title}
              {primary ? ' (primary)' : ''}
            </option>
          ))}
        </select>
      </label>
      <fieldset class="segments">
        <legend class="hidden">Show items</legend>
        {filters.map((name) => (
          <label key={name} title={meanings[name]}>
            <input
              type="radio"
              name="filter"
              value={name}
              checked={state.filter === name}
              onChange={() => update({ filter: name })}
            />
            <span>
              {name} <b data-count={name}>{formatCount(counts.filter[name])}</b>
            </span>
          </label>
        ))}
      </fieldset>
      <label class="search">
        <span class="hidden">Search by id or title</span>
        <input
          type="search"
          placeholder="Search id or title"
          value={state.search}
          onInput={({ currentTarget: { value } }) => update({ search: value })}
        />
        {searching !== undefined && (
          <progress max={1} value={searching} aria-label="searching ids and titles">
            {Math.round(searching * 100)} %
          </progress>
        )}
      </label>
      <label>
        Sort{' '}
        <select
          name="sort"
          value={state.byDistance ? 'distance' : 'order'}
          onChange={({ currentTarget: { value } }) => update({ byDistance: value === 'distance' })}
        >
          <option value="order">dataset order</option>
          <option value="distance">farthest apart first</option>
        </select>
      </label>
      {fields.length > 1 && (
        <label class="switch">
          <input
            type="checkbox"
            checked={state.only}
            onChange={({ currentTarget: { checked } }) => update({ only: checked })}
          />{' '}
          this field only
        </label>
      )}
    </div>
  )
}
