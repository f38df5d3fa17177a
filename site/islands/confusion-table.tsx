import { formatCount } from 'registry'
import type { CompareField, CompareRun } from '../data/compare-data.ts'
import { makeVisible } from '../data/make-visible.ts'
import type { PairAsk } from './compare-state.ts'

interface Props {
  runs: readonly CompareRun[]
  field: CompareField
  pair: { a: number; b: number }
  /** the chosen cell */
  says: readonly [number, number] | undefined
  /** row by row, the last row and column for no usable verdict */
  counts: Uint32Array
  choose: (asked: PairAsk) => void
}

/** What two runs say against each other; a cell chosen filters to its items, chosen again it lets go. */
export function ConfusionTable({ runs, field, pair, says, counts, choose }: Props) {
  const { a, b } = pair
  const side = field.scale.length + 1
  const codes = Array.from({ length: side }, (_, place) => (place === side - 1 ? -1 : place))
  const textOf = (code: number) => (code < 0 ? 'not usable' : makeVisible(field.scale[code] ?? ''))
  const nameOf = (place: number) => makeVisible(runs[place]?.model ?? '')
  const most = counts.reduce((high, count) => Math.max(high, count), 1)
  const pick = (which: 'a' | 'b', place: number) => {
    const other = which === 'a' ? b : a
    // choosing the other's run swaps them
    const next = place === other ? { a: b, b: a } : { ...pair, [which]: place }
    choose(next)
  }
  return (
    <div class="confusion">
      <p class="who">
        <RunSelect label="Rows" runs={runs} value={a} choose={(place) => pick('a', place)} /> against{' '}
        <RunSelect label="Columns" runs={runs} value={b} choose={(place) => pick('b', place)} />
      </p>
      <div class="scroll">
        <table>
          <caption>
            {makeVisible(field.title)}: rows {nameOf(a)}, columns {nameOf(b)}; choose a cell to see its items
          </caption>
          <thead>
            <tr>
              <td />
              {codes.map((code) => (
                <th scope="col" key={code} class={code < 0 ? 'none' : undefined}>
                  {textOf(code)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {codes.map((first, row) => (
              <tr key={first}>
                <th scope="row" class={first < 0 ? 'none' : undefined}>
                  {textOf(first)}
                </th>
                {codes.map((second, column) => {
                  const count = counts[row * side + column] ?? 0
                  const chosen = says?.[0] === first && says[1] === second
                  return (
                    <td key={second} class={first === second ? 'same' : undefined}>
                      <button
                        type="button"
                        class={`cell heat-${heatOf(count, most)}`}
                        aria-pressed={chosen}
                        aria-label={`${nameOf(a)} says ${textOf(first)}, ${nameOf(b)} says ${textOf(second)}: ${formatCount(count)} items`}
                        data-cell={`${first}.${second}`}
                        disabled={count === 0 && !chosen}
                        onClick={() => choose(chosen ? { a, b } : { a, b, says: [first, second] })}
                      >
                        {formatCount(count)}
                      </button>
                    </td>
                  )
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  )
}

function RunSelect({
  label,
  runs,
  value,
  choose,
}: {
  label: string
  runs: readonly CompareRun[]
  value: number
  choose: (place: number) => void
}) {
  return (
    <label>
      {label}{' '}
      <select
        name={label.toLowerCase()}
        value={String(value)}
        onChange={({ currentTarget }) => choose(Number(currentTarget.value))}
      >
        {runs.map((run, place) => (
          <option key={run.runId} value={String(place)}>
            {makeVisible(run.model)}
          </option>
        ))}
      </select>
    </label>
  )
}

/** A shade from 0 to 4 by the root of the share, so that rare cells show beside frequent ones. */
function heatOf(count: number, most: number): number {
  return count === 0 ? 0 : Math.ceil(4 * Math.sqrt(count / most))
}
