import { isAbsolute, join } from 'node:path'
import type { Dataset } from '../formats/dataset.ts'
import { readPointer } from '../formats/json-pointer.ts'
import { maskMessage } from '../privacy/mask-message.ts'
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
