import { open, type FileHandle } from 'node:fs/promises'
import { readLines } from 'registry/node'

/**
 * An append-only file of answered rows, one line each. A row counts once its line is on the disk: `append` settles after
 * the sync. Lines that arrive while a sync is under way share the next one (group commit), so syncs never queue up.
 */
export class Journal {
  readonly path: string
  readonly #file: FileHandle
  #waiting: { line: string; resolve: () => void; reject: (error: unknown) => void }[] = []
  #flushing: Promise<void> | undefined

  private constructor(path: string, file: FileHandle) {
    this.path = path
    this.#file = file
  }

  /** Makes a new journal; one that is already there is never overwritten. @throws the file system's error */
  static async create(path: string): Promise<Journal> {
    return new Journal(path, await open(path, 'ax'))
  }

  /** @param line without line breaks @throws the file system's error, e.g. ENOSPC: the row then does not count */
  append(line: string): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ line, resolve, reject })
      this.#flushing ??= this.#flush().finally(() => {
        this.#flushing = undefined
      })
    })
  }

  async close(): Promise<void> {
    await this.#flushing
    await this.#file.close()
  }

  async #flush(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting
      this.#waiting = []
      try {
        await this.#file.appendFile(batch.map(({ line }) => `${line}\n`).join(''))
        await this.#file.datasync()
        for (const { resolve } of batch) resolve()
      } catch (error) {
        for (const { reject } of batch) reject(error)
      }
    }
  }
}

/** Where each row's line stands in a journal: custom_id → byte place. A torn last line is dropped. */
export async function readJournalPlaces(path: string): Promise<Map<string, { offset: number; length: number }>> {
  const places = new Map<string, { offset: number; length: number }>()
  for await (const line of readLines(path)) {
    if (!line.ended) break
    const { custom_id: customId } = JSON.parse(line.text) as { custom_id: string }
    places.set(customId, { offset: line.offset, length: line.length })
  }
  return places
}
