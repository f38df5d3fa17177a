import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { formatCount } from 'registry'
import type { CompareField } from '../../data/compare-data.ts'
import { makeVisible } from '../../data/make-visible.ts'
import { downloadFile } from '../download-file.ts'
import { exportLabels, unfinishedWalks, writeLabelLines } from './label-lines.ts'
import { RaterForm } from './rater-form.tsx'
import type { Labels } from './use-labels.ts'
import { readWalk, usualSize, type Walk } from './walk-mode.ts'

interface Props {
  labels: Labels
  /** those one can judge in a walk */
  fields: readonly CompareField[]
  /** items of the dataset */
  count: number
  /** why items can't be judged unseen, e.g. that their text isn't here */
  problem: string | undefined
  /** begins, or goes on with, judging without the models in sight; absent while one does */
  start?: (walk: Walk) => void
}

/** The labels kept in this browser: how many, who gave them, the way out, and the way to fair ones. */
export function LabelsBar({ labels, fields, count, problem, start }: Props) {
  const { state, store, dataset } = labels
  const [asks, setAsks] = useState<'rater' | 'delete'>()
  const bar = useRef<HTMLElement>(null)
  const given = state.labels.length
  return (
    <section class="labels-bar" aria-label="Labels" ref={bar}>
      <p class="labels-line">
        <span data-labels={given}>
          <b>{given === 0 ? 'Nothing marked here yet' : `${formatCount(given)} ${given === 1 ? 'label' : 'labels'}`}</b>
          {given > 0 && <span class="note">{describeSelections(labels)}</span>}
        </span>
        {state.rater !== undefined && (
          <span class="note">
            rater {makeVisible(state.rater)}{' '}
            <button type="button" class="quiet" onClick={() => setAsks('rater')}>
              change<span class="hidden"> the rater’s name</span>
            </button>
          </span>
        )}
        {given > 0 && (
          <>
            <button type="button" onClick={() => exportAll(labels, count)}>
              Export JSONL
            </button>
            <button type="button" data-delete onClick={() => setAsks('delete')}>
              Delete…
            </button>
          </>
        )}
        {start && problem === undefined && <StartWalk labels={labels} fields={fields} count={count} start={start} />}
        {start && problem !== undefined && (
          <span class="note">No judging with models hidden: {makeVisible(problem)}</span>
        )}
      </p>
      {asks === 'rater' && (
        <RaterForm
          name={state.rater ?? ''}
          focus
          keep={(name) => {
            store.setRater(name)
            setAsks(undefined)
          }}
        />
      )}
      {asks === 'delete' && given > 0 && (
        <ConfirmDelete
          what={`${formatCount(given)} ${given === 1 ? 'label' : 'labels'} of ${makeVisible(dataset)}`}
          answer={(isSure) => {
            if (isSure) store.clear()
            setAsks(undefined)
            // where the question was asked from, or what is left there
            bar.current?.querySelector<HTMLElement>(isSure ? 'button' : '[data-delete]')?.focus()
          }}
        />
      )}
      {state.fault !== undefined && (
        <p class="notice bad" role="alert">
          {makeVisible(state.fault)}
        </p>
      )}
      {state.strange.length > 0 && (
        <p class="notice">
          {formatCount(state.strange.length)} stored lines are no labels: they are kept, and not exported.
        </p>
      )}
      {unfinishedWalks(state.labels, count).map(({ key, rater, field, done }) => (
        <p class="note-line" key={key}>
          {makeVisible(rater)} has judged {formatCount(done)} of {formatCount(count)} items in {makeVisible(field)}.
          Until all are, they are exported as picked (<code>disagreement</code>): they enter no interval.
        </p>
      ))}
    </section>
  )
}

function ConfirmDelete({ what, answer }: { what: string; answer: (isSure: boolean) => void }) {
  const keep = useRef<HTMLButtonElement>(null)
  useLayoutEffect(() => keep.current?.focus(), [])
  return (
    <p class="notice" role="alertdialog" aria-label="Delete the labels?">
      Delete {what} from this browser? What is not exported is gone.{' '}
      <button type="button" onClick={() => answer(true)}>
        Delete them
      </button>{' '}
      <button type="button" ref={keep} onClick={() => answer(false)}>
        Keep them
      </button>
    </p>
  )
}

/** Hands the labels over as lines of registry/labels/<dataset>.jsonl. */
export function exportAll({ state, dataset }: Labels, count: number): void {
  const lines = writeLabelLines({ labels: exportLabels(state.labels, count), strange: [] })
  downloadFile(`${dataset}-labels.jsonl`, [lines], 'application/jsonl')
}

function describeSelections({ state }: Labels): string {
  const words = { random: 'drawn at random', all: 'of a walk through all', disagreement: 'with the answers in sight' }
  return (['random', 'all', 'disagreement'] as const)
    .map((name) => ({ name, times: state.labels.filter(({ selection }) => selection === name).length }))
    .filter(({ times }) => times > 0)
    .map(({ name, times }) => `${formatCount(times)} ${words[name]}`)
    .join(', ')
}

function StartWalk({
  labels,
  fields,
  count,
  start,
}: Omit<Props, 'problem' | 'start'> & { start: (walk: Walk) => void }) {
  const [size, setSize] = useState(String(Math.min(usualSize, count)))
  const [field, setField] = useState('')
  const [open, setOpen] = useState(false)
  const chosen = field === '' ? undefined : field
  const wanted = Math.min(count, Math.max(1, Math.floor(Number(size)) || 1))
  const earlier = labels.state.walk === undefined ? undefined : readWalk(labels.state.walk)
  return (
    <>
      <button
        type="button"
        data-start="blind"
        onClick={() => start({ mode: { kind: 'blind', seed: drawSeed(), size: wanted }, field: chosen })}
      >
        Random {formatCount(wanted)}, models hidden
      </button>
      {earlier && (
        <button type="button" data-start="resume" onClick={() => start(earlier)}>
          Go on: {nameWalk(earlier)}
        </button>
      )}
      <button type="button" aria-expanded={open} onClick={() => setOpen(!open)}>
        Other ways…
      </button>
      {open && (
        <div class="labels-more">
          <label>
            Items to draw{' '}
            <input
              type="number"
              min="1"
              max={count}
              value={size}
              onInput={({ currentTarget: { value } }) => setSize(value)}
            />
          </label>
          <label>
            Judge{' '}
            <select value={field} onChange={({ currentTarget: { value } }) => setField(value)}>
              <option value="">every field</option>
              {fields.map(({ name, title }) => (
                <option key={name} value={name}>
                  {title} only
                </option>
              ))}
            </select>
          </label>
          <button type="button" data-start="all" onClick={() => start({ mode: { kind: 'all' }, field: chosen })}>
            All {formatCount(count)} in order, models hidden
          </button>
          <p class="note">
            Accuracy is computed from items drawn at random, or from all of them. What is marked in an opened item
            counts apart, since one has seen the answers. Add an exported file with{' '}
            <code>batchledger labels add FILE</code>.
          </p>
        </div>
      )}
    </>
  )
}

/** A walk in words. */
export function nameWalk({ mode }: Pick<Walk, 'mode'>): string {
  return mode.kind === 'all' ? 'all items in order' : `random ${formatCount(mode.size)}, seed ${mode.seed}`
}

function drawSeed(): number {
  return (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) % 1_000_000
}
