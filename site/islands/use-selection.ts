import { useEffect, useState } from 'preact/hooks'
import type { CompareField, CompareIndex, CompareRun, CompareSet, ItemsIndex } from '../data/compare-data.ts'
import type { DataSource, RunColumnsHere } from './data-source.ts'

/** Ticked runs with their columns, and the items they judged. */
export interface Selection {
  set: CompareSet
  /** the fields a table can show; text fields are read item by item */
  fields: CompareField[]
  runs: CompareRun[]
  data: RunColumnsHere[]
  items: ItemsIndex
  ids: string[]
  titles: (string | null)[]
  /** custom_id → position */
  positions: ReadonlyMap<string, number>
}

/** Loads what the ticked runs need; the earlier selection stays until the next one is there. */
export function useSelection(
  source: DataSource,
  index: CompareIndex,
  runs: CompareRun[],
): { selection: Selection | undefined; fault: string | undefined; loading: boolean } {
  const [loaded, setLoaded] = useState<{ runs?: CompareRun[]; selection?: Selection; fault?: string }>({})
  useEffect(() => {
    let current = true
    load(source, index, runs).then(
      (selection) => current && setLoaded({ runs, ...(selection ? { selection } : {}) }),
      (error: Error) => current && setLoaded({ runs, fault: error.message }),
    )
    return () => {
      current = false
    }
  }, [source, index, runs])
  return { selection: loaded.selection, fault: loaded.fault, loading: loaded.runs !== runs }
}

async function load(source: DataSource, index: CompareIndex, runs: CompareRun[]): Promise<Selection | undefined> {
  const set = index.sets[runs[0]?.set ?? -1]
  const items = set?.items
  if (!set || !items) return undefined
  const [data] = await Promise.all([
    Promise.all(runs.map((run) => source.columns(run, items.count))),
    source.loadHeads(items, 0, items.count),
  ])
  const heads = Array.from({ length: items.count }, (_, position) => source.head(items, position))
  const ids = heads.map((head) => head?.id ?? '')
  return {
    set,
    fields: set.fields.filter(({ type }) => type !== 'text'),
    runs,
    data,
    items,
    ids,
    titles: heads.map((head) => head?.title ?? null),
    positions: new Map(ids.map((id, position) => [id, position])),
  }
}
