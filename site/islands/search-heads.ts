import type { HeadEntry } from '../data/compare-data.ts'

export interface SearchOptions {
  signal: AbortSignal
  /** share of the heads that were searched, 0 to 1 */
  onProgress: (share: number) => void
}

/** Chunks that are asked for at a time. */
const atATime = 6
/** Milliseconds of searching before the page may draw and take keys. */
const slice = 8

/**
 * Ascending positions of the heads whose id or title holds every word of the text, letter case aside; all for an empty one.
 * @param load one chunk of heads @throws the signal's reason
 */
export async function searchHeads(
  starts: readonly number[],
  load: (part: number) => Promise<readonly HeadEntry[]>,
  text: string,
  { signal, onProgress }: SearchOptions,
): Promise<Uint32Array> {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  const found: number[] = []
  const coming: Promise<readonly HeadEntry[]>[] = []
  let begun = performance.now()
  for (const [part, start] of starts.entries()) {
    while (coming.length < atATime && part + coming.length < starts.length) {
      const next = load(part + coming.length)
      // told when it is its turn
      next.catch(() => undefined)
      coming.push(next)
    }
    const entries = await (coming.shift() as Promise<readonly HeadEntry[]>)
    signal.throwIfAborted()
    for (const [place, [id, title]] of entries.entries()) {
      const head = `${id} ${title ?? ''}`.toLowerCase()
      if (words.every((word) => head.includes(word))) found.push(start + place)
    }
    if (performance.now() - begun > slice) {
      onProgress((part + 1) / starts.length)
      await new Promise((resolve) => setTimeout(resolve))
      signal.throwIfAborted()
      begun = performance.now()
    }
  }
  onProgress(1)
  return Uint32Array.from(found)
}
