import { counts as isCounted, scaleOf, statusName, verdictStatuses, type Rubric, type RunColumns } from 'registry'
import { describeFields } from './describe-fields.ts'
import { makeHistogram, type Histogram } from './make-histogram.ts'

/** What a run's rows say in sum. */
export interface RunOutcome {
  /** rows that were read */
  rows: number
  /** of rows whose engine told a count */
  promptTokens: Histogram
  outputTokens: Histogram
  /** sums over the rows, absent where no row has a count */
  promptTokensSum?: number
  outputTokensSum?: number
  /** the primary one first; none where the rubric isn't known */
  fields: FieldOutcome[]
}

export interface FieldOutcome {
  name: string
  title: string
  type: 'nominal' | 'ordinal' | 'boolean' | 'number' | 'text'
  primary: boolean
  /** verdicts as they stand, and those that had to be repaired first, which don't count */
  usable: number
  repaired: number
  /** by value, in the scale's order; none for number and text */
  values: { value: string; usable: number; repaired: number }[]
  /** number fields: the usable ones */
  numbers?: Histogram
  /** rows by what hid the verdict, worst first */
  unusable: { status: string; count: number }[]
}

const repairedStatus = verdictStatuses.indexOf('repaired')

/** Sums a run's columns up for its page. Rows are counted as they stand in the file. Pure. */
export function describeOutcome(columns: RunColumns, rubric: Pick<Rubric, 'fields'> | undefined): RunOutcome {
  // 0 is what columns hold where an engine gave no count
  const told = (counts: Uint32Array) => counts.filter((count) => count > 0)
  const [prompt, output] = [told(columns.promptTokens), told(columns.completionTokens)]
  return {
    rows: columns.statuses.length,
    promptTokens: makeHistogram(prompt, 1),
    outputTokens: makeHistogram(output, 1),
    ...(prompt.length > 0 ? { promptTokensSum: sum(prompt) } : {}),
    ...(output.length > 0 ? { outputTokensSum: sum(output) } : {}),
    fields: rubric ? describeFields(rubric).map((field) => describeField(field, columns, rubric)) : [],
  }
}

function describeField(
  { name, title, type, primary }: ReturnType<typeof describeFields>[number],
  columns: RunColumns,
  rubric: Pick<Rubric, 'fields'>,
): FieldOutcome {
  const column = columns.fields[name]
  const field = rubric.fields[name]
  const statuses = column?.statuses ?? new Uint8Array()
  const counts = verdictStatuses.map(() => 0)
  for (const status of statuses) counts[status] = (counts[status] ?? 0) + 1
  const usable = (status: number | undefined) => status !== undefined && isCounted(status, 'usable')
  const values = (field ? scaleOf(field) : []).map((value) => ({ value, usable: 0, repaired: 0 }))
  for (const [row, status] of statuses.entries()) {
    const value = values[column?.codes[row] ?? -1]
    if (!value) continue
    if (usable(status)) value.usable++
    else if (status === repairedStatus) value.repaired++
  }
  const numbers = column?.numbers
  return {
    name,
    title,
    type,
    primary,
    usable: sum(counts.filter((_, status) => usable(status))),
    repaired: counts[repairedStatus] ?? 0,
    values,
    ...(numbers ? { numbers: makeHistogram(numbers.filter((_, row) => usable(statuses[row]))) } : {}),
    unusable: counts.flatMap((count, status) =>
      count > 0 && !usable(status) && status !== repairedStatus ? [{ status: statusName(status), count }] : [],
    ),
  }
}

function sum(counts: Iterable<number>): number {
  let total = 0
  for (const count of counts) total += count
  return total
}
