/** What one cell of a CSV file may hold. Nothing (undefined) is an empty cell. */
export type CsvCell = string | number | boolean | undefined

/**
 * One line of a CSV file by RFC 4180, its line break (CRLF) included. A number or boolean stands as it is. Text is
 * somebody's, so it can't act in a spreadsheet: where it starts with = + - @ (also in full width), a tab or a line break,
 * an apostrophe goes before it; NUL, which readers choke on, becomes ␀. Empty text is "", nothing is an empty cell.
 */
export function formatCsvLine(cells: readonly CsvCell[]): string {
  return `${cells.map((cell) => formatCell(cell)).join(',')}\r\n`
}

function formatCell(cell: CsvCell): string {
  if (cell === undefined) return ''
  if (typeof cell !== 'string') return String(cell)
  const guarded = /^[=+\-@＝＋－＠\t\r\n]/.test(cell) ? `'${cell}` : cell
  const text = guarded.replaceAll('\0', '␀')
  return text === '' || /[",;\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
