import { isAbsolute, join } from 'node:path'
import type { Dataset } from '../formats/dataset.ts'
import { describeJsonError } from '../formats/describe-json-error.ts'
import { readPointer } from '../formats/json-pointer.ts'
import { digestFile } from './digest.ts'
import { catalogFolders } from './layout.ts'
import { isLink } from './read-catalog.ts'
import { isPointer } from './is-pointer.ts'
import { readLines } from './read-lines.ts'

export interface DatasetItem {
  customId: string
  /** the line, parsed: a record, or an openai-batch request */
  record: Record<string, unknown>
}

/** Where a dataset's rows lie on this machine. */
export function datasetPath(ledger: string, dataset: Pick<Dataset, 'file'>): string {
  return isAbsolute(dataset.file) ? dataset.file : join(ledger, dataset.file)
}

/** One line of a dataset's file: an item with its byte place, or what is wrong with the line as `path:line: finding`. */
export type ScannedItem =
  | (DatasetItem & { offset: number; length: number; number: number; problem?: never })
  | { problem: string }

/**
 * A dataset's items one by one, in order: each line an object with an id that stands once. Holds the ids and one line.
 * @throws the file system's error
 */
export async function* scanItems(ledger: string, dataset: Dataset): AsyncGenerator<ScannedItem> {
  const seen = new Map<string, number>()
  const idPointer = dataset.format === 'records' ? (dataset.custom_id ?? '/custom_id') : '/custom_id'
  for await (const { text, offset, length, number } of readLines(datasetPath(ledger, dataset))) {
    const where = `${dataset.file}:${number}`
    let record: unknown
    try {
      record = JSON.parse(text)
    } catch (error) {
      yield { problem: `${where}: ${describeJsonError(error)}` }
      continue
    }
    if (typeof record !== 'object' || record === null || Array.isArray(record)) {
      yield { problem: `${where}: not an object, each line is one` }
      continue
    }
    const id = readPointer(record, idPointer)
    if ((typeof id !== 'string' && typeof id !== 'number') || id === '') {
      yield { problem: `${where}: ${idPointer} is missing or neither text nor a number: give each row its id` }
      continue
    }
    const customId = String(id)
    const earlier = seen.get(customId)
    if (earlier !== undefined) {
      yield { problem: `${where}: the custom_id stands in line ${earlier} too: ids are unique within a dataset` }
      continue
    }
    seen.set(customId, number)
    yield { customId, record: record as Record<string, unknown>, offset, length, number }
  }
}

/** A dataset's items in order, all in memory; the ordinal is the item's position. Every fault is told. */
export async function readItems(
  ledger: string,
  dataset: Dataset,
): Promise<{ items: DatasetItem[]; problems: string[] }> {
  const items: DatasetItem[] = []
  const problems: string[] = []
  for await (const item of scanItems(ledger, dataset)) {
    if (item.problem === undefined) items.push({ customId: item.customId, record: item.record })
    else problems.push(item.problem)
  }
  return { items, problems }
}

/**
 * A dataset against its entry: the file is there, has the digest and the count, holds rows; every fault of the file's
 * lines is told too. `onItem` sees each good item on the way, so that nobody reads the file a second time.
 */
export async function checkDataset(
  ledger: string,
  id: string,
  dataset: Dataset,
  onItem: (item: DatasetItem & { offset: number; length: number; number: number }) => void,
): Promise<string[]> {
  const entry = `${catalogFolders.datasets}/${id}.yaml`
  if (dataset.location !== 'runner' && (await isLink(datasetPath(ledger, dataset))))
    return [`${dataset.file}: is a link, and a ledger holds files: put the file itself there`]
  if (await isPointer(datasetPath(ledger, dataset)))
    return [
      `${dataset.file}: a Git LFS pointer, expected the rows: fetch them with git lfs pull --include "${dataset.file}"`,
    ]
  let digest: string
  try {
    digest = (await digestFile(datasetPath(ledger, dataset))).sha256
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'no such file' : (error as Error).message
    return [`${entry}: file is ${dataset.file}: ${reason}: put the file there or mend the entry`]
  }
  const problems: string[] = []
  let count = 0
  for await (const item of scanItems(ledger, dataset)) {
    if (item.problem !== undefined) problems.push(item.problem)
    else {
      count++
      onItem(item)
    }
  }
  const wholeFile = problems.length === 0
  if (digest !== dataset.sha256)
    problems.push(
      `${entry}: sha256 is ${dataset.sha256.slice(0, 12)}…, the file has ${digest.slice(0, 12)}…: datasets don’t change: restore the file, or give the new data a new name`,
    )
  if (wholeFile && count !== dataset.count)
    problems.push(`${entry}: count is ${dataset.count}, the file has ${count} rows: mend the entry`)
  if (wholeFile && count === 0) problems.push(`${dataset.file}: holds no rows, a run needs one`)
  return problems
}
