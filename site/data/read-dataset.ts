import { access } from 'node:fs/promises'
import { readPointer, type Dataset } from 'registry'
import { datasetPath, digestFile, readItems, refusePointer } from 'registry/node'
import { isAbsolute } from 'node:path'
import type { ItemDisplay } from './compare-data.ts'
import { spellOut } from './spell-out.ts'

/** A dataset's items as pages show them. Arrays have one entry an item, in the dataset's order. */
export interface ReadDataset {
  sha256: string
  ids: string[]
  titles: (string | null)[]
  display: ItemDisplay[]
  problems: string[]
}

/**
 * Reads the items of a dataset that lies here; undefined where its file doesn't (it may be on the runner only).
 * @throws UserError when the file is a Git LFS pointer
 */
export async function readDataset(ledger: string, dataset: Dataset): Promise<ReadDataset | undefined> {
  const path = datasetPath(ledger, dataset)
  try {
    await access(path)
  } catch {
    return undefined
  }
  if (!isAbsolute(dataset.file)) await refusePointer(ledger, dataset.file)
  const [{ sha256 }, { items, problems }] = await Promise.all([digestFile(path), readItems(ledger, dataset)])
  const { title, display } = dataset.item ?? {}
  return {
    sha256,
    problems,
    ids: items.map(({ customId }) => customId),
    titles: items.map(({ record }) => {
      const value = title === undefined ? undefined : readPointer(record, title)
      return typeof value === 'string' || typeof value === 'number' ? String(value) : null
    }),
    display: items.map(({ record }) =>
      (display ?? wholeRecord(record)).flatMap((pointer) => {
        const value = readPointer(record, pointer)
        return value === undefined ? [] : [{ name: nameOf(pointer), value: spellOut(value) }]
      }),
    ),
  }
}

/** Where the entry doesn't say what to display, all of the record is. */
function wholeRecord(record: object): string[] {
  return Object.keys(record).map((key) => `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`)
}

/** `/education/school` → `education school` */
function nameOf(pointer: string): string {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~').replaceAll('_', ' '))
    .join(' ')
}
