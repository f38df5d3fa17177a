import { useLayoutEffect, useState } from 'preact/hooks'
import type { CompareRun, ItemEntry, ItemsIndex, ItemText } from '../data/compare-data.ts'
import type { DataSource } from './data-source.ts'

interface Loaded {
  entry?: ItemEntry
  /** one a run; null where it has no row */
  texts?: readonly (ItemText | null)[]
  fault?: string
}

/** An item's own text and what runs said about it; what was prefetched is there before the next frame. */
export function useItem(source: DataSource, items: ItemsIndex, runs: readonly CompareRun[], position: number): Loaded {
  const [loaded, setLoaded] = useState<Loaded & { of?: readonly unknown[] }>({})
  useLayoutEffect(() => {
    let current = true
    const of = [source, items, runs, position]
    Promise.all([source.item(items, position), Promise.all(runs.map((run) => source.text(run, position)))]).then(
      ([entry, texts]) => current && setLoaded({ of, entry, texts }),
      (error: Error) => current && setLoaded({ of, fault: error.message }),
    )
    return () => {
      current = false
    }
  }, [source, items, runs, position])
  // never one item's words beside another's
  const isThis = [source, items, runs, position].every((part, place) => loaded.of?.[place] === part)
  return isThis ? loaded : {}
}
