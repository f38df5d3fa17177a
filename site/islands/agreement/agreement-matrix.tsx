import { formatCount, type Agreement } from 'registry'
import { hasRepairs, modelOf, type AgreementView } from './agreement-view.ts'
import { measuresOf, nameOfMeasure, spellerOf, spellInterval, whyUndefined, type Measure } from './spell-figures.ts'
import { ScrollArea } from './scroll-area.tsx'

type Reading = 'usable' | 'with_repaired'

const readingNames: Record<Reading, string> = { usable: 'usable verdicts', with_repaired: 'with repaired ones' }

/** Every run against every other: which figure and which reading is shown is the reader's choice, without a script. */
export function AgreementMatrix(view: AgreementView) {
  const { set } = view
  const measures = measuresOf(set.comparison)
  const readings: Reading[] = hasRepairs(set) ? ['usable', 'with_repaired'] : ['usable']
  return (
    <div class="matrix">
      <div class="choices">
        <fieldset>
          <legend>Figure</legend>
          {measures.map((measure, place) => (
            <label key={measure}>
              <input type="radio" name="measure" value={measure} defaultChecked={place === 0} />
              {nameOfMeasure(measure, set.comparison)}
            </label>
          ))}
        </fieldset>
        {readings.length > 1 && (
          <fieldset>
            <legend>Verdicts</legend>
            {readings.map((reading, place) => (
              <label key={reading}>
                <input type="radio" name="reading" value={reading} defaultChecked={place === 0} />
                {readingNames[reading]}
              </label>
            ))}
          </fieldset>
        )}
      </div>
      {measures.flatMap((measure) =>
        readings.map((reading) => <Panel key={measure + reading} {...view} measure={measure} reading={reading} />),
      )}
      {readings.length === 1 && (
        <p class="note-line">No verdict was repaired: with repaired ones the figures are the same.</p>
      )}
    </div>
  )
}

function Panel({ figures: { runs }, set, measure, reading }: AgreementView & { measure: Measure; reading: Reading }) {
  const { comparison } = set
  const pairs = new Map(comparison.pairs.map((pair) => [`${pair.a} ${pair.b}`, pair[reading]]))
  const agreementOf = (a: string, b: string) => pairs.get(`${a} ${b}`) ?? pairs.get(`${b} ${a}`)
  return (
    <div class={`panel of-${measure} of-${reading}`}>
      <ScrollArea label={`${nameOfMeasure(measure, comparison)}, ${readingNames[reading]}`}>
        <table class="sheet square">
          <caption>
            {nameOfMeasure(measure, comparison)}, {readingNames[reading]}
          </caption>
          <thead>
            <tr>
              <th scope="col">run</th>
              {runs.map((run) => (
                <th key={run.run_id} scope="col" title={modelOf(run)}>
                  <span class="letter">{run.name}</span>
                  <span class="model">{modelOf(run)}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {runs.map((run) => (
              <tr key={run.run_id}>
                <th scope="row">
                  <span class="letter">{run.name}</span> {modelOf(run)}
                </th>
                {runs.map((other) => (
                  <Cell
                    key={other.run_id}
                    agreement={agreementOf(run.run_id, other.run_id)}
                    total={comparison.items.total}
                    measure={measure}
                  />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollArea>
    </div>
  )
}

function Cell({ agreement, total, measure }: { agreement: Agreement | undefined; total: number; measure: Measure }) {
  if (!agreement) return <td class="self">–</td>
  const figure = agreement[measure]
  const n = measure === 'strict' ? total : agreement.paired
  if (!figure || figure.value === null)
    return (
      <td class="none">
        {whyUndefined(measure, agreement)}
        <span class="n">n {formatCount(n)}</span>
      </td>
    )
  const spell = spellerOf(measure)
  return (
    <td class={`heat-${heatOf(figure.value)}`}>
      <b>{spell(figure.value)}</b>
      <span class="range">{spellInterval(figure, spell)}</span>
      <span class="n">n {formatCount(n)}</span>
    </td>
  )
}

/** Ten shades from chance (0 and below) to 1. */
export function heatOf(value: number): number {
  return Math.min(9, Math.max(0, Math.floor(value * 10)))
}
