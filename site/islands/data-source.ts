import type { Chunks, ColumnsFile, CompareIndex, ItemDisplay, ItemsFile, ItemText } from '../data/compare-data.ts'
import { toTypedColumns, type SelectedColumns } from './judge-selection.ts'

export interface RunData {
  columns: SelectedColumns
  texts: Chunks
}

/** Fetches the site's data files, each once; a failed one may be asked for again. */
export class DataSource {
  readonly #root: string
  readonly #fetched = new Map<string, Promise<unknown>>()

  /** @param root the way to the site's root */
  constructor(root: string) {
    this.#root = root
  }

  index(page: string): Promise<CompareIndex> {
    return this.#once(`data/compare/${page}.json`, (value) => value as CompareIndex)
  }

  items(path: string): Promise<ItemsFile> {
    return this.#once(path, (value) => value as ItemsFile)
  }

  run(path: string): Promise<RunData> {
    return this.#once(path, (value) => {
      const file = value as ColumnsFile
      return { columns: toTypedColumns(file), texts: file.texts }
    })
  }

  display(chunks: Chunks, position: number): Promise<ItemDisplay> {
    return this.#entry<ItemDisplay>(chunks, position)
  }

  text(chunks: Chunks, position: number): Promise<ItemText | null> {
    return this.#entry<ItemText | null>(chunks, position)
  }

  async #entry<T>({ folder, starts }: Chunks, position: number): Promise<T> {
    let part = starts.length - 1
    while (part > 0 && (starts[part] ?? 0) > position) part--
    const entries = await this.#once(`${folder}${part}.json`, (value) => value as T[])
    const entry = entries[position - (starts[part] ?? 0)]
    if (entry === undefined) throw new Error(`${folder}${part}.json holds no item ${position}`)
    return entry
  }

  #once<T>(path: string, read: (value: unknown) => T): Promise<T> {
    const known = this.#fetched.get(path)
    if (known) return known as Promise<T>
    const fetched = this.#load(path).then(read)
    this.#fetched.set(path, fetched)
    fetched.catch(() => this.#fetched.delete(path))
    return fetched
  }

  async #load(path: string): Promise<unknown> {
    const response = await fetch(this.#root + path)
    if (!response.ok) throw new Error(`${path}: the server answered ${response.status}`)
    return response.json()
  }
}
