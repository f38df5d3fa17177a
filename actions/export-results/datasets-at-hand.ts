import type { Dataset } from 'registry'
import { catalogFolders, checkDataset, type Ledger, type LedgerRun } from 'registry/node'
import { datasetIdOf } from './select-runs.ts'

/** Datasets whose rows are here and are what their entries say, by catalog id; of the others, what that costs. */
export interface DatasetsAtHand {
  datasets: ReadonlyMap<string, Dataset>
  /** one line each: where, what was found, what is lost by it, the mend */
  warnings: string[]
}

/** Looks at the datasets of some runs, each once. */
export async function datasetsAtHand(
  ledger: Pick<Ledger, 'folder' | 'catalog'>,
  ids: Iterable<string>,
): Promise<DatasetsAtHand> {
  const datasets = new Map<string, Dataset>()
  const warnings: string[] = []
  for (const id of new Set(ids)) {
    const entry = ledger.catalog.datasets.get(id)
    const problems =
      entry === undefined
        ? [`${catalogFolders.datasets}/${id}.yaml: no such entry, or one with faults: batchledger verify tells them`]
        : await checkDataset(ledger.folder, id, entry, () => undefined)
    if (entry !== undefined && problems.length === 0) datasets.set(id, entry)
    else
      warnings.push(
        ...problems,
        `${id}: without its dataset no item has a position, a title or facets, and missing items can’t be named`,
      )
  }
  return { datasets, warnings }
}

/** The dataset a run was made of; undefined where it isn't at hand, or its entry is of other data by now. */
export function datasetOf({ meta }: LedgerRun, { datasets }: Pick<DatasetsAtHand, 'datasets'>): Dataset | undefined {
  const dataset = datasets.get(datasetIdOf(meta))
  return dataset?.sha256 === meta.dataset.sha256 ? dataset : undefined
}
