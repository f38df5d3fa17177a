import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks'
import { formatCount, formatPercent, formatRate, formatTime } from 'registry'
import type { CompareField, CompareRun } from '../data/compare-data.ts'
import { makeVisible } from '../data/make-visible.ts'
import type { DataSource } from './data-source.ts'
import { ItemRow } from './item-row.tsx'
import { useHeads } from './use-heads.ts'
import type { Selection } from './use-selection.ts'
import { useVirtualRows } from './use-virtual-rows.ts'

interface Props {
  source: DataSource
  selection: Selection
  field: CompareField
  /** positions in the order they are listed */
  shown: Uint32Array
  only: boolean
  cursor: Cursor
  /** everything the address asks for is here */
  ready: boolean
  show: (position: number) => void
  /** a row got the focus */
  reach: (position: number) => void
}

/** Where the walk stands; -1 before it began. `asked` counts the steps, so that each can move the focus. */
export interface Cursor {
  position: number
  asked: number
}

/** Paper holds no list of a hundred thousand; the CSV does. */
const mostPrinted = 300

const fewestSlots = 64

/** Fields that stand beside each other in a run's column at most. */
const mostAcross = 9

/** Items down, runs across; only the rows on screen are drawn. */
export function ItemTable({ source, selection, field, shown, only, cursor, ready, show, reach }: Props) {
  const scroller = useRef<HTMLDivElement>(null)
  const head = useRef<HTMLTableSectionElement>(null)
  const fields = useMemo(() => (only ? [field] : selection.fields), [only, field, selection])
  const rows = useVirtualRows(scroller, shown.length, head, `${selection.runs.length} ${fields.length}`)
  const printing = usePrinting()
  const drawn = printing ? shown.subarray(0, mostPrinted) : shown.subarray(rows.first, rows.end)
  const first = printing ? 0 : rows.first
  const fault = useHeads(source, selection.items, drawn, rows.moving)
  const served = useRef(0)
  // another list starts at its top
  useEffect(() => scroller.current?.scrollTo({ top: 0 }), [shown])
  useLayoutEffect(() => {
    const place = cursor.asked > 0 ? shown.indexOf(cursor.position) : -1
    if (place >= 0) rows.reveal(place)
  }, [cursor])
  // when the row has been drawn, which a scroll may have to do first
  useLayoutEffect(() => {
    if (served.current === cursor.asked) return
    const button = scroller.current?.querySelector<HTMLElement>(`[data-position="${cursor.position}"] .open`)
    if (!button) return
    served.current = cursor.asked
    // an open dialog keeps the focus
    if (document.querySelector('dialog[open]')) return
    button.focus({ preventScroll: true })
    // the list may reach below the window
    const { top, bottom } = button.getBoundingClientRect()
    if (top < 0 || bottom > innerHeight) scroller.current?.scrollIntoView({ block: 'nearest' })
  })
  const { runs, data } = selection
  // another filter's rows are put into the elements of the earlier ones; while scrolling each row is a new one
  const slots = Math.max(fewestSlots, drawn.length)
  const reachable = drawn.includes(cursor.position) ? cursor.position : drawn[0]
  return (
    <>
      {fault !== undefined && (
        <p class="notice bad" role="alert">
          Titles can’t be read: {makeVisible(fault)}
        </p>
      )}
      <div class="scroll tall" tabIndex={0} role="region" aria-label="Items and verdicts" ref={scroller}>
        <table
          role="table"
          class={`list runs-${runs.length} fields-${Math.min(fields.length, mostAcross)}${only ? ' single' : ''}`}
          aria-rowcount={shown.length + 1}
          data-shown={shown.length}
          data-ready={ready ? 'true' : undefined}
        >
          <caption class="hidden">
            {formatCount(shown.length)} items, the verdicts of {runs.length} runs side by side
          </caption>
          {/* rows are laid out one by one, which takes them their part in a table: it is said in words */}
          <thead role="rowgroup" ref={head}>
            <tr role="row" aria-rowindex={1}>
              <th role="columnheader" scope="col">
                Item<span class="note">agree or disagree in {field.title}</span>
              </th>
              {runs.map((run) => (
                <RunHead key={run.runId} run={run} runs={runs} fields={fields} />
              ))}
            </tr>
          </thead>
          <tbody
            role="rowgroup"
            onFocusIn={({ target }) => {
              const row = (target as HTMLElement).closest<HTMLElement>('tr[data-position]')
              if (row) reach(Number(row.dataset['position']))
            }}
          >
            {!printing && rows.above > 0 && <Space height={rows.above} />}
            {Array.from(drawn, (position, index) => {
              const { id, title = null } = source.head(selection.items, position) ?? {}
              return (
                <ItemRow
                  key={(first + index) % slots}
                  position={position}
                  id={id}
                  title={title}
                  place={first + index}
                  fields={fields}
                  field={field}
                  runs={data}
                  current={position === cursor.position}
                  reachable={position === reachable}
                  show={show}
                />
              )
            })}
            {!printing && rows.below > 0 && <Space height={rows.below} />}
          </tbody>
        </table>
      </div>
      {printing && drawn.length < shown.length && (
        <p class="note-line">
          The first {formatCount(drawn.length)} of {formatCount(shown.length)} items; the CSV holds all of them.
        </p>
      )}
    </>
  )
}

function RunHead({
  run,
  runs,
  fields,
}: {
  run: CompareRun
  runs: readonly CompareRun[]
  fields: readonly CompareField[]
}) {
  const hasTwin = runs.some(({ runId, model }) => model === run.model && runId !== run.runId)
  return (
    <th role="columnheader" scope="col">
      <span class="model" title={makeVisible(run.model)}>
        {makeVisible(run.model)}
      </span>
      <span class="note">
        {run.status === 'failed' ? 'failed' : `${formatRate(run.reqPerSec)} req/s, ${formatPercent(run.successRate)}`}
        {hasTwin && (
          <>
            {' '}
            · <time datetime={run.startedAt}>{formatTime(run.startedAt)}</time>
          </>
        )}
      </span>
      {fields.length > 1 && (
        <span class="says names" aria-hidden="true">
          {fields.map(({ name, title }) => (
            <span key={name} title={title}>
              {title}
            </span>
          ))}
        </span>
      )}
    </th>
  )
}

/** Stands for rows that aren't drawn. */
function Space({ height }: { height: number }) {
  return (
    <tr class="space" aria-hidden="true">
      <td height={height} />
    </tr>
  )
}

/** True while the page is being put on paper. */
function usePrinting(): boolean {
  const [printing, setPrinting] = useState(false)
  useEffect(() => {
    const begin = () => setPrinting(true)
    const end = () => setPrinting(false)
    addEventListener('beforeprint', begin)
    addEventListener('afterprint', end)
    return () => {
      removeEventListener('beforeprint', begin)
      removeEventListener('afterprint', end)
    }
  }, [])
  return printing
}
