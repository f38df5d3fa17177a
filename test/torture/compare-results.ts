import { parseRow } from 'registry'
import { sha256 } from 'registry/node'

export interface ResultsFile {
  runId: string
  text: string
}

export interface Comparison {
  rowsOut: number
  /** acknowledged rows that are not in the results */
  lost: string[]
  /** custom_ids that stand there more than once */
  twice: string[]
  /** rows that are errors */
  errors: string[]
  /** the results are those of the undisturbed run, byte by byte, but for the row ids: each is a hash over its run's id */
  equal: boolean
}

/** Compares the results of a disturbed run with those of an undisturbed one over the same job. Pure. */
export function compareResults(
  disturbed: ResultsFile,
  undisturbed: ResultsFile,
  acknowledged: Iterable<string>,
): Comparison {
  const counts = new Map<string, number>()
  const errors: string[] = []
  const lines = linesOf(disturbed.text)
  for (const line of lines) {
    const { row, problem } = parseRow(line)
    if (!row) {
      errors.push(`not a row: ${problem}`)
      continue
    }
    counts.set(row.customId, (counts.get(row.customId) ?? 0) + 1)
    if (!row.ok) errors.push(row.customId)
  }
  const expected = linesOf(undisturbed.text).map((line) => rename(line, undisturbed.runId, disturbed.runId))
  return {
    rowsOut: lines.length,
    lost: [...acknowledged].filter((customId) => !counts.has(customId)),
    twice: [...counts].filter(([, count]) => count > 1).map(([customId]) => customId),
    errors,
    equal: disturbed.text.endsWith('\n') && expected.join('\n') === lines.join('\n'),
  }
}

function linesOf(text: string): string[] {
  return text.split('\n').slice(0, -1)
}

/** The line as the other run would have written it. */
function rename(line: string, from: string, to: string): string {
  const customId = parseRow(line).row?.customId ?? ''
  return line.replace(rowId(from, customId), rowId(to, customId))
}

function rowId(runId: string, customId: string): string {
  return `batch_req_${sha256(`${runId}\0${customId}`).slice(0, 32)}`
}
