import { lstat } from 'node:fs/promises'
import { join } from 'node:path'
import { joinColumns, type RunColumns } from '../columns/run-columns.ts'
import type { Rubric } from '../formats/rubric.ts'
import type { RunMeta } from '../formats/run-meta.ts'
import { RowCounter } from '../rows/count-rows.ts'
import { parseRow } from '../rows/parse-row.ts'
import { UserError } from '../user-error.ts'
import { isPointer } from './is-pointer.ts'
import { readLines } from './read-lines.ts'
import { scanFile, type ScanOptions } from './scan-file.ts'
import type { ScannedLines } from './scan-lines.ts'

export interface ReadRun {
  columns: RunColumns
  /** the meta's `results`, recounted */
  results: RunMeta['results']
  /** lines that are no rows and ids that stand twice, each as `path:line: finding` */
  problems: string[]
  /** of the very bytes that were read */
  digest: { sha256: string; bytes: number }
}

/**
 * Reads a run's rows once: columns by the rubric, the accounting, every fault of the file and its digest.
 * @throws UserError when the file is a Git LFS pointer or is missing
 */
export async function readRunColumns(
  ledger: string,
  meta: Pick<RunMeta, 'files' | 'dataset'>,
  rubric: Pick<Rubric, 'fields' | 'accept'>,
  options: ScanOptions = {},
): Promise<ReadRun> {
  const path = meta.files.results
  await refusePointer(ledger, path)
  const { fields, accept } = rubric
  const settings = { rubric: { fields, accept }, privacy: meta.dataset.privacy }
  const { parts, ...digest } = await scanFile(join(ledger, path), settings, options)
  const counter = joinCounts(parts, meta.dataset.privacy) ?? (await countOneByOne(join(ledger, path), meta))
  return {
    columns: joinColumns(parts.map(({ columns }) => columns)),
    results: counter.results(meta.dataset.count),
    problems: describeProblems(path, parts),
    digest,
  }
}

function joinCounts(parts: readonly ScannedLines[], privacy: RunMeta['dataset']['privacy']): RowCounter | undefined {
  const counter = new RowCounter(privacy)
  return parts.every(({ counts }) => counter.addCounts(counts)) ? counter : undefined
}

/** For rows with more causes of errors than are listed: which ones are depends on their order. */
async function countOneByOne(path: string, { dataset }: Pick<RunMeta, 'dataset'>): Promise<RowCounter> {
  const counter = new RowCounter(dataset.privacy)
  for await (const { text } of readLines(path)) {
    const { row } = parseRow(text)
    if (row) counter.add(row)
  }
  return counter
}

function describeProblems(path: string, parts: readonly ScannedLines[]): string[] {
  const told: string[] = []
  const lineOf = new Map<string, number>()
  let line = 0
  for (const { columns, lines, problems } of parts) {
    const end = line + lines
    const first = line
    let bad = 0
    let row = 0
    for (; line < end; line++) {
      const problem = problems[bad]
      if (problem !== undefined && first + problem.line === line) {
        told.push(`${path}:${line + 1}: ${problem.problem}`)
        bad++
        continue
      }
      const customId = columns.customIds[row++] as string
      const earlier = lineOf.get(customId)
      if (earlier === undefined) lineOf.set(customId, line)
      else told.push(`${path}:${line + 1}: the custom_id stands in line ${earlier + 1} too`)
    }
  }
  return told
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
