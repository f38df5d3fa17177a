import { useMemo } from 'preact/hooks'
import { mostRuns, type CompareIndex, type CompareRun } from '../data/compare-data.ts'
import { formatPercent, formatRate, formatTime } from 'registry'
import { makeVisible } from '../data/make-visible.ts'
import { samplingDifferences } from './sampling-differences.ts'
import { tellApart } from './tell-apart.ts'
import type { Choice } from './resolve-choice.ts'

interface Props {
  root: string
  index: CompareIndex
  choice: Choice
  toggle: (runId: string) => void
}

/** The runs of a dataset to tick; what can't stand beside the ticked ones says why. */
export function RunPicker({ root, index, choice, toggle }: Props) {
  const chosen = new Set(choice.runs.map(({ runId }) => runId))
  const apart = useMemo(() => tellApart(index.runs), [index])
  const differences = samplingDifferences(choice.runs)
  return (
    <fieldset class="picker">
      <legend>Runs</legend>
      <ul>
        {index.runs.map((run, place) => (
          <RunChoice
            key={run.runId}
            run={run}
            place={place}
            root={root}
            ticked={chosen.has(run.runId)}
            why={choice.blocked.get(run.runId)}
            settings={apart.get(run.runId)}
            toggle={toggle}
          />
        ))}
      </ul>
      {differences.length > 0 && (
        <p class="notice">
          The ticked runs were sampled differently, so part of what differs may be chance:{' '}
          {makeVisible(differences.join('; '))}
        </p>
      )}
    </fieldset>
  )
}

interface ChoiceProps {
  run: CompareRun
  place: number
  root: string
  ticked: boolean
  why: string | undefined
  /** what tells it apart from the model's other runs; undefined for the only one */
  settings: readonly string[] | undefined
  toggle: (runId: string) => void
}

function RunChoice({ run, place, root, ticked, why, settings, toggle }: ChoiceProps) {
  const key = place < mostRuns ? String(place + 1) : undefined
  const id = `run-${place}`
  // the engine stands in the line above them
  const others = (settings ?? []).filter((setting) => setting !== `engine ${run.engine}`)
  const figures = `${formatRate(run.reqPerSec)} req/s, ${formatPercent(run.successRate)} success`
  return (
    <li class={why === undefined ? undefined : 'blocked'}>
      <input
        type="checkbox"
        id={id}
        data-run={run.runId}
        checked={ticked}
        disabled={why !== undefined && !ticked}
        aria-describedby={`${id}-about`}
        onChange={() => toggle(run.runId)}
      />
      <div>
        <label for={id}>
          {key !== undefined && <kbd>{key}</kbd>} <strong>{makeVisible(run.model)}</strong>
        </label>{' '}
        <a class="about-run" href={`${root}runs/${run.page}/`} aria-label={`about the run ${makeVisible(run.runId)}`}>
          about
        </a>
        <span id={`${id}-about`}>
          <span class="note">
            {run.status !== 'failed' && `${figures} · `}
            <time datetime={run.startedAt}>{formatTime(run.startedAt)}</time> · {makeVisible(run.engine)}
          </span>
          {run.status === 'failed' && <span class="note bad">failed: {makeVisible(run.reason ?? '')}</span>}
          {run.status === 'partial' && <span class="note">partial: {makeVisible(run.reason ?? '')}</span>}
          {why !== undefined && !ticked && <span class="note why">{makeVisible(why)}</span>}
          {others.length > 0 && <span class="note settings">{makeVisible(others.join(' · '))}</span>}
        </span>
      </div>
    </li>
  )
}
