import { Component } from 'preact'
import type { CompareField } from '../data/compare-data.ts'
import { makeVisible } from '../data/make-visible.ts'
import { judgePosition, type SelectedColumns } from './judge-selection.ts'
import { valueText, VerdictCell } from './verdict-cell.tsx'

interface Props {
  position: number
  id: string
  title: string | null
  /** those shown */
  fields: readonly CompareField[]
  /** the one judged by */
  field: CompareField
  only: boolean
  columns: readonly SelectedColumns[]
  flags: number
  current: boolean
  show: (position: number) => void
}

const longest = 160

/** One item: a line of its own with the judgement, then a line for each field; one line in all for a single field. */
export class ItemRows extends Component<Props> {
  /** A list of a hundred items is drawn anew with each key; only what changed is. */
  override shouldComponentUpdate(next: Props): boolean {
    return (Object.keys(next) as (keyof Props)[]).some((name) => next[name] !== this.props[name])
  }

  override render({ position, id, title, fields, field, only, columns, current, show }: Props) {
    const head = (
      <div class="head">
        <button
          type="button"
          class="open"
          data-position={position}
          aria-current={current ? 'true' : undefined}
          onClick={() => show(position)}
        >
          {shorten(title ?? id)}
        </button>
        {title !== null && <span class="id">{shorten(id)}</span>}
        <Judgement field={field} columns={columns} position={position} />
      </div>
    )
    if (only)
      return (
        <tbody class={current ? 'current' : undefined} data-item={id}>
          <FieldRow field={field} columns={columns} position={position} head={head} />
        </tbody>
      )
    return (
      <tbody class={current ? 'current' : undefined} data-item={id}>
        <tr class="item">
          <th scope="rowgroup" colSpan={columns.length + 1}>
            {head}
          </th>
        </tr>
        {fields.map((entry) => (
          <FieldRow key={entry.name} field={entry} columns={columns} position={position} />
        ))}
      </tbody>
    )
  }
}

function FieldRow({
  field,
  columns,
  position,
  head,
}: {
  field: CompareField
  columns: readonly SelectedColumns[]
  position: number
  head?: preact.ComponentChildren
}) {
  const { disagree, outlier, majority } = judgePosition(field, columns, position)
  return (
    <tr class={disagree ? 'field differs' : 'field'} data-field={field.name}>
      <th scope="row">
        {disagree && head === undefined && (
          <span class="mark" title="the runs differ">
            <span aria-hidden="true">≠</span>
            <span class="hidden">differs: </span>
          </span>
        )}
        {head ?? field.title}
        {head === undefined && majority === 'split' && <small class="split"> split</small>}
      </th>
      {columns.map((column, place) => (
        <td key={place}>
          <VerdictCell field={field} column={column} position={position} outlier={outlier[place] === true} />
        </td>
      ))}
    </tr>
  )
}

/** How the runs stand on the judged field, in words. */
function Judgement({
  field,
  columns,
  position,
}: {
  field: CompareField
  columns: readonly SelectedColumns[]
  position: number
}) {
  const { agree, disagree, error, majority } = judgePosition(field, columns, position)
  return (
    <span class="judgement">
      {agree && <span class="chip agree">✓ agree</span>}
      {disagree && <span class="chip disagree">≠ disagree</span>}
      {error && <span class="chip error">! error</span>}
      {majority === 'split' && <span class="note">split</span>}
      {disagree && typeof majority === 'object' && majority !== null && (
        <span class="note">majority {valueText(field, majority.value)}</span>
      )}
    </span>
  )
}

function shorten(text: string): string {
  return makeVisible(text.length > longest ? `${text.slice(0, longest)}…` : text)
}
