import { formatChance, formatCount, formatShare, notMeasured, type Differences, type Ranking } from 'registry'
import { lettersOf, modelOf, type AgreementView } from './agreement-view.ts'
import { IntervalBar } from './interval-bar.tsx'
import { spellCoefficient, spellInterval, spellPoints } from './spell-figures.ts'
import { ScrollArea } from './scroll-area.tsx'

/** The runs in order, and how sure each step of it is. */
export function RankingReport({ figures, ranking }: AgreementView & { ranking: Ranking }) {
  const isAccuracy = ranking.by === 'accuracy'
  const letter = lettersOf(figures)
  const spell = isAccuracy ? spellPoints : spellCoefficient
  const ends = ranking.differences.flatMap(({ difference: { value, low, high } }) => [value ?? 0, low ?? 0, high ?? 0])
  const reach = Math.max(0.01, ...ends.map(Math.abs))
  return (
    <>
      <p>
        {isAccuracy
          ? `By accuracy, on the ${formatCount(ranking.items)} labelled items usable in all runs.`
          : `By closeness to the other runs, which is not correctness, on the ${formatCount(ranking.items)} items usable in all runs: mean distance, 0 is closest.`}
      </p>
      <ol class="ranks">
        {ranking.runs.map(({ run_id: runId, score }) => {
          const run = figures.runs.find(({ run_id: id }) => id === runId)
          return (
            <li key={runId}>
              <span class="letter">{letter(runId)}</span> {run && modelOf(run)}{' '}
              <b>{isAccuracy ? `${formatShare(score)} %` : spellCoefficient(score)}</b>
            </li>
          )
        })}
      </ol>
      <ScrollArea label="Paired differences">
        <table class="sheet narrow">
          <caption>Paired differences{isAccuracy ? ', in points' : ', in distance'}</caption>
          <thead>
            <tr>
              <th scope="col">better – worse</th>
              <th scope="col" class="number">
                difference
              </th>
              <th scope="col">95 % interval</th>
              <td class="picture-head">
                <span class="ends">
                  <span>{spell(-reach)}</span>
                  <span>0</span>
                  <span>{spell(reach)}</span>
                </span>
              </td>
              <th scope="col">the order</th>
            </tr>
          </thead>
          <tbody>
            {ranking.differences.map(({ better, worse, difference }) => {
              const { value, low, high } = difference
              const open = low === null || high === null || (low <= 0 && high >= 0)
              return (
                <tr key={better + worse}>
                  <th scope="row">
                    <span class="letter">{letter(better)}</span> – <span class="letter">{letter(worse)}</span>
                  </th>
                  <td class="number">{value === null ? 'undefined: no item is usable in all' : spell(value)}</td>
                  <td>{spellInterval(difference, spell)}</td>
                  <td>
                    <IntervalBar value={value} low={low} high={high} from={-reach} to={reach} />
                  </td>
                  <td>{open ? 'may be chance: the interval holds 0' : 'holds'}</td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </ScrollArea>
    </>
  )
}

/** Every pair by the exact McNemar test. */
export function DifferencesReport({ figures, differences }: AgreementView & { differences: Differences }) {
  const letter = lettersOf(figures)
  const isAccuracy = differences.of === 'accuracy'
  const right = isAccuracy ? 'right' : 'positive'
  return (
    <>
      <p>
        Difference in {isAccuracy ? 'accuracy' : 'the rate of positive verdicts (the rubric’s binary cut)'}, adjusted
        over {differences.pairs.length === 1 ? 'one pair' : `${differences.pairs.length} pairs`}.
      </p>
      <ScrollArea label="Are two runs different?">
        <table class="sheet narrow">
          <caption>Are two runs different?</caption>
          <thead>
            <tr>
              <th scope="col">pair</th>
              {['n', 'points', `only first ${right}`, `only second ${right}`, 'p', 'p (Holm)'].map((name) => (
                <th key={name} scope="col" class="number">
                  {name}
                </th>
              ))}
              <th scope="col">at 5 %</th>
            </tr>
          </thead>
          <tbody>
            {differences.pairs.map(({ a, b, items, difference, only_a: first, only_b: second, p, p_holm: holm }) => (
              <tr key={a + b}>
                <th scope="row">
                  <span class="letter">{letter(a)}</span> – <span class="letter">{letter(b)}</span>
                </th>
                <td class="number">{formatCount(items)}</td>
                <td class="number">{difference === null ? notMeasured : spellPoints(difference)}</td>
                <td class="number">{formatCount(first)}</td>
                <td class="number">{formatCount(second)}</td>
                <td class="number">{formatChance(p)}</td>
                <td class="number">{formatChance(holm)}</td>
                <td>{holm < 0.05 ? <b>differ</b> : 'not shown to differ'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollArea>
    </>
  )
}
