import { strict as assert } from 'node:assert'

/** Reads a whole CSV file by RFC 4180, strictly: CRLF, quotes only round a whole cell, every line as wide as the first. */
export function parseCsv(text: string): Record<string, string>[] {
  const cell = /"((?:[^"]|"")*)"|([^",\r\n]*)/y
  const lines: string[][] = []
  let line: string[] = []
  for (let at = 0; at < text.length;) {
    cell.lastIndex = at
    const [whole = '', quoted, plain = ''] = cell.exec(text) ?? []
    line.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'))
    at += whole.length
    if (text.startsWith('\r\n', at)) {
      lines.push(line)
      line = []
      at += 2
    } else {
      assert.equal(text[at], ',', `a comma or CRLF at ${at}`)
      at++
    }
  }
  assert.deepEqual(line, [], 'the file ends with a line break')
  const [names = [], ...rows] = lines
  return rows.map((cells) => {
    assert.equal(cells.length, names.length)
    return Object.fromEntries(names.map((name, index) => [name, cells[index] ?? '']))
  })
}
