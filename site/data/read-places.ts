import { open } from 'node:fs/promises'

/** Bytes read at a time, and held. */
const batchBytes = 1 << 22
/** What is left unread between two lines is cheaper to read along than to seek over, up to this. */
const gapBytes = 1 << 14

/** Where lines stand in a file: bytes. */
export interface LinePlaces {
  offsets: ArrayLike<number>
  lengths: ArrayLike<number>
}

/**
 * Lines of a file in the order asked for, `undefined` for -1. Neighbours are read together, so lines asked for in the file's
 * order cost one pass; memory holds a few MiB, or one line where it is longer.
 * @param lines places in `offsets`, by position
 */
export async function* readPlaces(
  path: string,
  { offsets, lengths }: LinePlaces,
  lines: Int32Array,
): AsyncGenerator<string | undefined> {
  await using file = await open(path)
  for (let from = 0; from < lines.length;) {
    let to = from
    for (let bytes = 0; to < lines.length && (to === from || bytes < batchBytes); to++)
      bytes += lengths[lines[to] as number] ?? 0
    const found = new Map<number, string>()
    for (const span of joinNeighbours(lines.subarray(from, to), { offsets, lengths })) {
      const buffer = Buffer.alloc(span.end - span.start)
      const { bytesRead } = await file.read(buffer, 0, buffer.length, span.start)
      if (bytesRead < buffer.length) throw new Error(`${path}: ended while it was read`)
      for (const line of span.lines) {
        const start = (offsets[line] as number) - span.start
        found.set(line, buffer.toString('utf8', start, start + (lengths[line] as number)))
      }
    }
    for (const line of lines.subarray(from, to)) yield line === -1 ? undefined : found.get(line)
    from = to
  }
}

interface Span {
  start: number
  end: number
  lines: number[]
}

function joinNeighbours(lines: Int32Array, { offsets, lengths }: LinePlaces): Span[] {
  const spans: Span[] = []
  const sorted = lines.filter((line) => line !== -1).sort((a, b) => (offsets[a] as number) - (offsets[b] as number))
  for (const line of sorted) {
    const start = offsets[line] as number
    const end = start + (lengths[line] as number)
    const last = spans.at(-1)
    if (last && start - last.end <= gapBytes && end - last.start <= batchBytes) {
      last.end = Math.max(last.end, end)
      last.lines.push(line)
    } else spans.push({ start, end, lines: [line] })
  }
  return spans
}
