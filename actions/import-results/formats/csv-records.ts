import type { UnreadableRow } from '../source-row.ts'

export interface CsvRecord {
  cells: string[]
  /** line the record starts in, from 1, and the one it ends in */
  place: number
  to: number
  finding?: never
}

const longestRecord = 64 << 20

/**
 * Records of a CSV text (RFC 4180: quotes around cells, doubled inside, line breaks allowed within), chunk by chunk. Our own
 * since every line must be accounted for: a quote that is never closed gives the lines it swallowed.
 */
export async function* readCsv(
  chunks: AsyncIterable<string>,
  separator: string,
): AsyncGenerator<CsvRecord | UnreadableRow> {
  let cells: string[] = []
  let cell = ''
  let quoted = false
  let closed = false
  let line = 1
  let place = 1
  const record = (): CsvRecord | undefined => {
    const whole = [...cells, cell]
    cells = []
    cell = ''
    closed = false
    return whole.length === 1 && whole[0]?.trim() === '' ? undefined : { cells: whole, place, to: line }
  }
  let pendingQuote = false
  for await (const chunk of chunks) {
    for (const char of chunk) {
      if (pendingQuote) {
        pendingQuote = false
        if (char === '"') {
          cell += '"'
          continue
        }
        quoted = false
        closed = true
      }
      if (quoted) {
        if (char === '"') pendingQuote = true
        else {
          if (char === '\n') line++
          cell += char
        }
      } else if (char === '"' && cell === '' && !closed) quoted = true
      else if (char === separator) {
        cells.push(cell)
        cell = ''
        closed = false
      } else if (char === '\n') {
        const found = record()
        if (found) yield found
        line++
        place = line
      } else if (char !== '\r') cell += char
      if (cell.length > longestRecord) {
        yield { place, to: line, finding: 'the record is longer than 64 MiB' }
        return
      }
    }
  }
  if (quoted && !pendingQuote) {
    yield { place, to: line, finding: 'a quote is opened and never closed' }
    return
  }
  const last = record()
  if (last) yield last
}
