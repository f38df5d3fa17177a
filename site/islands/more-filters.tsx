import { useState } from 'preact/hooks'
import { formatCount } from 'registry'
import { makeVisible } from '../data/make-visible.ts'
import type { CompareField, CompareRun } from '../data/compare-data.ts'
import { statusNames, type CompareState } from './compare-state.ts'
import { ConfusionTable } from './confusion-table.tsx'
import type { Facet } from './data-source.ts'
import type { FilterCounts } from './filter-items.ts'
import type { Update } from './use-address.ts'

interface Props {
  runs: readonly CompareRun[]
  field: CompareField
  facets: readonly Facet[]
  pair: { a: number; b: number } | undefined
  state: CompareState
  counts: FilterCounts
  update: Update
}

/** The finer choices: parse status, distance on the scale, facets, and the table of two runs. */
export function MoreFilters({ runs, field, facets, pair, state, counts, update }: Props) {
  const isAsked =
    state.status !== undefined ||
    state.gap !== undefined ||
    Object.keys(state.facets).length > 0 ||
    state.pair !== undefined
  const [isOpen, setOpen] = useState(isAsked)
  return (
    <details class="finer" open={isOpen} onToggle={({ currentTarget: { open } }) => setOpen(open)}>
      <summary>More filters and the confusion table</summary>
      <div class="finer-body">
        <div class="choices">
          <Choice
            label="Parse status"
            name="status"
            value={state.status ?? ''}
            any={`any (${formatCount(counts.anyStatus)})`}
            options={statusNames.flatMap((name, place) => {
              const count = counts.statuses[place] ?? 0
              return count === 0 && state.status !== name
                ? []
                : [{ value: name, text: name.replaceAll('_', ' '), count }]
            })}
            choose={(value) => update({ status: statusNames.find((name) => name === value) })}
          >
            <label class="switch">
              <input
                type="checkbox"
                name="of"
                checked={state.wholeRow}
                onChange={({ currentTarget: { checked } }) => update({ wholeRow: checked })}
              />{' '}
              of the whole row
            </label>
          </Choice>
          {counts.gaps && runs.length > 1 && (
            <Choice
              label="Apart on the scale"
              name="gap"
              value={String(state.gap ?? '')}
              any={`any (${formatCount(counts.anyGap)})`}
              options={gapOptions(field, counts.gaps, state.gap)}
              choose={(value) => update({ gap: value === '' ? undefined : Number(value) })}
            />
          )}
          {facets.map(({ name, values }, place) => (
            <Choice
              key={name}
              label={makeVisible(name)}
              name={`facet.${name}`}
              value={Object.hasOwn(state.facets, name) ? (state.facets[name] ?? '') : ''}
              any={`any (${formatCount(counts.facets[place]?.any ?? 0)})`}
              options={values.map((value, code) => ({
                value,
                text: makeVisible(value),
                count: counts.facets[place]?.values[code] ?? 0,
              }))}
              choose={(value) => update({ facets: withFacet(state.facets, name, value) })}
            />
          ))}
        </div>
        {pair && counts.says && (
          <ConfusionTable
            runs={runs}
            field={field}
            pair={pair}
            says={state.pair?.says}
            counts={counts.says}
            choose={(chosen) => update({ pair: chosen })}
          />
        )}
      </div>
    </details>
  )
}

interface ChoiceProps {
  label: string
  name: string
  value: string
  any: string
  options: { value: string; text: string; count: number }[]
  choose: (value: string) => void
  children?: preact.ComponentChildren
}

function Choice({ label, name, value, any, options, choose, children }: ChoiceProps) {
  return (
    <div class="choice">
      <label>
        <span>{label}</span>
        <select name={name} value={value} onChange={({ currentTarget }) => choose(currentTarget.value)}>
          <option value="">{any}</option>
          {options.map((option) => (
            <option key={option.value} value={option.value} data-count={option.count}>
              {option.text} ({formatCount(option.count)})
            </option>
          ))}
        </select>
      </label>
      {children}
    </div>
  )
}

function gapOptions({ scale }: CompareField, gaps: readonly number[], chosen: number | undefined) {
  const widest = Math.min(scale.length - 1, Math.max(gaps.length - 1, chosen ?? 0))
  return Array.from({ length: Math.max(0, widest) }, (_, index) => {
    const gap = index + 1
    return { value: String(gap), text: `at least ${gap} place${gap === 1 ? '' : 's'}`, count: gaps[gap] ?? 0 }
  })
}

/** The facets with one set, or unset by the empty value. */
export function withFacet(
  facets: Readonly<Record<string, string>>,
  name: string,
  value: string,
): Readonly<Record<string, string>> {
  const others = Object.entries(facets).filter(([other]) => other !== name)
  return Object.fromEntries(value === '' ? others : [...others, [name, value]])
}
