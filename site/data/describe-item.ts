import { readPointer, type ChatMessage, type Dataset } from 'registry'
import type { HeadEntry, ItemDisplay } from './compare-data.ts'
import { spellOut } from './spell-out.ts'

/** What a list shows of an item. */
export function headOf(customId: string, record: object, dataset: Pick<Dataset, 'item'>): HeadEntry {
  const pointer = dataset.item?.title
  const value = pointer === undefined ? undefined : readPointer(record, pointer)
  return [customId, typeof value === 'string' || typeof value === 'number' ? String(value) : null]
}

/** An item's own text, as the dataset's entry names it. */
export function displayOf(record: object, dataset: Pick<Dataset, 'item'>): ItemDisplay {
  return (dataset.item?.display ?? wholeRecord(record)).flatMap((pointer) => {
    const value = readPointer(record, pointer)
    return value === undefined ? [] : [{ name: nameOf(pointer), value: spellOut(value) }]
  })
}

/** The messages of a ready-made request; what isn't text stands as JSON. Undefined where there are none. */
export function requestOf(record: object): ChatMessage[] | undefined {
  const messages = readPointer(record, '/body/messages')
  if (!Array.isArray(messages)) return undefined
  return (messages as unknown[]).map((message) => {
    const { role, content } = (message ?? {}) as { role?: unknown; content?: unknown }
    return { role: String(role), content: typeof content === 'string' ? content : (JSON.stringify(content) ?? '') }
  })
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
