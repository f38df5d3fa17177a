import type { FieldCodes } from './field-codes.ts'

/**
 * What the second run says where the first says something: a row a code of the first, a column a code of the second, the
 * last of each for items without a usable verdict. Every item is in exactly one cell. @param size q
 */
export function countConfusion(
  { codes, size }: Pick<FieldCodes, 'codes' | 'size'>,
  [a, b]: readonly [number, number],
): number[][] {
  const [first, second] = [codes.usable[a] as Int32Array, codes.usable[b] as Int32Array]
  const width = size + 1
  const counts = new Float64Array(width * width)
  for (let position = 0; position < first.length; position++) {
    const [row, column] = [first[position] as number, second[position] as number]
    const cell = (row < 0 ? size : row) * width + (column < 0 ? size : column)
    counts[cell] = (counts[cell] as number) + 1
  }
  return Array.from({ length: width }, (_, row) => Array.from(counts.subarray(row * width, (row + 1) * width)))
}
