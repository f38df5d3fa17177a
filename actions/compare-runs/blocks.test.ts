import { expect, test } from 'vitest'
import { toMarkdown, toText, wrap, type Block } from './blocks.ts'

const blocks: Block[] = [
  { heading: 'A <b>b</b>' },
  { line: 'see @me and #1' },
  {
    rows: [
      ['run', 'n'],
      ['a|b', '5'],
      ['[x](y)', '12'],
    ],
    left: [0],
  },
]

test('text: headings underlined, numbers to the right', () => {
  expect(toText(blocks)).toBe(
    ['A <b>b</b>', '==========', 'see @me and #1', '  run      n', '  a|b      5', '  [x](y)  12'].join('\n'),
  )
})

test('Markdown: tables that hold, and nobody’s text means anything', () => {
  const markdown = toMarkdown(blocks)
  expect(markdown).toContain('| --- | ---: |')
  expect(markdown).not.toMatch(/<b>|@me|#1 |\[x\]|a\|b/)
  expect(markdown.split('\n').filter((line) => line.startsWith('|'))).toHaveLength(4)
})

test('long lines are broken at words', () => {
  expect(wrap('one two three', 7, '  ')).toBe('one two\n  three')
})
