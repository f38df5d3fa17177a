import type { RunColumns } from '../columns/run-columns.ts'
import type { Field } from '../formats/rubric.ts'
import { isUsable, verdictStatuses, type VerdictStatus } from '../verdicts/read-verdict.ts'

/** The status of an item that a run has no row of; worse than all others. */
export const missingStatus = verdictStatuses.length

/** One run's verdicts on one field, by the item's position in the dataset. */
export interface AlignedField {
  /** places in verdictStatuses, or missingStatus */
  statuses: Uint8Array
  /** places in the scale; -1 without a value; all -1 for numbers */
  codes: Int32Array
  /** number fields only: NaN without a value */
  numbers?: Float64Array
}

/** One run's columns joined to the dataset by custom_id. */
export interface AlignedRun {
  fields: Map<string, AlignedField>
  /** by position: the row's place in its file, -1 where there is none */
  rows: Int32Array
  /** prompt and output tokens by position, 0 where the engine gave none */
  tokens: Float64Array
}

/** Joins a run's columns to positions. Rows of ids that `positions` doesn't hold are left out. */
export function alignRun(
  columns: RunColumns,
  positions: ReadonlyMap<string, number>,
  count: number,
  fields: Readonly<Record<string, Field>>,
): AlignedRun {
  const rows = new Int32Array(count).fill(-1)
  for (let row = 0; row < columns.customIds.length; row++) {
    const position = positions.get(columns.customIds[row] as string)
    if (position !== undefined && rows[position] === -1) rows[position] = row
  }
  const tokens = new Float64Array(count)
  for (let position = 0; position < count; position++) {
    const row = rows[position] as number
    if (row >= 0) tokens[position] = (columns.promptTokens[row] as number) + (columns.completionTokens[row] as number)
  }
  const aligned = new Map<string, AlignedField>()
  for (const name of Object.keys(fields)) {
    const column = columns.fields[name]
    if (!column) continue
    const statuses = new Uint8Array(count).fill(missingStatus)
    const codes = new Int32Array(count).fill(-1)
    const numbers = column.numbers ? new Float64Array(count).fill(Number.NaN) : undefined
    for (let position = 0; position < count; position++) {
      const row = rows[position] as number
      if (row < 0) continue
      statuses[position] = column.statuses[row] as number
      codes[position] = column.codes[row] as number
      if (numbers) numbers[position] = column.numbers?.[row] as number
    }
    aligned.set(name, { statuses, codes, ...(numbers ? { numbers } : {}) })
  }
  return { fields: aligned, rows, tokens }
}

/** `ok`, `truncated`, … or `missing` */
export function statusName(status: number): VerdictStatus | 'missing' {
  return verdictStatuses[status] ?? 'missing'
}

const usable = verdictStatuses.map(isUsable)
const repaired = verdictStatuses.indexOf('repaired')

/** usable: ok and ok_extracted; with_repaired: these and repaired ones */
export type Reading = 'usable' | 'with_repaired'

export function counts(status: number, reading: Reading): boolean {
  return usable[status] === true || (reading === 'with_repaired' && status === repaired)
}

/** The worse of two statuses: missing is the worst, then they are in the list's order. */
export function worseStatus(a: number, b: number): number {
  return a === missingStatus || b === missingStatus ? missingStatus : Math.min(a, b)
}
