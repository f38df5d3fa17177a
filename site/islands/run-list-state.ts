export const choices = ['model', 'dataset', 'rubric', 'status', 'source'] as const
export type Choice = (typeof choices)[number]

/** What the address of the overview says: which runs are shown, and in which order. */
export interface RunListState {
  search: string
  /** empty where all are shown */
  chosen: Record<Choice, string>
  /** a column's name, with a minus in front for the largest first; empty for newest first */
  sort: string
}

/** Reads the address's query; columns that the table doesn't have are passed over. */
export function readRunList(query: string, columns: readonly string[]): RunListState {
  const parameters = new URLSearchParams(query)
  const sort = parameters.get('sort') ?? ''
  return {
    search: parameters.get('q') ?? '',
    chosen: Object.fromEntries(choices.map((name) => [name, parameters.get(name) ?? ''])) as Record<Choice, string>,
    sort: columns.includes(sort.replace(/^-/, '')) ? sort : '',
  }
}

/** The query for a state, with its question mark; defaults are left out. */
export function writeRunList({ search, chosen, sort }: RunListState): string {
  const parameters = new URLSearchParams()
  if (search !== '') parameters.set('q', search)
  for (const name of choices) if (chosen[name] !== '') parameters.set(name, chosen[name])
  if (sort !== '') parameters.set('sort', sort)
  const query = parameters.toString()
  return query === '' ? '' : `?${query}`
}

/** What an address without a sort means: the order the rows come in. */
const asTheyCome = '-started'

/** The order after a click on a column's head. @param down whether its first click puts the largest first */
export function nextSort(sort: string, column: string, down: boolean): string {
  const [first, second] = down ? [`-${column}`, column] : [column, `-${column}`]
  const next = (sort === '' ? asTheyCome : sort) === first ? second : first
  return next === asTheyCome ? '' : next
}
