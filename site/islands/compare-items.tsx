import { useCallback, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks'
import type { CompareField, CompareIndex } from '../data/compare-data.ts'
import { makeVisible } from '../data/make-visible.ts'
import { judgedFields } from './adjudication/judged-fields.ts'
import { LabelsBar } from './adjudication/labels-bar.tsx'
import { useLabels } from './adjudication/use-labels.ts'
import { noFilter, type CompareState } from './compare-state.ts'
import { CopyLink } from './copy-link.tsx'
import { CsvButton } from './csv-button.tsx'
import type { DataSource } from './data-source.ts'
import { FilterBar } from './filter-bar.tsx'
import { HelpDialog } from './help-dialog.tsx'
import { ItemDialog } from './item-dialog.tsx'
import { ItemTable, type Cursor } from './item-table.tsx'
import { disagrees, judgePosition } from './judge-field.ts'
import { ListHead } from './list-head.tsx'
import { MoreFilters } from './more-filters.tsx'
import type { Update } from './use-address.ts'
import { useFilteredItems } from './use-filtered-items.ts'
import { useKeyboard } from './use-keyboard.ts'
import { useOpenItem } from './use-open-item.ts'
import type { Selection } from './use-selection.ts'
import { nextPlace } from './walk-list.ts'

interface Props {
  source: DataSource
  /** the ledger's name, which labels are kept under */
  ledger: string
  index: CompareIndex
  selection: Selection
  state: CompareState
  update: Update
  toggle: (runId: string) => void
  /** another selection is on its way */
  busy: boolean
}

export function CompareItems(props: Props) {
  const { fields } = props.selection
  const field = fields.find(({ name }) => name === props.state.field) ?? fields[0]
  if (!field) return <p class="notice">This rubric has no field that can be compared.</p>
  return <JudgedItems {...props} field={field} />
}

/** Items of a selection: filters, the table, the open item and the keys between them. */
function JudgedItems({
  source,
  ledger,
  index,
  selection,
  state,
  update,
  toggle,
  busy,
  field,
}: Props & { field: CompareField }) {
  const { fields, runs, data, items } = selection
  const filtered = useFilteredItems(source, selection, field, state)
  const { shown, counts, judged, facets, pair, searching, waiting } = filtered
  const { position: open, missing, fault: itemFault } = useOpenItem(source, items, state.item, state.at)
  const [cursor, setCursor] = useState<Cursor>({ position: -1, asked: 0 })
  const here = useRef(cursor.position)
  const [helping, setHelping] = useState(false)
  const labels = useLabels(ledger, index.dataset.id, selection.set.promptSha256)
  const [said, say] = useState('')
  const [headFault, setHeadFault] = useState<string>()

  const stand = useCallback((position: number, moveFocus: boolean) => {
    here.current = position
    setCursor((before) =>
      before.position === position && !moveFocus ? before : { position, asked: before.asked + (moveFocus ? 1 : 0) },
    )
  }, [])
  /** Opens an item, or goes on to it while one is open: its id must be known for the address. */
  const show = useCallback(
    async (position: number, step: boolean) => {
      try {
        if (!source.head(items, position)) await source.loadHeads(items, position, position + 1)
      } catch (error) {
        setHeadFault((error as Error).message)
      }
      const head = source.head(items, position)
      // a later key may have gone on meanwhile
      if (head && here.current === position) update({ item: head.id, at: position }, step)
    },
    [source, items, update],
  )
  const choose = useCallback(
    (position: number) => {
      stand(position, false)
      void show(position, true)
    },
    [stand, show],
  )
  const isOpen = state.item !== undefined
  const neighbour = useCallback(
    (from: number, by: 1 | -1, disagreementOnly: boolean) =>
      nextPlace(
        shown,
        from,
        by,
        !state.byDistance,
        (position) => !disagreementOnly || ((judged.flags[position] ?? 0) & disagrees) !== 0,
      ),
    [shown, judged, state.byDistance],
  )
  const walk = useCallback(
    (by: 1 | -1, disagreementOnly: boolean) => {
      const place = neighbour(here.current, by, disagreementOnly)
      const what = disagreementOnly ? 'disagreement' : 'item'
      say(place === undefined ? `no ${what} ${by === 1 ? 'further down' : 'further up'} in this list` : '')
      const position = place === undefined ? undefined : shown[place]
      if (position === undefined) return
      stand(position, true)
      if (isOpen) void show(position, false)
    },
    [shown, neighbour, isOpen, stand, show],
  )
  const jump = useCallback(
    (to: 'first' | 'last') => {
      const position = to === 'first' ? shown[0] : shown.at(-1)
      if (position !== undefined) stand(position, true)
    },
    [shown, stand],
  )
  const close = useCallback(() => update({ item: undefined, at: undefined }), [update])
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
    if (open !== undefined) stand(open, false)
    else if (earlier.current !== undefined) stand(here.current, true)
    earlier.current = open
  }, [open, stand])
  const keys = useKeyboard({
    step: walk,
    jump,
    openCursor: () => here.current >= 0 && !isOpen && choose(here.current),
    toggleAt,
    help: () => setHelping(true),
  })
  const judgementAt = useCallback((each: CompareField, position: number) => judgePosition(each, data, position), [data])
  const openHead = open === undefined ? undefined : source.head(items, open)
  const near = useMemo(
    () =>
      open === undefined
        ? []
        : (
            [
              [1, true],
              [1, false],
              [-1, false],
            ] as const
          ).flatMap(([by, disagreementOnly]) => {
            const place = neighbour(open, by, disagreementOnly)
            return place === undefined ? [] : [shown[place] as number]
          }),
    [open, neighbour, shown],
  )
  const fault = filtered.fault ?? itemFault ?? headFault
  const ready = !busy && !waiting && (state.item === undefined || open !== undefined || missing)
  return (
    <section aria-busy={!ready}>
      <h2 class="hidden">Items</h2>
      {selection.set.note !== undefined && <p class="notice">{makeVisible(selection.set.note)}</p>}
      {missing && (
        <p class="notice bad" role="alert">
          There is no item {makeVisible(state.item ?? '')} in this dataset.
        </p>
      )}
      {fault !== undefined && (
        <p class="notice bad" role="alert">
          Not all of this can be read: {makeVisible(fault)}
        </p>
      )}
      <FilterBar fields={fields} field={field} state={state} counts={counts} searching={searching} update={update} />
      <MoreFilters
        runs={runs}
        field={field}
        facets={facets}
        pair={pair}
        state={state}
        counts={counts}
        update={update}
      />
      <ListHead state={state} field={field} runs={runs} shown={shown.length} total={items.count} update={update}>
        <span role="status" class="soft">
          {said}
        </span>
        <CopyLink state={state} />
        <CsvButton source={source} selection={selection} dataset={index.dataset.id} shown={shown} />
        <button type="button" onClick={() => setHelping(true)}>
          Keys <kbd>?</kbd>
        </button>
      </ListHead>
      {shown.length === 0 ? (
        <div class="empty" data-shown={0} data-ready={ready ? 'true' : undefined}>
          <p>No item matches.</p>
          <button type="button" onClick={() => update(noFilter)}>
            Show all {items.count} items
          </button>
        </div>
      ) : (
        <ItemTable
          source={source}
          selection={selection}
          field={field}
          shown={shown}
          only={state.only || fields.length === 1}
          cursor={cursor}
          ready={ready}
          show={choose}
          // a dialog that closes gives the focus back to where it was, before the walk
          reach={(position) => !isOpen && stand(position, false)}
        />
      )}
      {labels && (
        <LabelsBar
          labels={labels}
          fields={judgedFields(selection.set, undefined)}
          count={items.count}
          problem={selection.set.note}
          start={({ mode, field: asked }) =>
            update({ mode, item: undefined, at: undefined, field: asked, only: asked !== undefined }, true)
          }
        />
      )}
      {open !== undefined && openHead && (
        <ItemDialog
          source={source}
          selection={selection}
          judgementAt={judgementAt}
          head={openHead}
          position={open}
          near={near}
          labels={labels}
          place={shown.indexOf(open)}
          total={shown.length}
          step={walk}
          close={close}
        />
      )}
      {helping && <HelpDialog close={() => setHelping(false)} keys={keys} />}
    </section>
  )
}
