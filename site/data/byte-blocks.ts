/*
 * A file of typed arrays: `BLC1`, the length of a head in bytes (uint32), the head as JSON in UTF-8, then each array
 * at the next multiple of 8. All numbers are little-endian, as on every machine a browser runs on.
 */

const magic = 'BLC1'
const alignment = 8
const preamble = 8

/** Head and arrays as one file's bytes. */
export function joinBlocks(head: object, blocks: readonly ArrayBufferView[]): Uint8Array<ArrayBuffer> {
  const headBytes = new TextEncoder().encode(JSON.stringify(head))
  const total = blocks.reduce((bytes, block) => bytes + roundUp(block.byteLength), roundUp(preamble + headBytes.length))
  const file = new Uint8Array(total)
  file.set(new TextEncoder().encode(magic))
  new DataView(file.buffer).setUint32(magic.length, headBytes.length, true)
  file.set(headBytes, preamble)
  let at = roundUp(preamble + headBytes.length)
  for (const { buffer, byteOffset, byteLength } of blocks) {
    file.set(new Uint8Array(buffer, byteOffset, byteLength), at)
    at += roundUp(byteLength)
  }
  return file
}

export interface BlockReader<Head> {
  head: Head
  /** The next array, a view of the file. @throws RangeError where the file ends before it */
  next: <Values>(make: ArrayOf<Values>, length: number) => Values
}

export interface ArrayOf<Values> {
  new (buffer: ArrayBuffer, start: number, length: number): Values
  readonly BYTES_PER_ELEMENT: number
}

/** @throws Error when the bytes are something else */
export function splitBlocks<Head>(file: Uint8Array<ArrayBuffer>): BlockReader<Head> {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
  if (new TextDecoder().decode(file.subarray(0, magic.length)) !== magic) throw new Error('no file of columns')
  const headEnd = preamble + view.getUint32(magic.length, true)
  const head = JSON.parse(new TextDecoder().decode(file.subarray(preamble, headEnd))) as Head
  let at = file.byteOffset + roundUp(headEnd)
  const next = <Values>(make: ArrayOf<Values>, length: number): Values => {
    const values = new make(file.buffer, at, length)
    at += roundUp(length * make.BYTES_PER_ELEMENT)
    return values
  }
  return { head, next }
}

function roundUp(length: number): number {
  return Math.ceil(length / alignment) * alignment
}
