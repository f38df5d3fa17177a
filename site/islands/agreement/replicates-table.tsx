import { formatCount, formatShare } from 'registry'
import { makeVisible } from '../../data/make-visible.ts'
import { lettersOf, type AgreementView } from './agreement-view.ts'
import {
  measuresOf,
  nameOfMeasure,
  spellCoefficient,
  spellInterval,
  whyUndefined,
  type Measure,
} from './spell-figures.ts'
import { ScrollArea } from './scroll-area.tsx'

/** How far a run agrees with another of the same model and configuration: nothing agrees with others better than with itself. */
export function ReplicatesTable({ figures, set }: AgreementView) {
  const letter = lettersOf(figures)
  const { comparison } = set
  const shown: Measure[] = comparison.statistics.kappa
    ? ['raw', 'kappa']
    : measuresOf(comparison).filter((one) => one !== 'strict')
  return (
    <ScrollArea label="The same model again">
      <table class="sheet narrow">
        <caption>The same model again</caption>
        <thead>
          <tr>
            <th scope="col">run</th>
            <th scope="col">other run of it</th>
            <th scope="col" class="number">
              n paired
            </th>
            {shown.map((measure) => (
              <th key={measure} scope="col">
                {nameOfMeasure(measure, comparison)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {comparison.replicates.map(({ run_id: runId, again, usable }) => (
            <tr key={runId}>
              <th scope="row">
                <span class="letter">{letter(runId)}</span>
              </th>
              <td>{makeVisible(again)}</td>
              <td class="number">{formatCount(usable.paired)}</td>
              {shown.map((measure) => {
                const figure = usable[measure]
                const spell = measure === 'raw' ? formatShare : spellCoefficient
                return (
                  <td key={measure}>
                    {!figure || figure.value === null
                      ? whyUndefined(measure, usable)
                      : `${spell(figure.value)} (${spellInterval(figure, spell)})`}
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollArea>
  )
}
