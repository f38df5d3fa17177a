import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { formatCount, verdictStatuses, type ItemJudgement } from 'registry'
import type { CompareField, CompareRun, ItemDisplay, ItemText } from '../data/compare-data.ts'
import { makeVisible } from '../data/make-visible.ts'
import type { DataSource, ItemHead } from './data-source.ts'
import { LongText } from './long-text.tsx'
import type { Selection } from './use-selection.ts'
import { statusText, VerdictCell } from './verdict-cell.tsx'

interface Props {
  source: DataSource
  selection: Selection
  judgementAt: (field: CompareField, position: number) => ItemJudgement
  field: CompareField
  head: ItemHead
  position: number
  /** place in the shown list, -1 when a filter hides it */
  place: number
  total: number
  /** positions that the next key may open: their texts are fetched ahead */
  near: readonly number[]
  step: (by: 1 | -1, disagreementOnly: boolean) => void
  close: () => void
}

/** One item with its own text beside what each run made of it. */
export function ItemDialog(props: Props) {
  const { source, selection, judgementAt, field, head, position, place, total, near, step, close } = props
  const { id, title } = head
  const dialog = useRef<HTMLDialogElement>(null)
  useLayoutEffect(() => dialog.current?.showModal(), [])
  const { display, texts, fault } = useItem(source, selection, position)
  const isThere = texts !== undefined
  useEffect(() => {
    // the open item comes first
    if (isThere) for (const neighbour of near) source.prefetch(selection.items, selection.runs, neighbour)
  }, [isThere, source, selection, near])
  return (
    <dialog ref={dialog} class="item-dialog" aria-labelledby="item-title" data-item={id} onClose={close}>
      <header>
        <div>
          <h2 id="item-title" tabIndex={-1} autofocus>
            {makeVisible(title ?? id)}
          </h2>
          <span class="note">
            {title !== null && <code>{makeVisible(id)}</code>}{' '}
            {place < 0 ? 'not in the shown list' : `${formatCount(place + 1)} of ${formatCount(total)}`}
          </span>
        </div>
        <div class="walk">
          <button type="button" onClick={() => step(-1, false)} title="previous item">
            <kbd>k</kbd> <span aria-hidden="true">↑</span>
            <span class="hidden"> previous item</span>
          </button>
          <button type="button" onClick={() => step(1, false)} title="next item">
            <kbd>j</kbd> <span aria-hidden="true">↓</span>
            <span class="hidden"> next item</span>
          </button>
          <button type="button" onClick={() => step(1, true)} title="next disagreement">
            <kbd>n</kbd> <span aria-hidden="true">≠</span>
            <span class="hidden"> next disagreement</span>
          </button>
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
      <div class="beside" tabIndex={0} role="region" aria-label="The item and what each run said">
        <section class="own" aria-label="The item’s own text">
          {display === undefined ? (
            <p class="empty">{fault === undefined ? 'Loading…' : ''}</p>
          ) : display.length === 0 ? (
            <p class="empty">{selection.set.note ?? 'The dataset’s entry names nothing to display.'}</p>
          ) : (
            <dl>
              {display.map(({ name, value }) => (
                <div key={name}>
                  <dt>{makeVisible(name)}</dt>
                  <dd>
                    <LongText key={`${position}-${name}`} text={value} label={name} />
                  </dd>
                </div>
              ))}
            </dl>
          )}
        </section>
        <RunsOnItem selection={selection} judgementAt={judgementAt} field={field} position={position} texts={texts} />
      </div>
    </dialog>
  )
}

interface RunsProps extends Pick<Props, 'selection' | 'judgementAt' | 'field' | 'position'> {
  texts: (ItemText | null)[] | undefined
}

function RunsOnItem({ selection, judgementAt, field, position, texts }: RunsProps) {
  const { runs, set, data: columns } = selection
  const each = (
    draw: (text: ItemText | null | undefined, run: CompareRun, place: number) => preact.ComponentChildren,
  ) => runs.map((run, place) => <td key={run.runId}>{draw(texts?.[place], run, place)}</td>)
  return (
    <table class="items aside">
      <caption class="hidden">What each run said about this item</caption>
      <thead>
        <tr>
          <th scope="col">Field</th>
          {runs.map((run) => (
            <th scope="col" key={run.runId}>
              {makeVisible(run.model)}
              {run.status !== 'completed' && (
                <span class={run.status === 'failed' ? 'note bad' : 'note'}>
                  {run.status}: {makeVisible(run.reason ?? '')}
                </span>
              )}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {set.fields.map((entry) => {
          const judged = entry.type === 'text' ? undefined : judgementAt(entry, position)
          return (
            <tr key={entry.name} class={judged?.disagree === true ? 'field differs' : 'field'} data-field={entry.name}>
              <th scope="row">
                {judged?.disagree === true && (
                  <span class="mark" title="the runs differ">
                    <span aria-hidden="true">≠</span>
                    <span class="hidden">differs: </span>
                  </span>
                )}
                {entry.title}
                {entry.name === field.name && <span class="note">judged by</span>}
                {judged?.majority === 'split' && <span class="note">split</span>}
              </th>
              {each((text, run, place) => {
                const column = columns[place]
                const reasoning = text?.reasoning?.[entry.name]
                const value = text?.values?.[entry.name]
                return (
                  <>
                    {column && entry.type !== 'text' && (
                      <VerdictCell
                        field={entry}
                        column={column}
                        position={position}
                        outlier={judged?.outlier[place] === true}
                      />
                    )}
                    {value !== undefined && (
                      <LongText key={position} text={String(value)} label={`${entry.title} of ${run.model}`} />
                    )}
                    {reasoning !== undefined && (
                      <div class="reasoning">
                        <LongText key={position} text={reasoning} label={`reasoning of ${run.model}`} />
                      </div>
                    )}
                  </>
                )
              })}
            </tr>
          )
        })}
        <tr>
          <th scope="row">Parse status</th>
          {runs.map((run, place) => {
            const status = verdictStatuses[columns[place]?.statuses[position] ?? -1]
            return <td key={run.runId}>{status === undefined ? 'missing: no row' : statusText(status)}</td>
          })}
        </tr>
        <tr>
          <th scope="row">Finish reason</th>
          {each((text) => makeVisible(text?.finishReason ?? '–'))}
        </tr>
        <tr>
          <th scope="row">Tokens</th>
          {each((text) =>
            text?.promptTokens === undefined && text?.completionTokens === undefined
              ? '–'
              : `${text.promptTokens ?? '–'} prompt, ${text.completionTokens ?? '–'} output`,
          )}
        </tr>
        {texts?.some((text) => text?.error !== undefined) === true && (
          <tr>
            <th scope="row">Error</th>
            {each((text, run) =>
              text?.error === undefined ? (
                '–'
              ) : (
                <LongText key={position} text={text.error} label={`error of ${run.model}`} />
              ),
            )}
          </tr>
        )}
        {texts?.some((text) => text?.thinking !== undefined) === true && (
          <tr>
            <th scope="row">Thinking</th>
            {each((text, run) =>
              text?.thinking === undefined ? (
                '–'
              ) : (
                <LongText key={position} text={text.thinking} label={`thinking of ${run.model}`} />
              ),
            )}
          </tr>
        )}
        <tr class="raw">
          <th scope="row">Raw output</th>
          {each((text, run) =>
            text === undefined ? (
              'Loading…'
            ) : text?.content === undefined ? (
              '–'
            ) : text.content === '' ? (
              'empty'
            ) : (
              <LongText key={position} text={text.content} label={`raw output of ${run.model}`} />
            ),
          )}
        </tr>
      </tbody>
    </table>
  )
}

interface Loaded {
  position: number
  selection: Selection
  display?: ItemDisplay
  texts?: (ItemText | null)[]
  fault?: string
}

function useItem(source: DataSource, selection: Selection, position: number): Omit<Loaded, 'position' | 'selection'> {
  const [loaded, setLoaded] = useState<Loaded>()
  useEffect(() => {
    let current = true
    const { items, runs } = selection
    Promise.all([source.item(items, position), Promise.all(runs.map((run) => source.text(run, position)))]).then(
      ([{ display }, texts]) => current && setLoaded({ position, selection, display, texts }),
      (error: Error) => current && setLoaded({ position, selection, fault: error.message }),
    )
    return () => {
      current = false
    }
  }, [source, selection, position])
  // never one item's words beside another's
  return loaded?.position === position && loaded.selection === selection ? loaded : {}
}
