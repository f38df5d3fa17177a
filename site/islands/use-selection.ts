import { useEffect, useState } from 'preact/hooks'
import type { CompareField, CompareIndex, CompareRun, CompareSet, ItemsIndex } from '../data/compare-data.ts'
import type { DataSource, RunColumnsHere } from './data-source.ts'

/** Ticked runs with their columns, and the items they judged. */
export interface Selection {
  set: CompareSet
  /** the fields a table can show, the primary one first; text fields are read item by item */
  fields: CompareField[]
  runs: CompareRun[]
  /** one a run */
  data: RunColumnsHere[]
  items: ItemsIndex
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
    // what is first on screen; a fault shows once it is read again
    source.loadHeads(items, 0, 1).catch(() => undefined),
  ])
  const fields = set.fields.filter(({ type }) => type !== 'text')
  return { set, fields: fields.sort((a, b) => Number(b.primary) - Number(a.primary)), runs, data, items }
}
