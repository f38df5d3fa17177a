import type { CompareField } from '../data/compare-data.ts'
import { formatCount } from 'registry'
import type { Update } from './compare-app.tsx'
import { filters, type CompareState, type Filter } from './compare-state.ts'

interface Props {
  fields: readonly CompareField[]
  /** the one the filters judge by */
  field: CompareField
  state: CompareState
  /** items each filter would show */
  counts: Record<Filter, number>
  update: Update
  help: () => void
}

const meanings: Record<Filter, string> = {
  all: 'every item',
  agree: 'at least two usable verdicts, all equal',
  disagree: 'at least two usable verdicts, not all equal',
  error: 'some run is unusable or missing there',
}

export function FilterBar({ fields, field, state, counts, update, help }: Props) {
  return (
    <div class="filters">
      <label>
        Judged by{' '}
        <select
          value={field.name}
          onChange={({ currentTarget: { value } }) => {
            const chosen = fields.find(({ name }) => name === value)
            update({ field: chosen?.primary === true ? undefined : value })
          }}
        >
          {fields.map(({ name, title, primary }) => (
            <option key={name} value={name}>
              {title}
              {primary ? ' (over all)' : ''}
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
              {name} <b data-count={name}>{formatCount(counts[name])}</b>
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
      </label>
      <label class="switch">
        <input
          type="checkbox"
          checked={state.only}
          onChange={({ currentTarget: { checked } }) => update({ only: checked })}
        />{' '}
        this field only
      </label>
      <button type="button" onClick={help}>
        Keys <kbd>?</kbd>
      </button>
    </div>
  )
}
