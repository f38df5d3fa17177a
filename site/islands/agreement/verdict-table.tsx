import { formatCount, formatShare, notMeasured } from 'registry'
import { makeVisible } from '../../data/make-visible.ts'
import { modelOf, type AgreementView } from './agreement-view.ts'
import { ScrollArea } from './scroll-area.tsx'

/** How often each run says each value, what it has no usable verdict for, and how often a majority says otherwise. */
export function VerdictTable({ figures, set }: AgreementView) {
  const { runs: counts, items, scale } = set.comparison
  const reasons = [...new Set(counts.flatMap(({ unusable }) => Object.keys(unusable)))].sort()
  return (
    <ScrollArea label="Verdicts by run">
      <table class="sheet verdicts">
        <caption>Verdicts by run, of {formatCount(items.total)} items</caption>
        <thead>
          <tr>
            <th scope="col">verdict</th>
            {figures.runs.map((run) => (
              <th key={run.run_id} scope="col">
                <span class="letter">{run.name}</span> {modelOf(run)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {(scale ?? []).map((value) => (
            <tr key={value}>
              <th scope="row">{makeVisible(value)}</th>
              {counts.map(({ run_id: runId, values }) => (
                <Share key={runId} count={values?.[value] ?? 0} total={items.total} kind="said" />
              ))}
            </tr>
          ))}
          {!scale && (
            <tr>
              <th scope="row">mean</th>
              {counts.map(({ run_id: runId, mean }) => (
                <td key={runId}>
                  {mean === null || mean === undefined ? 'undefined: no usable verdict' : Number(mean.toPrecision(4))}
                </td>
              ))}
            </tr>
          )}
          {reasons.map((reason) => (
            <tr key={`- ${reason}`}>
              <th scope="row">not usable: {reason.replaceAll('_', ' ')}</th>
              {counts.map(({ run_id: runId, unusable }) => (
                <Share key={runId} count={unusable[reason] ?? 0} total={items.total} kind="off" />
              ))}
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">usable</th>
            {counts.map(({ run_id: runId, usable }) => (
              <Share key={runId} count={usable} total={items.total} kind="said" />
            ))}
          </tr>
          {figures.runs.length > 2 && (
            <tr>
              <th scope="row">against a majority</th>
              {counts.map(({ run_id: runId, outliers }) => (
                <Share key={runId} count={outliers} total={items.total} kind="off" />
              ))}
            </tr>
          )}
        </tfoot>
      </table>
    </ScrollArea>
  )
}

function Share({ count, total, kind }: { count: number; total: number; kind: 'said' | 'off' }) {
  const share = total === 0 ? 0 : count / total
  return (
    <td>
      <span class="amount">
        {formatCount(count)} <span class="percent">{total === 0 ? notMeasured : `${formatShare(share)} %`}</span>
      </span>
      <svg class={`share-bar ${kind}`} viewBox="0 0 100 5" preserveAspectRatio="none" aria-hidden="true">
        <rect class="track" width="100" height="5" />
        <rect class="part" width={Math.round(1000 * share) / 10} height="5" />
      </svg>
    </td>
  )
}

/** A run that always says one thing has no say in agreement; worth a line. */
export function tellOneSided({ figures, set }: Pick<AgreementView, 'figures' | 'set'>): string[] {
  return set.comparison.runs.flatMap(({ usable, values = {} }, place) => {
    const [most, count] = Object.entries(values).sort(([, a], [, b]) => b - a)[0] ?? ['', 0]
    return usable > 1 && count / usable >= 0.9
      ? [
          `${figures.runs[place]?.name} says “${makeVisible(most)}” on ${formatCount(count)} of its ${formatCount(usable)} usable items: agreement with it is mostly agreement with that one word.`,
        ]
      : []
  })
}
