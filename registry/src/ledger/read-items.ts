import { isAbsolute, join } from 'node:path'
import type { Dataset } from '../formats/dataset.ts'
import { readPointer } from '../formats/json-pointer.ts'
import { maskMessage } from '../privacy/mask-message.ts'
import { digestFile } from './digest.ts'
import { catalogFolders } from './layout.ts'
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

/**
 * A dataset's items in order; the ordinal is the item's position. Faults (a line that is no object, an id that is
 * missing or stands twice) are told in `problems` as `path:line: finding`, all of them.
 */
export async function readItems(
  ledger: string,
  dataset: Dataset,
): Promise<{ items: DatasetItem[]; problems: string[] }> {
  const items: DatasetItem[] = []
  const problems: string[] = []
  const seen = new Map<string, number>()
  const idPointer = dataset.format === 'records' ? (dataset.custom_id ?? '/custom_id') : '/custom_id'
  for await (const line of readLines(datasetPath(ledger, dataset))) {
    const where = `${dataset.file}:${line.number}`
    let record: unknown
    try {
      record = JSON.parse(line.text)
    } catch (error) {
      problems.push(`${where}: not JSON: ${maskMessage((error as Error).message)}`)
      continue
    }
    if (typeof record !== 'object' || record === null || Array.isArray(record)) {
      problems.push(`${where}: not an object, each line is one`)
      continue
    }
    const id = readPointer(record, idPointer)
    if ((typeof id !== 'string' && typeof id !== 'number') || id === '') {
      problems.push(`${where}: ${idPointer} is missing or neither text nor a number: give each row its id`)
      continue
    }
    const customId = String(id)
    const earlier = seen.get(customId)
    if (earlier !== undefined) {
      problems.push(`${where}: the custom_id stands in line ${earlier} too: ids are unique within a dataset`)
      continue
    }
    seen.set(customId, line.number)
    items.push({ customId, record: record as Record<string, unknown> })
  }
  return { items, problems }
}

/**
 * A dataset's items checked against its entry: the file is there, has the digest and the count, holds rows. Every fault
 * is told, those of the file's lines included.
 */
export async function readDataset(
  ledger: string,
  id: string,
  dataset: Dataset,
): Promise<{ items: DatasetItem[]; problems: string[] }> {
  const entry = `${catalogFolders.datasets}/${id}.yaml`
  const path = datasetPath(ledger, dataset)
  let digest: string
  try {
    digest = (await digestFile(path)).sha256
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'no such file' : (error as Error).message
    return {
      items: [],
      problems: [`${entry}: file is ${dataset.file}: ${reason}: put the file there or mend the entry`],
    }
  }
  const read = await readItems(ledger, dataset)
  const problems = [...read.problems]
  if (digest !== dataset.sha256)
    problems.push(
      `${entry}: sha256 is ${dataset.sha256.slice(0, 12)}…, the file has ${digest.slice(0, 12)}…: datasets don’t change: restore the file, or give the new data a new name`,
    )
  if (read.problems.length === 0 && read.items.length !== dataset.count)
    problems.push(`${entry}: count is ${dataset.count}, the file has ${read.items.length} rows: mend the entry`)
  if (read.problems.length === 0 && read.items.length === 0)
    problems.push(`${dataset.file}: holds no rows, a run needs one`)
  return { items: read.items, problems }
}
