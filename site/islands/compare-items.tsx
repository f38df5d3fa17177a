import { useCallback, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks'
import type { CompareIndex } from '../data/compare-data.ts'
import { makeVisible } from '../data/make-visible.ts'
import type { Update } from './compare-app.tsx'
import type { CompareState } from './compare-state.ts'
import type { DataSource } from './data-source.ts'
import { FilterBar } from './filter-bar.tsx'
import { HelpDialog } from './help-dialog.tsx'
import { ItemDialog } from './item-dialog.tsx'
import { ItemTable } from './item-table.tsx'
import { countFilters, filterPositions, isDisagreement, judgeSelection } from './judge-selection.ts'
import { searchItems } from './search-items.ts'
import { useKeyboard } from './use-keyboard.ts'
import type { Selection } from './use-selection.ts'

interface Props {
  source: DataSource
  index: CompareIndex
  selection: Selection
  state: CompareState
  update: Update
  toggle: (runId: string) => void
  /** another selection is on its way */
  busy: boolean
}

/** Items of a selection: filters, the table, the open item and the keys between them. */
export function CompareItems({ source, index, selection, state, update, toggle, busy }: Props) {
  const { fields, data: columns, ids, titles, positions } = selection
  const primary = fields.find((field) => field.primary) ?? fields[0]
  const field = fields.find(({ name }) => name === state.field) ?? primary
  const judged = useMemo(
    () => (field ? judgeSelection(field, columns, ids.length) : new Uint8Array(ids.length)),
    [field, columns, ids],
  )
  const found = useMemo(() => searchItems({ ids, titles }, state.search), [ids, titles, state.search])
  const counts = useMemo(() => countFilters(judged, found), [judged, found])
  const shown = useMemo(() => filterPositions(judged, state.filter, found), [judged, found, state.filter])
  const [cursor, setCursor] = useState<{ position: number; asked: number }>({ position: -1, asked: 0 })
  const [helping, setHelping] = useState(false)
  const open = state.item === undefined ? undefined : positions.get(state.item)

  const move = useCallback(
    (position: number) => {
      setCursor(({ asked }) => ({ position, asked: asked + 1 }))
      if (open !== undefined) update({ item: ids[position] })
    },
    [ids, open, update],
  )
  const step = useCallback(
    (by: 1 | -1, disagreementOnly: boolean) => {
      const list = disagreementOnly ? shown.filter((position) => isDisagreement(judged, position)) : shown
      const next = neighbour(list, open ?? cursor.position, by)
      if (next !== undefined) move(next)
    },
    [shown, judged, open, cursor, move],
  )
  const show = useCallback(
    (position: number) => {
      setCursor(({ asked }) => ({ position, asked }))
      update({ item: ids[position] }, true)
    },
    [ids, update],
  )
  const close = useCallback(() => update({ item: undefined }), [update])
  const toggleAt = useCallback(
    (place: number) => {
      const run = index.runs[place]
      if (run) toggle(run.runId)
    },
    [index, toggle],
  )
  // an item opened by its address is where the walk goes on; once closed, by key or by the back button, it has the focus
  const earlier = useRef(open)
  useLayoutEffect(() => {
    if (open !== undefined) setCursor(({ asked }) => ({ position: open, asked }))
    else if (earlier.current !== undefined) setCursor(({ position, asked }) => ({ position, asked: asked + 1 }))
    earlier.current = open
  }, [open])
  const keys = useKeyboard({
    step,
    openCursor: () => cursor.position >= 0 && open === undefined && show(cursor.position),
    toggleAt,
    help: () => setHelping(true),
  })

  if (!field) return <p class="notice">This rubric has no field that can be compared.</p>
  return (
    <section aria-busy={busy}>
      <h2 class="hidden">Items</h2>
      {selection.set.note !== undefined && <p class="notice">{makeVisible(selection.set.note)}</p>}
      {state.item !== undefined && open === undefined && (
        <p class="notice bad" role="alert">
          There is no item {makeVisible(state.item)} in this dataset.
        </p>
      )}
      <FilterBar
        fields={fields}
        field={field}
        state={state}
        counts={counts}
        update={update}
        help={() => setHelping(true)}
      />
      <p class="hidden" role="status">
        {shown.length} of {ids.length} items shown
      </p>
      <ItemTable
        selection={selection}
        columns={columns}
        field={field}
        judged={judged}
        shown={shown}
        only={state.only || fields.length === 1}
        cursor={cursor}
        show={show}
      />
      {open !== undefined && (
        <ItemDialog
          source={source}
          selection={selection}
          columns={columns}
          field={field}
          position={open}
          place={shown.indexOf(open)}
          total={shown.length}
          step={step}
          close={close}
        />
      )}
      {helping && <HelpDialog close={() => setHelping(false)} keys={keys} />}
    </section>
  )
}

/** The next entry of an ascending list after (or before) a position that need not be in it. */
function neighbour(list: readonly number[], from: number, by: 1 | -1): number | undefined {
  if (by === 1) return list.find((position) => position > from)
  return from < 0 ? undefined : list.findLast((position) => position < from)
}
