import { missingStatus } from 'registry'
import { joinBlocks } from './byte-blocks.ts'
import { packedArrays, rowsInOrder, type ColumnsHead, type PackedColumn } from './decode-columns.ts'
import type { PlacedRun } from './place-run.ts'

/** Where a run's texts lie: `ItemText | null` entries by position. */
export interface RunTexts {
  folder: string
  /** position of each chunk's first entry */
  starts: readonly number[]
}

/**
 * A run's columns as bytes: for each column the (status, code) pairs that occur, and one byte an item that names one of
 * them. Numbers stand beside their field; rows only where their order isn't the items'.
 */
export function encodeColumns(run: Omit<PlacedRun, 'tokens'>, texts: RunTexts): Uint8Array<ArrayBuffer> {
  const count = run.rows.length
  const noCodes = new Int32Array(count).fill(-1)
  const fields = [...run.fields].map(([name, field]) => ({ name, field, packed: pack(field.statuses, field.codes) }))
  const whole = pack(run.statuses, noCodes)
  const ordered = rowsInOrder(run.statuses)
  const inOrder = run.rows.every((row, position) => row === ordered[position])
  const head: ColumnsHead = {
    count,
    whole: whole.column,
    fields: fields.map(({ name, field, packed }) => ({
      ...packed.column,
      name,
      ...(field.numbers ? { numbers: true } : {}),
    })),
    ...(inOrder ? {} : { rows: true }),
    texts: { folder: texts.folder, chunks: texts.starts.length },
  }
  return joinBlocks(head, [
    whole.places,
    ...fields.flatMap(({ field, packed }) => (field.numbers ? [packed.places, field.numbers] : [packed.places])),
    ...(inOrder ? [] : [run.rows]),
    Uint32Array.from(texts.starts),
  ])
}

/** Tokens by position. */
export function encodeTokens(tokens: Float64Array): Uint8Array<ArrayBuffer> {
  return joinBlocks({ count: tokens.length }, [Uint32Array.from(tokens)])
}

/** Facets' columns by position, one after the other. */
export function encodeFacets(facets: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  return joinBlocks({ count: facets[0]?.length ?? 0 }, facets)
}

/** Place 0 is no row; the other places come in the order in which they first occur. */
function pack(statuses: Uint8Array, codes: Int32Array) {
  const pairs: [number, number][] = [[missingStatus, -1]]
  const placeOf = new Map<number, number>([[keyOf(missingStatus, -1), 0]])
  const places = new Uint32Array(statuses.length)
  for (let position = 0; position < statuses.length; position++) {
    const [status, code] = [statuses[position] as number, codes[position] as number]
    const key = keyOf(status, code)
    let place = placeOf.get(key)
    if (place === undefined) {
      place = pairs.length
      placeOf.set(key, place)
      pairs.push([status, code])
    }
    places[position] = place
  }
  const column: PackedColumn = { pairs, bytes: pairs.length <= 1 << 8 ? 1 : pairs.length <= 1 << 16 ? 2 : 4 }
  return { column, places: packedArrays[column.bytes].from(places) }
}

const keyOf = (status: number, code: number): number => (code + 1) * 256 + status
