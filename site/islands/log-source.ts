import type { Chunks } from '../data/compare-data.ts'
import { readLogLine } from '../data/log-line.ts'

/** What a run's page hands to its log reader. */
export interface LogAbout {
  /** the way to the site's root */
  root: string
  /** the file's name */
  name: string
  lines: number
  chunks: Chunks
}

/** A run's log, chunk by chunk as it is asked for; the last few stay. Lines count from 0 here. */
export class LogSource {
  readonly about: LogAbout
  readonly #fetch: typeof fetch
  readonly #kept = new Map<number, Promise<string[]>>()

  constructor(about: LogAbout, fetcher: typeof fetch = (...request) => fetch(...request)) {
    this.about = about
    this.#fetch = fetcher
  }

  /** The chunk that holds a line. */
  chunkOf(line: number): number {
    return Math.max(
      0,
      this.about.chunks.starts.findLastIndex((start) => start <= line),
    )
  }

  /** @throws Error when the server doesn't give it */
  async read(chunk: number): Promise<string[]> {
    const known = this.#kept.get(chunk)
    const reading = known ?? this.#load(chunk)
    this.#kept.delete(chunk)
    this.#kept.set(chunk, reading)
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= mostKept) break
      this.#kept.delete(oldest)
    }
    try {
      return await reading
    } catch (error) {
      this.#kept.delete(chunk)
      throw error
    }
  }

  /**
   * Lines whose time or words hold a text, upper and lower case alike, as the page shows them; tells the first ones it
   * finds at once, then now and then, and all of them with share 1.
   */
  async search(text: string, tell: (found: number[], share: number) => void, signal: AbortSignal): Promise<void> {
    const wanted = text.toLowerCase()
    const found: number[] = []
    const { starts } = this.about.chunks
    let told = { count: 0, at: performance.now() }
    for (const [chunk, start] of starts.entries()) {
      const lines = await this.read(chunk)
      if (signal.aborted) return
      for (const [place, line] of lines.entries()) {
        const { at = '', text: words } = readLogLine(line)
        if (`${at} ${words}`.toLowerCase().includes(wanted)) found.push(start + place)
      }
      const now = performance.now()
      const isLast = chunk === starts.length - 1
      if (!isLast && now - told.at < tellEveryMs && (told.count > 0 || found.length === 0)) continue
      told = { count: found.length, at: now }
      tell([...found], (chunk + 1) / starts.length)
    }
  }

  async #load(chunk: number): Promise<string[]> {
    const { root, chunks } = this.about
    const answer = await this.#fetch(`${root}${chunks.folder}${chunk}.json`)
    if (!answer.ok) throw new Error(`the server answered ${answer.status} for part ${chunk + 1} of the log`)
    return (await answer.json()) as string[]
  }
}

const mostKept = 12
const tellEveryMs = 150
