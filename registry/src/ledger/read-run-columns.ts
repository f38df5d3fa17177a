import { lstat } from 'node:fs/promises'
import { join } from 'node:path'
import { ColumnsBuilder, type RunColumns } from '../columns/run-columns.ts'
import type { Rubric } from '../formats/rubric.ts'
import type { RunMeta } from '../formats/run-meta.ts'
import { RowCounter } from '../rows/count-rows.ts'
import type { ParsedRow } from '../rows/parse-row.ts'
import { UserError } from '../user-error.ts'
import { isPointer } from './is-pointer.ts'
import { readLines } from './read-lines.ts'

export interface ReadRun {
  columns: RunColumns
  /** the meta's `results`, recounted */
  results: RunMeta['results']
  /** lines that are no rows and ids that stand twice, each as `path:line: finding` */
  problems: string[]
}

/**
 * Reads a run's rows once: columns by the rubric, the accounting, and every fault of the file.
 * `onRow` sees each row on the way, so that nobody reads the file a second time.
 * @throws UserError when the file is a Git LFS pointer or is missing
 */
export async function readRunColumns(
  ledger: string,
  meta: Pick<RunMeta, 'files' | 'dataset'>,
  rubric: Pick<Rubric, 'fields' | 'accept'>,
  onRow?: (row: ParsedRow, line: string) => void,
): Promise<ReadRun> {
  const path = meta.files.results
  await refusePointer(ledger, path)
  const builder = new ColumnsBuilder(rubric)
  const counter = new RowCounter(meta.dataset.privacy)
  const problems: string[] = []
  const seen = new Map<string, number>()
  for await (const line of readLines(join(ledger, path))) {
    const result = builder.add(line.text, line.offset, line.length)
    if (result.row === undefined) {
      problems.push(`${path}:${line.number}: ${result.problem}`)
      continue
    }
    const earlier = seen.get(result.row.customId)
    if (earlier !== undefined) problems.push(`${path}:${line.number}: the custom_id stands in line ${earlier} too`)
    else seen.set(result.row.customId, line.number)
    counter.add(result.row)
    onRow?.(result.row, line.text)
  }
  return { columns: builder.finish(), results: counter.results(meta.dataset.count), problems }
}

/** @throws UserError that names the mend, when the file is a pointer or isn't there */
export async function refusePointer(ledger: string, path: string): Promise<void> {
  const found = await lstat(join(ledger, path)).catch(() => undefined)
  if (!found?.isFile())
    throw new UserError('rows are missing', [
      `${path}: the meta names it, no such file: restore it with git checkout -- ${path}`,
    ])
  if (await isPointer(join(ledger, path)))
    throw new UserError('rows are not here', [
      `${path}: a Git LFS pointer, expected the rows: fetch them with git lfs pull --include "${path}"`,
    ])
}
