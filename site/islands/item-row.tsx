import { Component } from 'preact'
import type { ItemJudgement } from 'registry'
import { formatCount } from 'registry'
import type { CompareField } from '../data/compare-data.ts'
import { makeVisible } from '../data/make-visible.ts'
import { judgePosition, type JudgedRun } from './judge-field.ts'
import { sayValue } from './say-value.ts'
import { lostBy, LostChip, VerdictChip } from './verdict-chip.tsx'

interface Props {
  position: number
  /** undefined while its chunk is on the way; not the head itself, which is another object each time */
  id: string | undefined
  title: string | null
  /** place in the list, from 0 */
  place: number
  /** those shown */
  fields: readonly CompareField[]
  /** the one judged by */
  field: CompareField
  runs: readonly JudgedRun[]
  current: boolean
  /** the one row that the Tab key reaches */
  reachable: boolean
  show: (position: number) => void
}

const longest = 160

/** One item: what it is and how it stands on the judged field, then a cell of chips for each run. */
export class ItemRow extends Component<Props> {
  /** Scrolling draws the table anew with each step; only what changed is. */
  override shouldComponentUpdate(next: Props): boolean {
    return (Object.keys(next) as (keyof Props)[]).some((name) => next[name] !== this.props[name])
  }

  override render({ position, id, title, place, fields, field, runs, current, reachable, show }: Props) {
    const judgements = fields.map((each) => judgePosition(each, runs, position))
    const judged = judgements[fields.indexOf(field)] ?? judgePosition(field, runs, position)
    const lost = runs.map((run) => lostBy(fields, run, position))
    const name = id !== undefined ? shorten(title ?? id) : `item ${formatCount(position + 1)} …`
    return (
      <tr
        role="row"
        class={current ? 'current' : undefined}
        data-item={id ?? ''}
        data-position={position}
        aria-rowindex={place + 2}
        onClick={() => getSelection()?.isCollapsed !== false && show(position)}
      >
        <th role="rowheader" scope="row">
          <div class="head">
            <button
              type="button"
              class="open"
              title={name}
              tabIndex={reachable ? 0 : -1}
              aria-current={current ? 'true' : undefined}
            >
              {name}
            </button>
            <div class="about">
              <Judgement field={field} judgement={judged} />
              {id !== undefined && title !== null && <span class="id">{shorten(id)}</span>}
            </div>
          </div>
        </th>
        {runs.map((run, column) => (
          <td role="cell" key={column}>
            <div class="says">
              {lost[column] !== undefined ? (
                <LostChip status={lost[column]} />
              ) : (
                fields.map((each, index) => (
                  <VerdictChip
                    key={each.name}
                    field={each}
                    run={run}
                    position={position}
                    judgement={judgements[index] ?? judged}
                    place={column}
                  />
                ))
              )}
            </div>
          </td>
        ))}
      </tr>
    )
  }
}

/** How the runs stand on the judged field, in words. */
function Judgement({ field, judgement }: { field: CompareField; judgement: ItemJudgement }) {
  const { agree, disagree, error, majority } = judgement
  return (
    <span class="judgement">
      {agree && <span class="stands agree">✓ agree</span>}
      {disagree && <span class="stands disagree">≠ disagree</span>}
      {error && <span class="stands error">! error</span>}
      {majority === 'split' && <span class="soft">split</span>}
      {disagree && typeof majority === 'object' && majority !== null && (
        <span class="soft">majority {makeVisible(String(sayValue(field, majority.value)))}</span>
      )}
    </span>
  )
}

function shorten(text: string): string {
  return makeVisible(text.length > longest ? `${text.slice(0, longest)}…` : text)
}
