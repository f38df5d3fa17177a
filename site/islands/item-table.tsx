import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { CompareField } from '../data/compare-data.ts'
import { formatCount, formatPercent, formatRate } from 'registry'
import { makeVisible } from '../data/make-visible.ts'
import { ItemRows } from './item-rows.tsx'
import type { SelectedColumns } from './judge-selection.ts'
import type { Selection } from './use-selection.ts'

const chunk = 100

interface Props {
  selection: Selection
  columns: readonly SelectedColumns[]
  field: CompareField
  judged: Uint8Array
  /** positions, ascending */
  shown: readonly number[]
  only: boolean
  cursor: { position: number; asked: number }
  show: (position: number) => void
}

/** Items down, runs across; a hundred items at a time. */
export function ItemTable({ selection, columns, field, judged, shown, only, cursor, show }: Props) {
  const [limit, setLimit] = useState(chunk)
  const table = useRef<HTMLTableElement>(null)
  // another list starts at its top
  useEffect(() => setLimit(chunk), [shown])
  const place = shown.indexOf(cursor.position)
  const visible = Math.max(limit, place < 0 ? 0 : Math.ceil((place + 1) / chunk) * chunk)
  // before the next key can come, so that a quick walk loses no step
  useLayoutEffect(() => {
    if (cursor.asked === 0) return
    const button = table.current?.querySelector<HTMLElement>(`[data-position="${cursor.position}"]`)
    // an open dialog keeps the focus
    if (!button || document.querySelector('dialog[open]')) return
    button.focus({ preventScroll: true })
    button.closest('tbody')?.scrollIntoView({ block: 'nearest' })
  }, [cursor, visible])
  const fields = only ? [field] : selection.fields
  const { runs } = selection
  if (shown.length === 0) return <p class="empty">No item matches.</p>
  return (
    <>
      <div class="scroll tall" tabIndex={0} role="region" aria-label="Items and verdicts">
        <table class={only ? 'items single' : 'items'} ref={table}>
          <caption class="hidden">
            {formatCount(shown.length)} items, the verdicts of {runs.length} runs side by side
          </caption>
          <thead>
            <tr>
              <th scope="col">{only ? `Item, ${field.title}` : 'Item and field'}</th>
              {runs.map((run) => (
                <th scope="col" key={run.runId}>
                  {makeVisible(run.model)}
                  <span class="note">
                    {run.status === 'failed'
                      ? 'failed'
                      : `${formatRate(run.reqPerSec)} req/s, ${formatPercent(run.successRate)}`}
                  </span>
                </th>
              ))}
            </tr>
          </thead>
          {shown.slice(0, visible).map((position) => (
            <ItemRows
              key={position}
              position={position}
              id={selection.ids[position] ?? ''}
              title={selection.titles[position] ?? null}
              fields={fields}
              field={field}
              only={only}
              columns={columns}
              flags={judged[position] ?? 0}
              current={position === cursor.position}
              show={show}
            />
          ))}
        </table>
      </div>
      {visible < shown.length && (
        <p>
          <button type="button" class="show-more" onClick={() => setLimit(visible + chunk)}>
            Show {formatCount(Math.min(chunk, shown.length - visible))} more of {formatCount(shown.length)}
          </button>
        </p>
      )}
    </>
  )
}
