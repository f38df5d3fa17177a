import { formatCount, formatShare, notMeasured } from 'registry'
import type { AgreementFigures, FigureSet } from '../../data/agreement-data.ts'
import { kindOf, titleOf } from './agreement-view.ts'
import { IntervalBar } from './interval-bar.tsx'
import { spellCoefficient, spellInterval } from './spell-figures.ts'

interface Props {
  figures: AgreementFigures
  /** name of the field that is shown below */
  current: string
  hrefOf: (set: FigureSet) => string
}

/** Every field in a line, to choose the one that is shown in full. */
export function FieldsTable({ figures, current, hrefOf }: Props) {
  return (
    <nav class="scroll" aria-label="Fields">
      <table class="sheet fields">
        <caption>Fields: agreement of {figures.runs.length === 2 ? 'both' : `all ${figures.runs.length}`} runs</caption>
        <thead>
          <tr>
            <th scope="col">field</th>
            <th scope="col" class="number">
              alpha
            </th>
            <th scope="col">95 % interval</th>
            <td class="picture-head">
              <span class="ends">
                <span>−1</span>
                <span>0</span>
                <span>1</span>
              </span>
            </td>
            <th scope="col" class="number">
              raw, pairs, %
            </th>
            <th scope="col" class="number">
              agree
            </th>
            <th scope="col" class="number">
              disagree
            </th>
            <th scope="col" class="number">
              some not usable
            </th>
            <th scope="col" class="number">
              best accuracy, %
            </th>
          </tr>
        </thead>
        <tbody>
          {figures.fields.map((set) => (
            <Line
              key={set.comparison.field}
              set={set}
              isCurrent={set.comparison.field === current}
              href={hrefOf(set)}
            />
          ))}
        </tbody>
      </table>
    </nav>
  )
}

function Line({ set, isCurrent, href }: { set: FigureSet; isCurrent: boolean; href: string }) {
  const { all, items, pairs, labels } = set.comparison
  const raws = pairs.flatMap(({ usable }) => (usable.raw.value === null ? [] : [usable.raw.value]))
  const accuracies = (labels?.runs ?? []).flatMap(({ usable }) => (usable.accuracy === null ? [] : [usable.accuracy]))
  const { value } = all.usable
  return (
    <tr class={isCurrent ? 'current' : undefined}>
      <th scope="row">
        <a href={href} aria-current={isCurrent ? 'page' : undefined} data-field={set.comparison.field}>
          {titleOf(set)}
        </a>
        {set.comparison.primary && <span class="chip plain">primary</span>}
        <span class="note">{kindOf(set)}</span>
      </th>
      <td class="number">
        <b>{value === null ? 'undefined' : spellCoefficient(value)}</b>
      </td>
      <td>{value === null ? whyNoAlpha(set) : spellInterval(all.usable, spellCoefficient)}</td>
      <td>
        <IntervalBar {...all.usable} from={-1} to={1} />
      </td>
      <td class="number">{raws.length === 0 ? notMeasured : span(raws)}</td>
      <td class="number">{formatCount(items.agree)}</td>
      <td class="number">{formatCount(items.disagree)}</td>
      <td class="number">{formatCount(items.error)}</td>
      <td class="number">{accuracies.length === 0 ? notMeasured : formatShare(Math.max(...accuracies))}</td>
    </tr>
  )
}

/** Why alpha over all runs has no value. */
export function whyNoAlpha({ comparison: { runs, pairs } }: FigureSet): string {
  if (runs.length < 2) return 'undefined: one run alone agrees with nobody'
  return pairs.every(({ usable }) => usable.paired === 0)
    ? 'undefined: no item has two usable verdicts'
    : 'undefined: all verdicts are the same, so nothing varies'
}

function span(values: readonly number[]): string {
  const [low, high] = [formatShare(Math.min(...values)), formatShare(Math.max(...values))]
  return low === high ? low : `${low} to ${high}`
}
