import { formatCount } from 'registry'
import { makeVisible } from '../../data/make-visible.ts'
import { itemsLink, modelOf, pairsOf, type AgreementView } from './agreement-view.ts'

/** What one run says where another says something, for every pair; a number leads to its items. */
export function ConfusionTables(view: AgreementView) {
  const { figures, set } = view
  return (
    <div class="confusions">
      {pairsOf(figures).map(({ a, b }, place) => (
        <ConfusionTable key={`${a}.${b}`} {...view} pair={[a, b]} counts={set.confusion[place] ?? []} />
      ))}
    </div>
  )
}

function ConfusionTable(view: AgreementView & { pair: [number, number]; counts: number[][] }) {
  const { figures, set, pair, counts } = view
  const [first, second] = [figures.runs[pair[0]], figures.runs[pair[1]]]
  if (!first || !second) return null
  const names = [...(set.comparison.scale ?? []).map(makeVisible), 'not usable']
  const most = Math.max(1, ...counts.flat())
  const sum = (row: readonly number[]) => row.reduce((total, count) => total + count, 0)
  const columns = names.map((_, column) => sum(counts.map((row) => row[column] ?? 0)))
  const codeOf = (place: number) => (place === names.length - 1 ? -1 : place)
  return (
    <div class="scroll">
      <table class="sheet confusion">
        <caption>
          <span class="letter">{first.name}</span> {modelOf(first)} in rows, <span class="letter">{second.name}</span>{' '}
          {modelOf(second)} in columns
        </caption>
        <thead>
          <tr>
            <th scope="col">
              {first.name} <span aria-hidden="true">↓</span> {second.name} <span aria-hidden="true">→</span>
            </th>
            {names.map((name, column) => (
              <th key={name} scope="col" class={column === names.length - 1 ? 'off' : undefined}>
                {name}
              </th>
            ))}
            <th scope="col">all</th>
          </tr>
        </thead>
        <tbody>
          {counts.map((row, place) => (
            <tr key={names[place]} class={place === names.length - 1 ? 'off' : undefined}>
              <th scope="row">{names[place]}</th>
              {row.map((count, column) => {
                const href = count === 0 ? undefined : itemsLink(view, pair, [codeOf(place), codeOf(column)])
                const label = `${formatCount(count)} items: ${first.name} ${names[place]}, ${second.name} ${names[column]}`
                const shade = count === 0 ? '' : ` heat-${Math.min(9, Math.floor(Math.sqrt(count / most) * 9.99))}`
                return (
                  <td
                    key={names[column]}
                    class={`number${place === column && place < names.length - 1 ? ' same' : ''}${shade}`}
                  >
                    {href === undefined ? (
                      formatCount(count)
                    ) : (
                      <a href={href} aria-label={label}>
                        {formatCount(count)}
                      </a>
                    )}
                  </td>
                )
              })}
              <td class="number">{formatCount(sum(row))}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">all</th>
            {columns.map((count, column) => (
              <td key={names[column]} class="number">
                {formatCount(count)}
              </td>
            ))}
            <td class="number">{formatCount(sum(columns))}</td>
          </tr>
        </tfoot>
      </table>
    </div>
  )
}
