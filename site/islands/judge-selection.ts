import { isUsable, judgeItem, verdictStatuses, type AlignedRun, type ItemJudgement, type Say } from 'registry'
import type { CompareField } from '../data/compare-data.ts'
import { filters, type Filter } from './compare-state.ts'

/** One run's columns by position. */
export type SelectedColumns = Pick<AlignedRun, 'fields'> & { statuses: Uint8Array }

const agrees = 1
const disagrees = 2
const fails = 4
const bits: Record<Filter, number> = { all: 0, agree: agrees, disagree: disagrees, error: fails }
const usable = verdictStatuses.map(isUsable)

/** What each run says on one field of one item: a code or a number where usable, else null. */
export function saysOf(field: CompareField, columns: readonly SelectedColumns[], position: number): Say[] {
  return columns.map(({ fields }) => {
    const column = fields.get(field.name)
    if (!column || usable[column.statuses[position] ?? -1] !== true) return null
    const value = field.type === 'number' ? column.numbers?.[position] : column.codes[position]
    return value === undefined || Number.isNaN(value) || (field.type !== 'number' && value < 0) ? null : value
  })
}

/** One field of one item over the selected runs. */
export function judgePosition(
  field: CompareField,
  columns: readonly SelectedColumns[],
  position: number,
): ItemJudgement {
  return judgeItem(saysOf(field, columns, position), field.tolerance)
}

/** One field of every item: bits for agree, disagree and error by position. Done once for a selection. */
export function judgeSelection(
  field: CompareField,
  columns: readonly SelectedColumns[],
  count: number,
): Uint8Array<ArrayBuffer> {
  const judged = new Uint8Array(count)
  for (let position = 0; position < count; position++) {
    const { agree, disagree, error } = judgePosition(field, columns, position)
    judged[position] = (agree ? agrees : 0) | (disagree ? disagrees : 0) | (error ? fails : 0)
  }
  return judged
}

/** Positions that a filter lets through, out of those given. */
export function filterPositions(judged: Uint8Array, filter: Filter, positions: readonly number[]): readonly number[] {
  const bit = bits[filter]
  return bit === 0 ? positions : positions.filter((position) => ((judged[position] ?? 0) & bit) !== 0)
}

export function isDisagreement(judged: Uint8Array, position: number): boolean {
  return ((judged[position] ?? 0) & disagrees) !== 0
}

/** How many items each filter would show, out of the positions given. */
export function countFilters(judged: Uint8Array, positions: readonly number[]): Record<Filter, number> {
  const counts: Record<Filter, number> = { all: 0, agree: 0, disagree: 0, error: 0 }
  for (const name of filters) counts[name] = filterPositions(judged, name, positions).length
  return counts
}
