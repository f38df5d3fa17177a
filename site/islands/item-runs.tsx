import type { ComponentChildren } from 'preact'
import { formatCount, statusName, type ItemJudgement } from 'registry'
import type { CompareField, CompareRun, ItemText } from '../data/compare-data.ts'
import { makeVisible } from '../data/make-visible.ts'
import { DiffText } from './diff-text.tsx'
import { LongText } from './long-text.tsx'
import type { Selection } from './use-selection.ts'
import { statusText, VerdictCell } from './verdict-cell.tsx'

interface Props {
  selection: Selection
  position: number
  judgementAt: (field: CompareField, position: number) => ItemJudgement
  /** one a run; undefined while they are on their way */
  texts: readonly (ItemText | null)[] | undefined
  /** place of the run whose words the others are held against; -1 for none */
  base: number
}

/** Fields down, runs across: verdicts, reasons and what the engine gave back, aligned. */
export function ItemRuns({ selection, position, judgementAt, texts, base }: Props) {
  const { runs, set, data } = selection
  const each = (draw: (text: ItemText | null | undefined, run: CompareRun, place: number) => ComponentChildren) =>
    runs.map((run, place) => <td key={run.runId}>{draw(texts?.[place], run, place)}</td>)
  const says = (pick: (text: ItemText) => unknown) =>
    texts?.some((text) => text !== null && pick(text) !== undefined) === true
  /** A text of each run, its words held against the base's where there is one. */
  const words = (pick: (text: ItemText) => string | undefined, what: string, absent = '–') =>
    each((text, run, place) => {
      if (text === undefined) return 'Loading…'
      const own = text === null ? undefined : pick(text)
      if (own === undefined) return absent
      if (own === '') return 'empty'
      const label = `${what} of ${makeVisible(run.model)}`
      if (base < 0 || base === place) return <LongText key={position} text={own} label={label} />
      const other = texts?.[base]
      return <DiffText key={position} base={other ? pick(other) : undefined} text={own} label={label} />
    })
  return (
    <table class="items aside" data-runs={runs.length}>
      <caption class="hidden">What each run said about this item</caption>
      <thead>
        <tr>
          <th scope="col">Field</th>
          {runs.map((run, place) => (
            <th scope="col" key={run.runId}>
              {makeVisible(run.model)}
              {run.status !== 'completed' && (
                <span class={run.status === 'failed' ? 'note bad' : 'note'}>
                  {run.status}: {makeVisible(run.reason ?? '')}
                </span>
              )}
              {base === place && <span class="note">the others’ words are held against these</span>}
            </th>
          ))}
        </tr>
      </thead>
      {set.fields.map((entry) => {
        const judged = entry.type === 'text' ? undefined : judgementAt(entry, position)
        const differs = judged?.disagree === true
        const isSaid = says((text) => text.reasoning?.[entry.name])
        return (
          <tbody key={entry.name} class={differs ? 'differs' : undefined} data-field={entry.name}>
            <tr class="field">
              <th scope="row">
                {entry.title}
                {differs && <span class="differs-mark">≠ differs</span>}
                {judged?.majority === 'split' && <span class="note">split</span>}
              </th>
              {entry.type === 'text'
                ? words((text) => textOf(text, entry.name), entry.title)
                : runs.map((run, place) => {
                    const column = data[place]
                    return (
                      <td key={run.runId}>
                        {column && (
                          <VerdictCell
                            field={entry}
                            column={column}
                            position={position}
                            outlier={judged?.outlier[place] === true}
                          />
                        )}
                      </td>
                    )
                  })}
            </tr>
            {isSaid && (
              <tr class="reasoning">
                <th scope="row">
                  <span class="hidden">{entry.title}: </span>reasoning
                </th>
                {words((text) => text.reasoning?.[entry.name], `reasoning of ${entry.title}`)}
              </tr>
            )}
          </tbody>
        )
      })}
      <tbody class="run-facts">
        <tr>
          <th scope="row">Parse status</th>
          {runs.map((run, place) => {
            const status = statusName(data[place]?.statuses[position] ?? -1)
            return <td key={run.runId}>{status === 'missing' ? 'missing: no row' : statusText(status)}</td>
          })}
        </tr>
        {says((text) => text.repaired) && (
          <tr>
            <th scope="row">Repaired</th>
            {each((text, run) =>
              text?.repaired === undefined ? (
                '–'
              ) : (
                <LongText
                  key={position}
                  text={text.repaired.join('\n')}
                  label={`what was repaired of ${makeVisible(run.model)}`}
                />
              ),
            )}
          </tr>
        )}
        <tr>
          <th scope="row">Finish reason</th>
          {each((text) => makeVisible(text?.finishReason ?? '–'))}
        </tr>
        <tr>
          <th scope="row">Tokens</th>
          {each((text) =>
            text?.promptTokens === undefined && text?.completionTokens === undefined
              ? '–'
              : `${countText(text.promptTokens)} prompt, ${countText(text.completionTokens)} output`,
          )}
        </tr>
      </tbody>
      <tbody class="run-texts">
        {says((text) => text.error) && (
          <tr>
            <th scope="row">Error</th>
            {words((text) => text.error, 'error')}
          </tr>
        )}
        {says((text) => text.thinking) && (
          <tr>
            <th scope="row">Thinking</th>
            {words((text) => text.thinking, 'thinking')}
          </tr>
        )}
        <tr class="raw">
          <th scope="row">Raw output</th>
          {words((text) => text.content, 'raw output')}
        </tr>
      </tbody>
    </table>
  )
}

function textOf({ values }: ItemText, name: string): string | undefined {
  const value = values?.[name]
  return value === undefined ? undefined : String(value)
}

function countText(count: number | undefined): string {
  return count === undefined ? '–' : formatCount(count)
}
