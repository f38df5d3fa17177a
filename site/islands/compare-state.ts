export const filters = ['all', 'agree', 'disagree', 'error'] as const
export type Filter = (typeof filters)[number]

/** What the address of the compare page says. */
export interface CompareState {
  dataset: string | undefined
  /** run ids; undefined when the address names none, so that the newest are ticked */
  runs: readonly string[] | undefined
  filter: Filter
  /** a field's name; undefined is the primary field */
  field: string | undefined
  /** custom_id of the open item */
  item: string | undefined
  search: string
  /** only the judged field is shown */
  only: boolean
}

/** Reads the address's query; what it doesn't know falls back to the default. */
export function readState(query: string): CompareState {
  const parameters = new URLSearchParams(query)
  const runs = parameters.getAll('runs').flatMap((value) => value.split(','))
  const filter = parameters.get('filter')
  const field = parameters.get('field') ?? ''
  return {
    dataset: parameters.get('dataset') ?? undefined,
    runs: parameters.has('runs') ? [...new Set(runs.filter((run) => run !== ''))] : undefined,
    filter: filters.find((name) => name === filter) ?? 'all',
    field: field === '' || field === 'primary' ? undefined : field,
    item: parameters.get('item') ?? undefined,
    search: parameters.get('q') ?? '',
    only: parameters.get('only') === '1',
  }
}

/** The query for a state; defaults are left out. */
export function writeState(state: CompareState): string {
  const parts: [string, string | undefined][] = [
    ['dataset', state.dataset],
    ['runs', state.runs?.map(encodeURIComponent).join(',')],
    ['filter', state.filter === 'all' ? undefined : state.filter],
    ['field', state.field],
    ['q', state.search === '' ? undefined : state.search],
    ['only', state.only ? '1' : undefined],
    ['item', state.item],
  ]
  return parts
    .filter(([, value]) => value !== undefined)
    .map(([name, value = '']) => `${name}=${name === 'runs' ? value : encodeURIComponent(value)}`)
    .join('&')
}
