import { verdictStatuses } from 'registry'
import { encodeText } from '../data/encode-text.ts'
import { modeParts, readMode, type WalkMode } from './adjudication/walk-mode.ts'

export const filters = ['all', 'agree', 'disagree', 'error'] as const
export type Filter = (typeof filters)[number]

/** The parse statuses one can ask for. */
export const statusNames = [...verdictStatuses, 'missing'] as const
export type StatusName = (typeof statusNames)[number]

/** “A says X, B says Y”: two of the ticked runs by their columns' places, and a code each; -1 is no usable verdict. */
export interface PairAsk {
  a: number
  b: number
  /** absent while only the runs of the table are chosen */
  says?: readonly [number, number]
}

/** What the address of the compare page says. */
export interface CompareState {
  dataset: string | undefined
  /** run ids; undefined when the address names none, so that the newest are ticked */
  runs: readonly string[] | undefined
  filter: Filter
  /** a field's name; undefined is the primary field */
  field: string | undefined
  /** some run has this parse status */
  status: StatusName | undefined
  /** the status is the whole row's instead of the judged field's */
  wholeRow: boolean
  /** at least so many places of the scale apart */
  gap: number | undefined
  pair: PairAsk | undefined
  /** facet → value */
  facets: Readonly<Record<string, string>>
  /** farthest apart first, instead of the dataset's order */
  byDistance: boolean
  /** custom_id of the open item */
  item: string | undefined
  /** where to look for it first */
  at: number | undefined
  search: string
  /** only the judged field is shown */
  only: boolean
  /** judging with the models hidden, instead of the comparison */
  mode: WalkMode | undefined
}

/** What narrows the list, at its widest. */
export const noFilter = {
  filter: 'all',
  status: undefined,
  wholeRow: false,
  gap: undefined,
  pair: undefined,
  facets: {},
  search: '',
} as const satisfies Partial<CompareState>

const facetPrefix = 'facet.'

/** Reads the address's query; what it doesn't know falls back to the default. */
export function readState(query: string): CompareState {
  const parameters = new URLSearchParams(query)
  const runs = parameters.getAll('runs').flatMap((value) => value.split(','))
  const filter = parameters.get('filter')
  const status = parameters.get('status')
  const field = parameters.get('field') ?? ''
  const gap = readPlace(parameters.get('gap') ?? '')
  return {
    dataset: parameters.get('dataset') ?? undefined,
    runs: parameters.has('runs') ? [...new Set(runs.filter((run) => run !== ''))] : undefined,
    filter: filters.find((name) => name === filter) ?? 'all',
    field: field === '' || field === 'primary' ? undefined : field,
    status: statusNames.find((name) => name === status),
    wholeRow: parameters.get('of') === 'row',
    gap: gap === 0 ? undefined : gap,
    pair: readPair(parameters.get('pair') ?? ''),
    facets: Object.fromEntries(
      [...parameters]
        .filter(([name]) => name.startsWith(facetPrefix))
        .map(([name, value]) => [name.slice(facetPrefix.length), value]),
    ),
    byDistance: parameters.get('sort') === 'distance',
    item: parameters.get('item') ?? undefined,
    at: readPlace(parameters.get('at') ?? ''),
    search: parameters.get('q') ?? '',
    only: parameters.get('only') === '1',
    mode: readMode(parameters),
  }
}

/** The query for a state; defaults are left out. */
export function writeState(state: CompareState): string {
  const parts: [string, string | undefined][] = [
    ['dataset', state.dataset],
    ['runs', state.runs?.map(encodeText).join(',')],
    ['filter', state.filter === 'all' ? undefined : state.filter],
    ['field', state.field],
    ['status', state.status],
    ['of', state.wholeRow ? 'row' : undefined],
    ['gap', state.gap === undefined ? undefined : String(state.gap)],
    ['pair', state.pair && writePair(state.pair)],
    ...Object.entries(state.facets).map(([name, value]): [string, string] => [facetPrefix + encodeText(name), value]),
    ['sort', state.byDistance ? 'distance' : undefined],
    ['q', state.search === '' ? undefined : state.search],
    ['only', state.only ? '1' : undefined],
    ...modeParts(state.mode),
    ['item', state.item],
    ['at', state.item === undefined || state.at === undefined ? undefined : String(state.at)],
  ]
  return parts
    .filter(([, value]) => value !== undefined)
    .map(([name, value = '']) => `${name}=${name === 'runs' ? value : encodeText(value)}`)
    .join('&')
}

/**
 * The pair after the ticked runs changed: the same two runs in their new places; undefined when one of them is gone.
 * @param before run ids by column @param after the same
 */
export function movePair(
  pair: PairAsk | undefined,
  before: readonly string[],
  after: readonly string[],
): PairAsk | undefined {
  if (!pair) return undefined
  const [a, b] = [pair.a, pair.b].map((place) => after.indexOf(before[place] ?? ''))
  return a === undefined || b === undefined || a < 0 || b < 0 ? undefined : { ...pair, a, b }
}

/** `0.1.2.x`: run 0 says code 2, run 1 has no usable verdict; `0.1`: only the runs of the table. */
function writePair({ a, b, says }: PairAsk): string {
  return [a, b, ...(says ?? []).map((code) => (code < 0 ? 'x' : code))].join('.')
}

function readPair(text: string): PairAsk | undefined {
  const match = /^(\d)\.(\d)(?:\.(\d{1,4}|x)\.(\d{1,4}|x))?$/.exec(text)
  const [a, b] = [Number(match?.[1]), Number(match?.[2])]
  if (!match || a === b) return undefined
  const [first, second] = [match[3], match[4]]
  if (first === undefined || second === undefined) return { a, b }
  return { a, b, says: [readCode(first), readCode(second)] }
}

function readCode(text: string): number {
  return text === 'x' ? -1 : Number(text)
}

function readPlace(text: string): number | undefined {
  return /^\d{1,9}$/.test(text) ? Number(text) : undefined
}
