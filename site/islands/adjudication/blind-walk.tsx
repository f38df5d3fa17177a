import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks'
import { formatCount } from 'registry'
import type { CompareField, CompareSet, ItemsIndex } from '../../data/compare-data.ts'
import { makeVisible } from '../../data/make-visible.ts'
import type { DataSource } from '../data-source.ts'
import { OwnText } from '../own-text.tsx'
import { loadHeadsOf } from '../use-heads.ts'
import { useItem } from '../use-item.ts'
import { useKeyboard } from '../use-keyboard.ts'
import { drawSample } from './draw-sample.ts'
import { judgedFields } from './judged-fields.ts'
import { FieldMarks, isFair, newLabel } from './field-marks.tsx'
import { exportAll, LabelsBar, nameWalk } from './labels-bar.tsx'
import { valuesOf } from './parse-value.ts'
import type { Labels } from './use-labels.ts'
import { writeWalk, type Walk } from './walk-mode.ts'

interface Props {
  source: DataSource
  set: CompareSet
  items: ItemsIndex
  labels: Labels
  walk: Walk
  leave: () => void
}

const noRuns: readonly never[] = []

/**
 * Judging items one by one without the models: nothing that a run said is fetched, let alone shown, neither before nor
 * after the verdict. A rater who is told afterwards learns what the models tend to say, and the next verdict leans on it.
 */
export function BlindWalk({ source, set, items, labels, walk, leave }: Props) {
  const fields = useMemo(() => judgedFields(set, walk.field), [set, walk.field])
  const [ids, fault] = useIds(source, items, walk)
  const { store } = labels
  useEffect(() => store.setWalk(writeWalk(walk)), [store, walk])
  return (
    <section class="blind" aria-label="Judge with the models hidden">
      <h2>
        {walk.mode.kind === 'all'
          ? 'All items, models hidden'
          : `Random ${formatCount(ids?.size ?? walk.mode.size)}, models hidden`}
      </h2>
      {fault !== undefined && (
        <p class="notice bad" role="alert">
          The items can’t be read: {fault}
        </p>
      )}
      {fields.length === 0 && <p class="notice">This rubric has no field that can be judged so.</p>}
      {ids === undefined && fault === undefined && <p class="empty">Loading…</p>}
      {ids !== undefined && ids.size > 0 && fields.length > 0 && (
        <Steps
          source={source}
          set={set}
          items={items}
          labels={labels}
          walk={walk}
          leave={leave}
          fields={fields}
          ids={ids}
        />
      )}
      <LabelsBar labels={labels} fields={fields} count={items.count} problem={undefined} />
    </section>
  )
}

/** custom_id → position, in the order they are judged. */
type WalkIds = ReadonlyMap<string, number>

function Steps(props: Props & { fields: CompareField[]; ids: WalkIds }) {
  const { source, set, items, labels, walk, leave, fields, ids } = props
  const order = useMemo(() => [...ids], [ids])
  const judged = judgedIds(labels, fields, ids)
  const firstOpen = order.findIndex(([id]) => !judged.has(id))
  const [place, setPlace] = useState(Math.max(0, firstOpen))
  const [id, position] = order[place] ?? ['', 0]
  const { entry, fault } = useItem(source, items, noRuns, position)
  useEffect(() => {
    const next = order[place + 1]
    if (entry && next) source.prefetch(items, noRuns, next[1])
  }, [entry, source, items, order, place])
  const step = useCallback(
    (by: 1 | -1) => setPlace((now) => (now + by >= order.length ? Math.max(0, firstOpen) : Math.max(0, now + by))),
    [order, firstOpen],
  )
  const pane = useRef<HTMLDivElement>(null)
  const title = useRef<HTMLHeadingElement>(null)
  const earlier = useRef(place)
  useLayoutEffect(() => {
    if (earlier.current === place) return
    earlier.current = place
    title.current?.focus({ preventScroll: true })
    title.current?.scrollIntoView({ block: 'nearest' })
  }, [place])
  const keys = useKeyboard({
    step,
    jump: (to) => setPlace(to === 'first' ? 0 : order.length - 1),
    openCursor: () => undefined,
    toggleAt: (value) => markAt(labels, fields, id, selectionOf(walk), value, pane.current),
    help: () => undefined,
  })
  const isDone = firstOpen === -1
  const furthest = order.findLastIndex(([one]) => judged.has(one))
  const leftOut = furthest < 0 ? 0 : furthest + 1 - judged.size
  const isJudged = judged.has(id)
  return (
    <>
      <div class="blind-head">
        <p role="status">
          <b>
            {formatCount(judged.size)} of {formatCount(order.length)}
          </b>{' '}
          judged{leftOut > 0 && `, ${formatCount(leftOut)} left out`}
        </p>
        <progress max={order.length} value={judged.size} aria-label="Items judged" />
        <div class="walk">
          <button type="button" onClick={() => step(-1)} disabled={place === 0}>
            <kbd>k</kbd> previous
          </button>
          <button type="button" onClick={() => step(1)} data-next>
            <kbd>j</kbd> {isJudged ? 'next' : 'leave out'}
          </button>
          <button type="button" onClick={leave}>
            Back to the comparison
          </button>
        </div>
      </div>
      {isDone && (
        <p class="notice good" role="status">
          ✓ All {formatCount(order.length)} are judged. Export the labels and add them with{' '}
          <code>batchledger labels add FILE</code>.{' '}
          <button type="button" onClick={() => exportAll(labels, items.count)}>
            Export JSONL
          </button>
        </p>
      )}
      {fault !== undefined && (
        <p class="notice bad" role="alert">
          The text can’t be read: {fault}
        </p>
      )}
      <div class="blind-item" data-item={id} ref={pane}>
        <section class="blind-own" aria-labelledby="blind-title">
          <h3 id="blind-title" tabIndex={-1} ref={title}>
            {makeVisible(source.head(items, position)?.title ?? id)}
          </h3>
          <p class="note">
            item {formatCount(place + 1)} of {formatCount(order.length)}, <code>{makeVisible(id)}</code>
          </p>
          {fault === undefined && <OwnText entry={entry} note={set.note} position={position} />}
        </section>
        <section class="blind-marks" aria-label="Your verdicts">
          <FieldMarks labels={labels} fields={fields} customId={id} selection={selectionOf(walk)} digits={keys.on} />
          <p class="note">
            {keys.on ? '1–8 mark a value and go on to the next field, j goes on, k goes back. ' : ''}
            {walk.mode.kind === 'all'
              ? 'Items come in the dataset’s order.'
              : `The sample is ${nameWalk(walk)}, in the order drawn: you may stop anywhere.`}{' '}
            Leaving out the hard ones bends the figures.
          </p>
          <label class="note">
            <input type="checkbox" checked={keys.on} onChange={({ currentTarget: { checked } }) => keys.set(checked)} />{' '}
            single-key shortcuts are on
          </label>
        </section>
      </div>
    </>
  )
}

function selectionOf({ mode }: Walk): 'random' | 'all' {
  return mode.kind === 'all' ? 'all' : 'random'
}

/** Items whose every field their rater has judged without the answers in sight. */
function judgedIds({ state }: Labels, fields: readonly CompareField[], ids: WalkIds): ReadonlySet<string> {
  const wanted = new Set(fields.map(({ name }) => name))
  const times = new Map<string, number>()
  for (const label of state.labels)
    if (label.rater === state.rater && isFair(label) && wanted.has(label.field) && ids.has(label.custom_id))
      times.set(label.custom_id, (times.get(label.custom_id) ?? 0) + 1)
  return new Set([...times].flatMap(([id, count]) => (count === wanted.size ? [id] : [])))
}

/** Marks the value a digit stands for in the field that has the focus, or the first one open; the focus goes on. */
function markAt(
  labels: Labels,
  fields: readonly CompareField[],
  customId: string,
  selection: 'random' | 'all',
  digit: number,
  pane: HTMLElement | null,
): void {
  const { rater, labels: given } = labels.state
  if (rater === undefined) return
  const focused = document.activeElement?.closest<HTMLElement>('[data-mark]')?.dataset['mark']
  const isOpen = ({ name }: CompareField) =>
    !given.some(
      (label) => label.custom_id === customId && label.field === name && label.rater === rater && isFair(label),
    )
  const field = fields.find(({ name }) => name === focused) ?? fields.find(isOpen)
  const value = field && valuesOf(field)[digit]
  if (!field || value === undefined) return
  labels.store.put(newLabel(labels, { custom_id: customId, field: field.name, rater }, value, selection))
  const next = fields.find((entry) => entry !== field && isOpen(entry))
  const place = next
    ? pane?.querySelector<HTMLElement>(`[data-mark="${next.name}"] :is(button, input)`)
    : document.querySelector<HTMLElement>('[data-next]')
  place?.focus()
}

function useIds(source: DataSource, items: ItemsIndex, { mode }: Walk): [WalkIds | undefined, string | undefined] {
  const key = JSON.stringify(mode)
  const [found, setFound] = useState<{ of?: readonly unknown[]; ids?: WalkIds; fault?: string }>({})
  useEffect(() => {
    let current = true
    const of = [source, items, key]
    findIds(source, items, mode).then(
      (ids) => current && setFound({ of, ids }),
      (error: Error) => current && setFound({ of, fault: error.message }),
    )
    return () => {
      current = false
    }
  }, [source, items, key])
  return [source, items, key].every((part, place) => found.of?.[place] === part)
    ? [found.ids, found.fault]
    : [undefined, undefined]
}

async function findIds(source: DataSource, items: ItemsIndex, mode: Walk['mode']): Promise<WalkIds> {
  const positions =
    mode.kind === 'all'
      ? Array.from({ length: items.count }, (_, position) => position)
      : drawSample(items.count, mode.size, mode.seed)
  if (mode.kind === 'all') await source.loadHeads(items, 0, items.count)
  else await loadHeadsOf(source, items, Uint32Array.from(positions))
  return new Map(
    positions.flatMap((position) => {
      const head = source.head(items, position)
      return head ? [[head.id, position] as const] : []
    }),
  )
}
