import { ColumnsBuilder, type RunColumns } from '../columns/run-columns.ts'
import type { Rubric } from '../formats/rubric.ts'
import type { RunMeta } from '../formats/run-meta.ts'
import { RowCounter, type RowCounts } from '../rows/count-rows.ts'

/** What a scan needs to know; plain data, it goes to worker threads. */
export interface ScanSettings {
  rubric: Pick<Rubric, 'fields' | 'accept'>
  privacy: RunMeta['dataset']['privacy']
}

/** What some whole lines of a run's .jsonl hold; plain data, it comes from worker threads. */
export interface ScannedLines {
  columns: RunColumns
  counts: RowCounts
  lines: number
  /** lines that are no rows; the first line is 0 */
  problems: { line: number; problem: string }[]
}

const lineBreak = 10

/** @param bytes whole lines; the last one may lack its line break @param offset of the first byte in the file */
export function scanLines(bytes: Buffer, offset: number, { rubric, privacy }: ScanSettings): ScannedLines {
  const builder = new ColumnsBuilder(rubric)
  const counter = new RowCounter(privacy)
  const problems: ScannedLines['problems'] = []
  let lines = 0
  for (let start = 0; start < bytes.length; lines++) {
    const found = bytes.indexOf(lineBreak, start)
    const end = found === -1 ? bytes.length : found
    const { row, problem } = builder.add(bytes.toString('utf8', start, end), offset + start, end - start)
    if (row === undefined) problems.push({ line: lines, problem })
    else counter.add(row)
    start = end + 1
  }
  return { columns: builder.finish(), counts: counter.counts(), lines, problems }
}
