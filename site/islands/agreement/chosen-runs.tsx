import { formatRate, formatTime } from 'registry'
import type { AgreementFigures } from '../../data/agreement-data.ts'
import { makeVisible } from '../../data/make-visible.ts'
import { pageName } from '../../data/page-name.ts'
import { modelOf, nameRuns } from './agreement-view.ts'

/** The runs the figures are of, with the letters that tables call them by. */
export function ChosenRuns({ figures, root }: { figures: AgreementFigures; root: string }) {
  return (
    <>
      <div class="scroll">
        <table class="sheet narrow chosen">
          <caption>Runs</caption>
          <thead>
            <tr>
              <th scope="col">run</th>
              <th scope="col">started</th>
              <th scope="col" class="number">
                req/s
              </th>
              <th scope="col">status</th>
            </tr>
          </thead>
          <tbody>
            {figures.runs.map((run) => (
              <tr key={run.run_id}>
                <th scope="row">
                  <span class="letter">{run.name}</span>{' '}
                  <a href={`${root}runs/${pageName(run.run_id)}/`}>{modelOf(run)}</a>
                  <span class="note">{makeVisible(run.run_id)}</span>
                </th>
                <td class="date">
                  <time datetime={run.started_at}>{formatTime(run.started_at)}</time>
                </td>
                <td class="number">{formatRate(run.speed.req_per_sec)}</td>
                <td>{run.status}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {figures.incomplete.length > 0 && (
        <Lines lead="Not all rows were answered:" lines={figures.incomplete} figures={figures} />
      )}
      {figures.warnings.length > 0 && (
        <Lines
          lead="What differs between the runs and may explain differences:"
          lines={figures.warnings}
          figures={figures}
        />
      )}
    </>
  )
}

function Lines({ lead, lines, figures }: { lead: string; lines: readonly string[]; figures: AgreementFigures }) {
  return (
    <div class="notice">
      {lead}
      <ul>
        {lines.map((line) => (
          <li key={line}>{makeVisible(nameRuns(figures, line))}</li>
        ))}
      </ul>
    </div>
  )
}
