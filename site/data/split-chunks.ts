const target = 128 * 1024

/**
 * Cuts entries, given as JSON texts, into runs of about 128 KB each, so that opening one item fetches little.
 * An entry larger than that stands alone. Gives the position of each part's first entry; none for no entries.
 */
export function splitChunks(entries: readonly string[], size = target): number[] {
  const starts: number[] = []
  let length = 0
  for (const [position, entry] of entries.entries()) {
    if (position === 0 || length + entry.length > size) {
      starts.push(position)
      length = 0
    }
    length += entry.length
  }
  return starts
}
