import { formatCount, notMeasured } from 'registry'
import { hasRepairs, lettersOf, type AgreementView } from './agreement-view.ts'
import { ScrollArea } from './scroll-area.tsx'
import { spellCoefficient } from './spell-figures.ts'

/** What each pair's figures are made from: items paired and equal, and why the others were dropped. */
export function PairsTable({ figures, set }: AgreementView) {
  const { pairs, items } = set.comparison
  const letter = lettersOf(figures)
  const repairs = hasRepairs(set)
  const reasons = [...new Set(pairs.flatMap(({ usable }) => Object.keys(usable.dropped)))].sort()
  return (
    <ScrollArea label="Items behind the figures">
      <table class="sheet narrow">
        <caption>Items behind the figures, of {formatCount(items.total)}</caption>
        <thead>
          <tr>
            <th scope="col">pair</th>
            <th scope="col" class="number">
              n paired
            </th>
            <th scope="col" class="number">
              equal
            </th>
            <th scope="col" class="number">
              mean distance
            </th>
            {repairs && (
              <th scope="col" class="number">
                n with repaired
              </th>
            )}
            <th scope="col" class="number">
              dropped
            </th>
            {reasons.map((reason) => (
              <th key={reason} scope="col" class="number">
                {reason.replaceAll('_', ' ')}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {pairs.map(({ a, b, usable, with_repaired: more }) => (
            <tr key={a + b}>
              <th scope="row">
                <span class="letter">{letter(a)}</span> – <span class="letter">{letter(b)}</span>
              </th>
              <td class="number">{formatCount(usable.paired)}</td>
              <td class="number">{formatCount(usable.equal)}</td>
              <td class="number">{usable.distance === null ? notMeasured : spellCoefficient(usable.distance)}</td>
              {repairs && <td class="number">{formatCount(more.paired)}</td>}
              <td class="number">{formatCount(items.total - usable.paired)}</td>
              {reasons.map((reason) => (
                <td key={reason} class="number">
                  {formatCount(usable.dropped[reason] ?? 0)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollArea>
  )
}
