import { distanceOf, type Distance } from '../agreement/item-distance.ts'
import { scaleOf } from '../columns/run-columns.ts'
import type { Field } from '../formats/rubric.ts'
import { counts, type AlignedField, type Reading } from './aligned-run.ts'

/** A field that can be compared: all but text. */
export type ComparedField = Exclude<Field, { type: 'text' }>

/** What several runs (and a reference) say on one field, as codes that mean the same for all of them. */
export interface FieldCodes {
  field: ComparedField
  /** q: the length of the scale; for numbers how many different ones there are */
  size: number
  /** number fields: what the codes stand for, ascending */
  numbers?: Float64Array
  distance: Distance
  isEqual: (first: number, second: number) => boolean
  /** each run's codes of one reading by position, -1 where there is none */
  codes: Record<Reading, Int32Array[]>
  statuses: Uint8Array[]
  /** the reference by position, -1 without one */
  reference: Int32Array
}

/** @param reference values by position, undefined without one; every one fits the field */
export function codeField(
  field: ComparedField,
  columns: readonly AlignedField[],
  reference: ReadonlyMap<number, string | number | boolean>,
): FieldCodes {
  const count = columns[0]?.codes.length ?? 0
  const referenceCodes = new Int32Array(count).fill(-1)
  let raw = columns.map(({ codes }) => codes)
  let numbers: Float64Array | undefined
  if (field.type === 'number') {
    numbers = distinct([
      ...columns.map((column) => column.numbers ?? new Float64Array()),
      Float64Array.from(reference.values(), Number),
    ])
    const codeOf = new Map(Array.from(numbers, (value, code) => [value, code]))
    raw = columns.map((column) => Int32Array.from(column.numbers ?? [], (value) => codeOf.get(value) ?? -1))
    for (const [position, value] of reference) referenceCodes[position] = codeOf.get(Number(value)) ?? -1
  } else {
    const scale = scaleOf(field)
    for (const [position, value] of reference) referenceCodes[position] = scale.indexOf(String(value))
  }
  const size = numbers ? numbers.length : scaleOf(field).length
  const distance = distanceOf(field, size, numbers)
  const read = (reading: Reading) =>
    raw.map((codes, run) => {
      const { statuses } = columns[run] as AlignedField
      return codes.map((code, position) => (counts(statuses[position] as number, reading) ? code : -1))
    })
  return {
    field,
    size,
    ...(numbers ? { numbers } : {}),
    distance,
    isEqual: (first, second) => distance(first, second) === 0,
    codes: { usable: read('usable'), with_repaired: read('with_repaired') },
    statuses: columns.map(({ statuses }) => statuses),
    reference: referenceCodes,
  }
}

function distinct(columns: readonly Float64Array[]): Float64Array {
  const found = new Set<number>()
  for (const column of columns) for (const value of column) if (!Number.isNaN(value)) found.add(value === 0 ? 0 : value)
  return Float64Array.from(found).sort()
}

/** What a code says to a person. */
export function valueOf({ field, numbers }: Pick<FieldCodes, 'field' | 'numbers'>, code: number): string {
  return numbers ? String(numbers[code]) : (scaleOf(field)[code] ?? '')
}
