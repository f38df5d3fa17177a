import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { formatCount, type ItemJudgement } from 'registry'
import type { CompareField } from '../data/compare-data.ts'
import { makeVisible } from '../data/make-visible.ts'
import { Adjudication } from './adjudication/adjudication.tsx'
import type { Labels } from './adjudication/use-labels.ts'
import type { DataSource, ItemHead } from './data-source.ts'
import { ItemRuns } from './item-runs.tsx'
import { OwnText } from './own-text.tsx'
import { useItem } from './use-item.ts'
import type { Selection } from './use-selection.ts'

interface Props {
  source: DataSource
  selection: Selection
  judgementAt: (field: CompareField, position: number) => ItemJudgement
  head: ItemHead
  position: number
  /** place in the shown list, -1 when a filter hides it */
  place: number
  total: number
  /** positions that the next key may open: their texts are fetched ahead */
  near: readonly number[]
  labels: Labels | undefined
  step: (by: 1 | -1, disagreementOnly: boolean) => void
  close: () => void
}

/** One item with its own text beside what each run made of it. */
export function ItemDialog(props: Props) {
  const { source, selection, judgementAt, head, position, place, total, near, labels, step, close } = props
  const dialog = useRef<HTMLDialogElement>(null)
  useLayoutEffect(() => dialog.current?.showModal(), [])
  const { items, runs, set } = selection
  const { entry, texts, fault } = useItem(source, items, runs, position)
  const isThere = entry !== undefined
  useEffect(() => {
    // the open item comes first
    if (isThere) for (const neighbour of near) source.prefetch(items, runs, neighbour)
  }, [isThere, source, items, runs, near])
  const panes = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    for (const pane of panes.current?.children ?? []) pane.scrollTop = 0
    if (panes.current) panes.current.scrollTop = 0
  }, [position])
  const [baseRun, setBaseRun] = useState('')
  return (
    <dialog ref={dialog} class="item-dialog" aria-labelledby="item-title" data-item={head.id} onClose={close}>
      <header>
        <div>
          <h2 id="item-title" tabIndex={-1} autofocus>
            {makeVisible(head.title ?? head.id)}
          </h2>
          <span class="note">
            {head.title !== null && (
              <>
                <code>{makeVisible(head.id)}</code> ·{' '}
              </>
            )}
            {place < 0 ? 'not in the shown list' : `${formatCount(place + 1)} of ${formatCount(total)}`}
          </span>
        </div>
        <div class="walk">
          {runs.length > 1 && (
            <label class="held">
              Differences against{' '}
              <select value={baseRun} onChange={({ currentTarget: { value } }) => setBaseRun(value)}>
                <option value="">none</option>
                {runs.map((run) => (
                  <option key={run.runId} value={run.runId}>
                    {makeVisible(run.model)}
                  </option>
                ))}
              </select>
            </label>
          )}
          <Steps what="Item" letters={['k', 'j']} step={(by) => step(by, false)} />
          {runs.length > 1 && <Steps what="Disagreement" letters={['p', 'n']} step={(by) => step(by, true)} />}
          <button type="button" onClick={() => dialog.current?.close()}>
            Close <kbd>Esc</kbd>
          </button>
        </div>
      </header>
      {fault !== undefined && (
        <p class="notice bad" role="alert">
          The texts can’t be read: {fault}
        </p>
      )}
      <div class="beside" ref={panes}>
        <section class="own" tabIndex={0} aria-label="The item’s own text">
          {fault === undefined && <OwnText entry={entry} note={set.note} position={position} />}
          {labels && <Adjudication labels={labels} fields={set.fields} customId={head.id} selection="disagreement" />}
        </section>
        <div class="said" tabIndex={0} role="region" aria-label="What each run said">
          <ItemRuns
            selection={selection}
            position={position}
            judgementAt={judgementAt}
            texts={texts}
            base={runs.findIndex(({ runId }) => runId === baseRun)}
          />
        </div>
      </div>
    </dialog>
  )
}

interface StepsProps {
  /** what one steps to: `Item` */
  what: string
  /** keys that do the same: back, on */
  letters: readonly [string, string]
  step: (by: 1 | -1) => void
}

/** Back and on, the keys beside the arrows. */
function Steps({ what, letters, step }: StepsProps) {
  const ways = [
    { by: -1, letter: letters[0], arrow: '↑', name: `previous ${what.toLowerCase()}` },
    { by: 1, letter: letters[1], arrow: '↓', name: `next ${what.toLowerCase()}` },
  ] as const
  return (
    <span class="steps" role="group" aria-label={`Step by ${what.toLowerCase()}`}>
      <span aria-hidden="true">{what}</span>
      {ways.map(({ by, letter, arrow, name }) => (
        <button type="button" key={letter} onClick={() => step(by)} title={name}>
          <span aria-hidden="true">{arrow}</span> <kbd>{letter}</kbd>
          <span class="hidden"> {name}</span>
        </button>
      ))}
    </span>
  )
}
