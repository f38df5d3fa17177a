/** By position a bit for each status that some run has there. @param columns statuses by position, one array a run */
export function statusBits(columns: readonly Uint8Array[], count: number): Uint16Array {
  const bits = new Uint16Array(count)
  for (const statuses of columns)
    for (let position = 0; position < count; position++)
      bits[position] = (bits[position] as number) | (1 << (statuses[position] as number))
  return bits
}
