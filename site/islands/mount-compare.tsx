import { render } from 'preact'
import { CompareApp } from './compare-app.tsx'
import { readState } from './compare-state.ts'
import { DataSource } from './data-source.ts'

const place = document.querySelector<HTMLElement>('#compare')
const { root = './', ledger = '', only, pages = '{}' } = place?.dataset ?? {}
// without a dataset in the address the page keeps its list of them, unless there is only one
if (place && (readState(location.search).dataset ?? only) !== undefined) {
  const source = new DataSource(root)
  const datasets = new Map(Object.entries(JSON.parse(pages) as Record<string, string>))
  place.replaceChildren()
  render(<CompareApp source={source} root={root} ledger={ledger} datasets={datasets} only={only} />, place)
}
