import { escapeMarkdown } from 'registry'

/** A part of a report, told once and written for a terminal or as Markdown. */
export type Block =
  | { heading: string; level?: 1 | 2 }
  | { line: string }
  /** the first row is the heading; `left` columns hold text, the others numbers */
  | { rows: readonly (readonly string[])[]; left: readonly number[] }

const widest = 100

/** For a terminal: at most 100 columns, but for tables that can't be narrower. */
export function toText(blocks: readonly Block[]): string {
  return blocks
    .map((block) => {
      if ('heading' in block)
        return block.level === 2 ? `\n${block.heading}` : `\n${block.heading}\n${'='.repeat(block.heading.length)}`
      if ('line' in block) return wrap(block.line, widest, '  ')
      return tableOfText(block.rows, block.left)
    })
    .join('\n')
    .trimStart()
}

/** Words broken into lines of at most `width`; lines after the first start with `indent`. */
export function wrap(text: string, width: number, indent = ''): string {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line)
      line = indent + word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return [...lines, line].join('\n')
}

function tableOfText(rows: readonly (readonly string[])[], left: readonly number[]): string {
  const widths: number[] = []
  for (const row of rows)
    for (const [column, cell] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, cell.length)
  return rows
    .map((row) =>
      `  ${row.map((cell, column) => (left.includes(column) ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  ')}`.trimEnd(),
    )
    .join('\n')
}

/** As Markdown that a forge renders; anyone's text in it is dead. */
export function toMarkdown(blocks: readonly Block[]): string {
  return `${blocks
    .filter((block) => !('line' in block && block.line === ''))
    .map((block) => {
      if ('heading' in block) return `${block.level === 2 ? '####' : '###'} ${escapeMarkdown(block.heading)}\n`
      if ('line' in block) return `${escapeMarkdown(block.line)}\n`
      const [head = [], ...body] = block.rows
      const lineOf = (cells: readonly string[]) => `| ${cells.map((cell) => escapeMarkdown(cell)).join(' | ')} |`
      const rule = `|${head.map((_, column) => (block.left.includes(column) ? ' --- |' : ' ---: |')).join('')}`
      return `${[lineOf(head), rule, ...body.map((row) => lineOf(row))].join('\n')}\n`
    })
    .join('\n')
    .trimEnd()}\n`
}
