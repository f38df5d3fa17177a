import { formatCount, formatShare, type LabelFigures } from 'registry'
import { makeVisible } from '../../data/make-visible.ts'
import { modelOf, type AgreementView } from './agreement-view.ts'
import { IntervalBar } from './interval-bar.tsx'
import { spellCoefficient, spellInterval } from './spell-figures.ts'
import { ScrollArea } from './scroll-area.tsx'

/** Every run against the reference labels; what always saying one thing would get; how far raters agree. */
export function LabelsReport({ figures, set, labels }: AgreementView & { labels: LabelFigures }) {
  const { labelled, commonest, raters, by_disagreement: picked } = labels
  const repaired = labels.runs.some(({ usable, with_repaired: more }) => more.correct !== usable.correct)
  const ceilings = labels.ceiling.flatMap(({ agreement }) =>
    agreement.raw.value === null ? [] : [agreement.raw.value],
  )
  const marks = [
    ...(commonest && labelled > 0 ? [{ at: commonest.count / labelled, kind: 'line' as const }] : []),
    ...(ceilings.length > 0 ? [{ at: Math.max(...ceilings), kind: 'limit' as const }] : []),
  ]
  return (
    <>
      <p>
        {formatCount(labelled)} labelled items, {raters.length === 1 ? 'one rater' : `${raters.length} raters`} (
        {raters.map(makeVisible).join(', ')}). An unusable verdict counts as wrong.
      </p>
      {labelled === 0 ? (
        <p class="notice">Accuracy is undefined: no label that was picked at random or for all items.</p>
      ) : (
        <ScrollArea label="Accuracy">
          <table class="sheet narrow">
            <caption>Accuracy</caption>
            <thead>
              <tr>
                <th scope="col">run</th>
                <th scope="col" class="number">
                  correct
                </th>
                <th scope="col" class="number">
                  accuracy, %
                </th>
                <th scope="col">95 % interval</th>
                <td class="picture-head">
                  <span class="ends">
                    <span>0 %</span>
                    <span>100 %</span>
                  </span>
                </td>
                {repaired && (
                  <th scope="col" class="number">
                    with repaired, %
                  </th>
                )}
                {picked > 0 && (
                  <th scope="col" class="number">
                    where runs disagreed
                  </th>
                )}
              </tr>
            </thead>
            <tbody>
              {labels.runs.map(({ run_id: runId, usable, with_repaired: more, by_disagreement: own }, place) => {
                const run = figures.runs[place]
                return (
                  <tr key={runId}>
                    <th scope="row">
                      <span class="letter">{run?.name}</span> {run && modelOf(run)}
                    </th>
                    <td class="number">
                      {formatCount(usable.correct)} of {formatCount(usable.labelled)}
                    </td>
                    <td class="number">
                      <b>{usable.accuracy === null ? 'undefined: no labels' : formatShare(usable.accuracy)}</b>
                    </td>
                    <td>{spellInterval(usable, formatShare)}</td>
                    <td>
                      <IntervalBar
                        value={usable.accuracy}
                        low={usable.low}
                        high={usable.high}
                        from={0}
                        to={1}
                        marks={marks}
                      />
                    </td>
                    {repaired && (
                      <td class="number">
                        {more.accuracy === null ? 'undefined: no labels' : formatShare(more.accuracy)}
                      </td>
                    )}
                    {picked > 0 && (
                      <td class="number">
                        {formatCount(own.correct)} of {formatCount(own.labelled)}
                      </td>
                    )}
                  </tr>
                )
              })}
            </tbody>
          </table>
        </ScrollArea>
      )}
      <ul class="lines">
        {commonest && labelled > 0 && (
          <li>
            <span class="key line" aria-hidden="true" /> Always saying “{makeVisible(commonest.value)}” would be right
            on {formatCount(commonest.count)} of {formatCount(labelled)} ({formatShare(commonest.count / labelled)} %).
          </li>
        )}
        {labels.ceiling.map(({ raters: [a, b], agreement: { raw, kappa, paired } }) => (
          <li key={a + b}>
            <span class="key limit" aria-hidden="true" /> Ceiling: {makeVisible(a)} and {makeVisible(b)} agree on{' '}
            {raw.value === null
              ? 'no item: undefined, none was labelled by both'
              : `${formatShare(raw.value)} % (${spellInterval(raw, formatShare)}) of ${formatCount(paired)} items`}
            {kappa &&
              kappa.value !== null &&
              `, kappa ${spellCoefficient(kappa.value)} (${spellInterval(kappa, spellCoefficient)})`}
            {kappa && kappa.value === null && ', kappa undefined: each always says one thing'}. No run can be shown to
            be better.
          </li>
        ))}
        {raters.length < 2 && (
          <li>One rater only: how far people agree here, and so how good a run can be, is not known.</li>
        )}
        {picked > 0 && (
          <li>
            Counted apart: {formatCount(picked)} items labelled because runs disagreed there, too hard to stand for all.
          </li>
        )}
        {labels.split > 0 && <li>{formatCount(labels.split)} items whose raters have no majority are left out.</li>}
        {labels.other_prompt > 0 && (
          <li>{formatCount(labels.other_prompt)} labels are of another prompt and left out.</li>
        )}
        {set.comparison.labels !== undefined && labelled > 0 && labelled < 100 && (
          <li>With fewer than a hundred labels the intervals are wide: they say how little is known.</li>
        )}
      </ul>
    </>
  )
}
