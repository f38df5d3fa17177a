import { fillTexts, type AlignedRun, type ChatMessage } from 'registry'
import type {
  Chunks,
  CompareIndex,
  CompareRun,
  HeadEntry,
  ItemEntry,
  ItemsIndex,
  ItemText,
  PromptMessage,
  StoredItem,
} from '../data/compare-data.ts'
import { decodeColumns, decodeFacets, decodeTokens, type RunData } from '../data/decode-columns.ts'
import { PartCache } from './part-cache.ts'
import { readBytes } from './read-bytes.ts'
import { searchHeads, type SearchOptions } from './search-heads.ts'

export interface ItemHead {
  id: string
  title: string | null
}

export interface Facet {
  name: string
  values: string[]
  /** by position a place in `values`; noFacet where the item has none */
  codes: Uint8Array
}

export type RunColumnsHere = AlignedRun & { statuses: Uint8Array }

/** Chunks of texts that stay in memory, of about 128 KB each. */
const textParts = 48

/** Fetches the site's data files, each once; a failed one may be asked for again. */
export class DataSource {
  readonly #root: string
  readonly #fetch: (path: string) => Promise<Response>
  readonly #kept = new PartCache(Infinity)
  readonly #texts = new PartCache(textParts)
  /** chunks of heads that are here, by path */
  readonly #heads = new Map<string, readonly HeadEntry[]>()

  /** @param root the way to the site's root @param fetcher for tests */
  constructor(root: string, fetcher = (path: string): Promise<Response> => fetch(path)) {
    this.#root = root
    this.#fetch = fetcher
  }

  index(page: string): Promise<CompareIndex> {
    return this.#json(this.#kept, `data/compare/${page}.json`)
  }

  /** A run's verdicts by position; its tokens are fetched apart. @throws Error where it has none */
  columns(run: CompareRun, count: number): Promise<RunColumnsHere> {
    return this.#runData(run, count)
  }

  /** Prompt and output tokens by position; all 0 where the engine counted none. */
  tokens({ tokens }: CompareRun, count: number): Promise<Float64Array> {
    if (tokens === undefined) return Promise.resolve(new Float64Array(count))
    return this.#kept.once(tokens, async () => decodeTokens(await this.#bytes(tokens), count))
  }

  /** An item's id and title where their chunk is here; else `loadHeads` first. */
  head({ heads }: ItemsIndex, position: number): ItemHead | undefined {
    const part = partOf(heads, position)
    const entry = this.#heads.get(pathOf(heads, part))?.[position - (heads.starts[part] ?? 0)]
    return entry && { id: entry[0], title: entry[1] }
  }

  /** Loads the heads of positions from `from` up to, but without, `to`. */
  async loadHeads({ heads, count }: ItemsIndex, from: number, to: number): Promise<void> {
    if (count === 0 || to <= from) return
    const [first, last] = [partOf(heads, Math.max(0, from)), partOf(heads, Math.min(to, count) - 1)]
    const parts = Array.from({ length: last - first + 1 }, (_, place) => first + place)
    await Promise.all(parts.map((part) => this.#headPart(heads, part)))
  }

  /**
   * Position of a custom_id, read chunk after chunk until it is found; the hint's chunk first. An id that an address can't
   * hold (half a surrogate pair) is known by what the address makes of it.
   */
  async findItem({ heads, count }: ItemsIndex, customId: string, hint?: number): Promise<number | undefined> {
    const parts = heads.starts.map((_, part) => part)
    if (hint !== undefined && hint >= 0 && hint < count) parts.unshift(partOf(heads, hint))
    const isMended = customId.includes('\uFFFD')
    for (const part of parts) {
      const place = (await this.#headPart(heads, part)).findIndex(
        ([id]) => id === customId || (isMended && id.toWellFormed() === customId),
      )
      if (place >= 0) return (heads.starts[part] ?? 0) + place
    }
    return undefined
  }

  /** Ascending positions of the items whose id or title holds every word of the text; reads all heads. */
  search({ heads }: ItemsIndex, text: string, options: SearchOptions): Promise<Uint32Array> {
    return searchHeads(heads.starts, (part) => this.#headPart(heads, part), text, options)
  }

  async facets({ facets, facetFile, count }: ItemsIndex): Promise<Facet[]> {
    if (facetFile === undefined) return []
    const codes = await this.#kept.once(facetFile, async () =>
      decodeFacets(await this.#bytes(facetFile), count, facets.length),
    )
    return facets.map((facet, place) => ({ ...facet, codes: codes[place] ?? new Uint8Array(count) }))
  }

  /** An item's own text, and the messages it was put into. */
  async item({ texts, prompt }: ItemsIndex, position: number): Promise<ItemEntry> {
    const [{ display, fills, request }, messages] = await Promise.all([
      this.#entry<StoredItem>(texts, position),
      prompt === undefined ? undefined : this.#json<PromptMessage[]>(this.#kept, prompt),
    ])
    const sent = request ?? (messages && fills && fillPrompt(messages, fills))
    return { display, ...(sent ? { request: sent } : {}) }
  }

  /** What a run said about an item; null where it has no row. */
  async text(run: CompareRun, position: number): Promise<ItemText | null> {
    const { texts } = await this.#runData(run)
    const text = await this.#entry<ItemText | null>(texts, position)
    // a field may be called what every object has a member of: `constructor`
    for (const byField of [text?.reasoning, text?.values]) if (byField) Object.setPrototypeOf(byField, null)
    return text
  }

  /** Starts loading what an item needs, for the neighbours of the open one. Its failure is told when it is asked for. */
  prefetch(items: ItemsIndex, runs: readonly CompareRun[], position: number): void {
    if (position < 0 || position >= items.count) return
    for (const wanted of [this.item(items, position), ...runs.map((run) => this.text(run, position))])
      wanted.catch(() => undefined)
  }

  #runData({ columns, runId }: CompareRun, count?: number): Promise<RunData> {
    if (columns === undefined) return Promise.reject(new Error(`${runId}: its verdicts are not here`))
    return this.#kept.once(columns, async () => decodeColumns(await this.#bytes(columns), count))
  }

  async #headPart(heads: Chunks, part: number): Promise<readonly HeadEntry[]> {
    const path = pathOf(heads, part)
    const known = this.#heads.get(path)
    if (known) return known
    const entries = await this.#json<HeadEntry[]>(this.#kept, path)
    this.#heads.set(path, entries)
    return entries
  }

  async #entry<T>(chunks: Chunks, position: number): Promise<T> {
    const part = partOf(chunks, position)
    const path = pathOf(chunks, part)
    const entry = (await this.#json<T[]>(this.#texts, path))[position - (chunks.starts[part] ?? 0)]
    if (entry === undefined) throw new Error(`${path} holds no item ${position}`)
    return entry
  }

  #json<T>(cache: PartCache, path: string): Promise<T> {
    return cache.once(path, async () => (await this.#ask(path)).json() as Promise<T>)
  }

  async #bytes(path: string): Promise<Uint8Array<ArrayBuffer>> {
    return readBytes(await this.#ask(path))
  }

  async #ask(path: string): Promise<Response> {
    const response = await this.#fetch(this.#root + path)
    if (!response.ok) throw new Error(`${path}: the server answered ${response.status}`)
    return response
  }
}

/** The chunk that holds a position. */
function partOf({ starts }: Chunks, position: number): number {
  let [low, high] = [0, starts.length - 1]
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if ((starts[middle] ?? 0) <= position) low = middle
    else high = middle - 1
  }
  return low
}

function pathOf({ folder }: Chunks, part: number): string {
  return `${folder}${part}.json`
}

/** The messages as sent: an item's own texts between those all items share. */
function fillPrompt(messages: readonly PromptMessage[], fills: readonly (readonly string[])[]): ChatMessage[] {
  return messages.map(({ role, texts }, place) => ({ role, content: fillTexts(texts, fills[place] ?? []) }))
}
