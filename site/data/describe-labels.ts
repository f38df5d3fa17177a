import type { Dataset } from 'registry'
import { readLabels } from 'registry/node'

/** A dataset's reference labels in sum. */
export interface DatasetLabels {
  file: string
  count: number
  /** items with at least one */
  items: number
  raters: string[]
  /** how items came to be labelled, commonest first */
  selections: { selection: string; count: number }[]
  fields: { field: string; count: number }[]
  /** lines that are no labels */
  faults: number
}

/** Counts a dataset's labels; undefined where its entry names none. What a label says is checked by `verify`. */
export async function describeLabels(ledger: string, dataset: Dataset): Promise<DatasetLabels | undefined> {
  if (dataset.labels === undefined) return undefined
  const { labels, problems } = await readLabels(ledger, dataset, undefined, { has: () => true })
  const count = <Name extends 'selection' | 'field'>(name: Name) =>
    [...Map.groupBy(labels, (label) => label[name])]
      .map(([value, found]) => ({ [name]: value, count: found.length }) as Record<Name, string> & { count: number })
      .sort((a, b) => b.count - a.count)
  return {
    file: dataset.labels,
    count: labels.length,
    items: new Set(labels.map(({ custom_id: id }) => id)).size,
    raters: [...new Set(labels.map(({ rater }) => rater))].sort(),
    selections: count('selection'),
    fields: count('field'),
    faults: problems.length,
  }
}
