/** Ids as one string and the place where each ends: thousands of strings are slow to send or store and large to hold. */
export interface PackedIds {
  text: string
  ends: Uint32Array<ArrayBuffer>
}

export function packIds(ids: readonly string[]): PackedIds {
  const ends = new Uint32Array(ids.length)
  let end = 0
  for (const [place, id] of ids.entries()) ends[place] = end += id.length
  return { text: ids.join(''), ends }
}

export function unpackIds({ text, ends }: PackedIds): string[] {
  const ids: string[] = []
  let start = 0
  for (const end of ends) {
    ids.push(text.slice(start, end))
    start = end
  }
  return ids
}
