import type { Comparison, ShownItem } from 'registry'
import { wrap } from './blocks.ts'
import { namesOf, type Names } from './tell-figures.ts'

const width = 100
const gap = '  '
/** More runs than that stand below each other. */
const mostColumns = 3
const longestAnswer = 1000

/** One item, its runs side by side, what differs marked. Pure. */
export function tellItem(comparison: Comparison, item: ShownItem): string {
  const names = namesOf(comparison)
  const heading = [`Item ${item.position}`, item.custom_id, item.title].filter((part) => part !== undefined).join(' · ')
  const runs = comparison.runs.map(({ name, model }) => `${name} ${model.name}`).join(', ')
  return [
    heading,
    '='.repeat(Math.min(width, heading.length)),
    runs,
    '',
    ...item.record.map(({ name, value }) => wrap(`${name}: ${flat(value)}`, width, '  ')),
    ...item.fields.flatMap((field) => ['', titleOf(field), ...tellRuns(field, names)]),
    ...item.answers.flatMap(({ run_id: runId, text }) => [
      '',
      `${names(runId)}’s whole answer, which gave no usable verdict on some field:`,
      text.length > longestAnswer ? `${text.slice(0, longestAnswer)}… (${text.length} characters)` : text,
    ]),
  ].join('\n')
}

function titleOf({ field, differs, majority, reference }: ShownItem['fields'][number]): string {
  const parts = [
    ...(differs ? ['≠ the runs differ'] : []),
    ...(majority === undefined ? [] : [`majority ${majority}`]),
    ...(reference === undefined ? [] : [`label ${reference}`]),
  ]
  return parts.length === 0 ? field : `${field}: ${parts.join(', ')}`
}

function tellRuns({ runs, differs, majority, reference }: ShownItem['fields'][number], names: Names): string[] {
  const marked = runs.map(({ run_id: runId, value, status, reasoning, outlier }) => {
    const isUsable = status === 'ok' || status === 'ok_extracted'
    const differing = outlier || (differs && majority === undefined)
    const right = reference === undefined ? '' : isUsable && value === reference ? ' ✓' : ' ✗'
    const said = value === undefined ? `[${status}]` : isUsable ? value : `${value} [${status}]`
    return {
      head: `${differing || !isUsable ? '≠' : ' '} ${names(runId)}  ${said}${right}`,
      body: flat(reasoning ?? ''),
    }
  })
  if (marked.length > mostColumns)
    return marked.flatMap(({ head, body }) => [head, ...(body === '' ? [] : [indent(wrap(body, width - 5), '     ')])])
  const column = Math.floor((width - gap.length * (marked.length - 1)) / marked.length)
  const cells = marked.map(({ head, body }) =>
    breakLong(head, column).concat(
      breakLong(wrap(body, column - 5), column - 5).map((line) => `     ${line}`.trimEnd()),
    ),
  )
  const height = Math.max(...cells.map((lines) => lines.length))
  return Array.from({ length: height }, (_, line) =>
    cells
      .map((lines) => (lines[line] ?? '').padEnd(column))
      .join(gap)
      .trimEnd(),
  )
}

/** Lines of at most `column` characters; a word that is longer is cut into several. */
function breakLong(text: string, column: number): string[] {
  return text.split('\n').flatMap((line) => line.match(new RegExp(`.{1,${column}}`, 'gu')) ?? [''])
}

function indent(text: string, by: string): string {
  return text
    .split('\n')
    .map((line) => by + line)
    .join('\n')
}

function flat(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim()
}
