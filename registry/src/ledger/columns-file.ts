import { endianness } from 'node:os'
import type { FieldColumn, RunColumns } from '../columns/run-columns.ts'
import { sha256 } from './digest.ts'
import { packIds, unpackIds } from './pack-ids.ts'

/** Changes with the layout below. */
const magic = `batchledger columns 1 ${endianness()}\n`
/** the magic, the SHA-256 of all that follows in hex, a line break */
const bodyAt = magic.length + 65
const alignment = 8

interface Head {
  about: unknown
  parserVersion: number
  fields: { name: string; hasNumbers: boolean }[]
  /** bytes of the blocks that follow, in order; each begins at a multiple of 8 after the body's start */
  blocks: number[]
}

/** Run columns and what stands beside them, as bytes for a file of this machine: checksummed, its arrays aligned. */
export function encodeColumns(columns: RunColumns, about: unknown): Buffer {
  const { text, ends } = packIds(columns.customIds)
  const fields = Object.entries(columns.fields)
  const blocks: NodeJS.ArrayBufferView[] = [
    // UTF-16, since an id may hold half a surrogate pair
    Buffer.from(text, 'utf16le'),
    ends,
    columns.statuses,
    columns.promptTokens,
    columns.completionTokens,
    columns.offsets,
    columns.lengths,
    ...fields.flatMap(([, { statuses, codes, numbers }]) => [statuses, codes, ...(numbers ? [numbers] : [])]),
  ]
  const head: Head = {
    about,
    parserVersion: columns.parserVersion,
    fields: fields.map(([name, { numbers }]) => ({ name, hasNumbers: numbers !== undefined })),
    blocks: blocks.map((block) => block.byteLength),
  }
  const headBytes = Buffer.from(JSON.stringify(head))
  const headLength = Buffer.alloc(alignment)
  headLength.writeDoubleLE(headBytes.length)
  const body = Buffer.concat([headLength, ...[headBytes, ...blocks].flatMap(padded)])
  return Buffer.concat([Buffer.from(`${magic}${sha256(body)}\n`), body])
}

/** Undefined for anything that isn't, byte for byte, what `encodeColumns` gave on a machine like this one. */
export function decodeColumns(file: Buffer): { columns: RunColumns; about: unknown } | undefined {
  if (file.toString('latin1', 0, magic.length) !== magic) return undefined
  // a copy, so that the arrays below are aligned
  const body = Buffer.from(new Uint8Array(file.subarray(bodyAt)).buffer)
  if (`${sha256(body)}\n` !== file.toString('latin1', magic.length, bodyAt)) return undefined
  const headLength = body.readDoubleLE()
  const head = JSON.parse(body.toString('utf8', alignment, alignment + headLength)) as Head
  let at = alignment + roundUp(headLength)
  const places = head.blocks.map((length) => {
    const place = { start: at, length }
    at += roundUp(length)
    return place
  })
  const next = <Values>(
    make: new (buffer: ArrayBuffer, start: number, length: number) => Values,
    bytesEach: number,
  ): Values => {
    const { start, length } = places.shift() as { start: number; length: number }
    return new make(body.buffer, start, length / bytesEach)
  }
  const text = Buffer.from(next(Uint8Array, 1)).toString('utf16le')
  const columns: RunColumns = {
    parserVersion: head.parserVersion,
    customIds: unpackIds({ text, ends: next(Uint32Array, 4) }),
    statuses: next(Uint8Array, 1),
    promptTokens: next(Uint32Array, 4),
    completionTokens: next(Uint32Array, 4),
    offsets: next(Float64Array, 8),
    lengths: next(Uint32Array, 4),
    fields: {},
  }
  for (const { name, hasNumbers } of head.fields) {
    const column: FieldColumn = { statuses: next(Uint8Array, 1), codes: next(Int16Array, 2) }
    if (hasNumbers) column.numbers = next(Float64Array, 8)
    columns.fields[name] = column
  }
  return { columns, about: head.about }
}

function padded(block: NodeJS.ArrayBufferView): Uint8Array[] {
  const bytes = new Uint8Array(block.buffer, block.byteOffset, block.byteLength)
  return [bytes, new Uint8Array(roundUp(bytes.length) - bytes.length)]
}

function roundUp(length: number): number {
  return Math.ceil(length / alignment) * alignment
}
