import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatCsvLine } from './format-csv-line.ts'

test.each([
  ['=1+1', "'=1+1"],
  ['+1', "'+1"],
  ['-1', "'-1"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['＝1', "'＝1"],
  ['\t=1', `"'\t=1"`],
  ['\r=1', `"'\r=1"`],
  ['\n=1', `"'\n=1"`],
  ["=cmd|'/C calc'!A0", `'=cmd|'/C calc'!A0`],
  ['a,b', '"a,b"'],
  ['a;b', '"a;b"'],
  ['say "=1"', '"say ""=1"""'],
  ['two\nlines', '"two\nlines"'],
  ['nul\0', 'nul␀'],
  ['🙂', '🙂'],
  ['', '""'],
])('%j is written as %j', (cell, expected) => {
  expect(formatCsvLine([cell])).toBe(`${expected}\r\n`)
})

test('numbers and booleans are no text, and nothing is an empty cell', () => {
  expect(formatCsvLine([-1.5, true, undefined, 'x'])).toBe('-1.5,true,,x\r\n')
})

/** Reads one line back by RFC 4180. */
function parseLine(line: string): string[] {
  const cells: string[] = []
  let rest = line
  for (;;) {
    const [whole = '', quoted, plain] = /^(?:"((?:[^"]|"")*)"|([^",\r\n]*))/.exec(rest) ?? []
    cells.push(quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'))
    rest = rest.slice(whole.length)
    if (rest === '\r\n') return cells
    expect(rest[0]).toBe(',')
    rest = rest.slice(1)
  }
}

test('whatever the text, it comes back, and no cell starts a formula', () => {
  const text = fc.string({
    unit: fc.oneof(
      fc.constantFrom('=', '+', '-', '@', '\t', '\r', '\n', '"', ',', ';', "'", '\0'),
      fc.string({ maxLength: 3 }),
    ),
  })
  fc.assert(
    fc.property(fc.array(text, { minLength: 1, maxLength: 5 }), (cells) => {
      const read = parseLine(formatCsvLine(cells))
      expect(read).toHaveLength(cells.length)
      for (const [index, cell] of read.entries()) {
        expect(cell).not.toMatch(/^[=+\-@＝＋－＠\t\r\n]/)
        const original = (cells[index] ?? '').replaceAll('\0', '␀')
        expect([original, `'${original}`]).toContain(cell)
      }
    }),
  )
})
