import { missingStatus, type AlignedField } from 'registry'
import { splitBlocks } from './byte-blocks.ts'
import type { Chunks } from './compare-data.ts'
import type { PlacedRun } from './place-run.ts'

/** The head of a file of columns; its arrays follow in this order, `rows` and the texts' starts at the end. */
export interface ColumnsHead {
  count: number
  /** the rows' worst statuses */
  whole: PackedColumn
  fields: (PackedColumn & { name: string; numbers?: true })[]
  /** rows don't stand in the items' order */
  rows?: true
  texts: { folder: string; chunks: number }
}

/** The (status, code) pairs an array of places stands for; place 0 is no row. */
export interface PackedColumn {
  pairs: [status: number, code: number][]
  /** of a place */
  bytes: 1 | 2 | 4
}

export const packedArrays = { 1: Uint8Array, 2: Uint16Array, 4: Uint32Array } as const

export interface RunData extends PlacedRun {
  texts: Chunks
}

/**
 * A run's columns as `encodeColumns` wrote them; tokens lie in a file of their own, so there are none here.
 * @param expected items, where the caller knows
 * @throws Error when the bytes are something else or hold another number of items
 */
export function decodeColumns(file: Uint8Array<ArrayBuffer>, expected?: number): RunData {
  const { head, next } = splitBlocks<ColumnsHead>(file)
  const { count } = head
  if (expected !== undefined) refuseCount(count, expected)
  const unpack = ({ pairs, bytes }: PackedColumn) => {
    const places: Uint8Array | Uint16Array | Uint32Array = next<Uint8Array | Uint16Array | Uint32Array>(
      packedArrays[bytes],
      count,
    )
    const statusAt = Uint8Array.from(pairs, ([status]) => status)
    const codeAt = Int32Array.from(pairs, ([, code]) => code)
    const statuses = new Uint8Array(count)
    const codes = new Int32Array(count)
    for (let position = 0; position < count; position++) {
      const place = places[position] as number
      statuses[position] = statusAt[place] as number
      codes[position] = codeAt[place] as number
    }
    return { statuses, codes }
  }
  const { statuses } = unpack(head.whole)
  const fields = new Map<string, AlignedField>()
  for (const column of head.fields) {
    const { name, numbers } = column
    fields.set(name, { ...unpack(column), ...(numbers ? { numbers: next(Float64Array, count) } : {}) })
  }
  const rows = head.rows ? next(Int32Array, count) : rowsInOrder(statuses)
  const starts = Array.from(next(Uint32Array, head.texts.chunks))
  return { statuses, fields, rows, tokens: new Float64Array(), texts: { folder: head.texts.folder, starts } }
}

/** Prompt and output tokens by position. @throws Error as `decodeColumns` */
export function decodeTokens(file: Uint8Array<ArrayBuffer>, count: number): Float64Array {
  const { head, next } = splitBlocks<{ count: number }>(file)
  refuseCount(head.count, count)
  return Float64Array.from(next(Uint32Array, count))
}

/** Facets by position. @throws Error as `decodeColumns` */
export function decodeFacets(file: Uint8Array<ArrayBuffer>, count: number, facets: number): Uint8Array[] {
  const { head, next } = splitBlocks<{ count: number }>(file)
  refuseCount(head.count, count)
  return Array.from({ length: facets }, () => next(Uint8Array, count))
}

/** The places of rows that stand in the items' order: items without a row have none. */
export function rowsInOrder(statuses: Uint8Array): Int32Array {
  const rows = new Int32Array(statuses.length)
  let row = 0
  for (let position = 0; position < statuses.length; position++)
    rows[position] = statuses[position] === missingStatus ? -1 : row++
  return rows
}

function refuseCount(found: number, expected: number): void {
  if (found !== expected) throw new Error(`the file holds ${found} items, expected ${expected}: reload the page`)
}
