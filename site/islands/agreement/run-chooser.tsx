import { formatPercent, formatRate, formatTime } from 'registry'
import { mostRuns, type CompareIndex } from '../../data/compare-data.ts'
import { makeVisible } from '../../data/make-visible.ts'
import { resolveChoice } from '../resolve-choice.ts'

interface Props {
  root: string
  index: CompareIndex
  ticked: readonly string[]
  setTicked: (runIds: readonly string[]) => void
  /** runs whose figures are shown */
  shown: readonly string[]
  compare: (runIds: readonly string[]) => void
}

/** Any runs of the dataset that can stand together, to be compared on a press of the button. */
export function RunChooser({ root, index, ticked, setTicked, shown, compare }: Props) {
  const choice = resolveChoice(index, ticked)
  const chosen = choice.runs.map(({ runId }) => runId)
  const same = chosen.length === shown.length && chosen.every((runId) => shown.includes(runId))
  const toggle = (runId: string) =>
    setTicked(chosen.includes(runId) ? chosen.filter((one) => one !== runId) : [...chosen, runId])
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (chosen.length > 0 && !same) compare(chosen)
      }}
    >
      <fieldset class="chooser">
        <legend>Runs, up to {mostRuns}</legend>
        <ul>
          {index.runs.map((run, place) => {
            const why = choice.blocked.get(run.runId)
            const isTicked = chosen.includes(run.runId)
            return (
              <li key={run.runId}>
                <label>
                  <input
                    type="checkbox"
                    data-run={run.runId}
                    checked={isTicked}
                    disabled={why !== undefined && !isTicked}
                    aria-describedby={`chooser-${place}`}
                    onChange={() => toggle(run.runId)}
                  />{' '}
                  {makeVisible(run.model)}
                </label>
                <span class="note" id={`chooser-${place}`}>
                  {why !== undefined && !isTicked ? (
                    makeVisible(why)
                  ) : (
                    <>
                      <time datetime={run.startedAt}>{formatTime(run.startedAt)}</time> · {formatRate(run.reqPerSec)}{' '}
                      req/s · {formatPercent(run.successRate)} success
                      {run.status !== 'completed' && ` · ${run.status}`} ·{' '}
                      <a href={`${root}runs/${run.page}/`}>about</a>
                    </>
                  )}
                </span>
              </li>
            )
          })}
        </ul>
      </fieldset>
      <button type="submit" aria-disabled={chosen.length === 0 || same}>
        {same ? 'These runs are shown' : `Compare ${chosen.length} ${chosen.length === 1 ? 'run' : 'runs'}`}
      </button>
    </form>
  )
}
