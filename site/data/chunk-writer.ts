import type { Chunks } from './compare-data.ts'

/** Writes a file below the site's root. */
export type PutFile = (path: string, content: string | Uint8Array) => Promise<void>

/**
 * Writes entries, given as JSON texts, as arrays of about `size` characters each: `<folder><number>.json`. An entry larger
 * than that stands alone. Holds one chunk.
 */
export class ChunkWriter {
  readonly #put: PutFile
  readonly #folder: string
  readonly #size: number
  readonly #starts: number[] = []
  #entries: string[] = []
  #length = 0
  #count = 0

  constructor(put: PutFile, folder: string, size: number) {
    this.#put = put
    this.#folder = folder
    this.#size = size
  }

  async add(entry: string): Promise<void> {
    if (this.#entries.length > 0 && this.#length + entry.length > this.#size) await this.#flush()
    if (this.#entries.length === 0) this.#starts.push(this.#count)
    this.#entries.push(entry)
    this.#length += entry.length
    this.#count++
  }

  /** Writes what is left. No entries, no files. */
  async end(): Promise<Chunks> {
    if (this.#entries.length > 0) await this.#flush()
    return { folder: this.#folder, starts: this.#starts }
  }

  async #flush(): Promise<void> {
    await this.#put(`${this.#folder}${this.#starts.length - 1}.json`, `[${this.#entries.join(',')}]`)
    this.#entries = []
    this.#length = 0
  }
}
