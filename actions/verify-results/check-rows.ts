import { UserError, type Rubric, type RunColumns, type RunMeta } from 'registry'
import { readRunColumns, stemOf, type Catalog } from 'registry/node'
import type { AddedRun } from './check-change.ts'
import { inScratch, layOutCatalog, layOutDataset, layOutRows, layOutRun, type LedgerCommit } from './lay-out-ledger.ts'
import type { PlaceObject } from './object-sources.ts'
import { verifyResults } from './verify-results.ts'

export interface RowFindings {
  faults: string[]
  /** the run's columns; absent when its rows can't be read */
  columns?: RunColumns
  /** those of the run it is compared with, or why there are none */
  before: { columns: RunColumns } | { reason: string }
  /** why ids were not compared with the dataset */
  idsUnchecked?: string
}

/**
 * Checks a change's run against its rows: main's catalog and the run's three files are laid out as a small ledger, and
 * `verifyResults` recounts it. @param before the comparable run whose rows are read too, or why there is none
 */
export async function checkRows(
  main: LedgerCommit,
  catalog: Pick<Catalog, 'datasets' | 'rubrics'>,
  run: AddedRun & { metaOid: string },
  before: { run: RunMeta } | { reason: string },
  deps: { placeObject: PlaceObject; scratch?: string | undefined },
): Promise<RowFindings> {
  return inScratch(deps.scratch, async (folder) => {
    await layOutCatalog(main, folder)
    try {
      await layOutRun(main, run, run.metaOid, folder, deps.placeObject)
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      return { faults: [...error.problems], before: { reason: 'the run’s own rows are not to be had' } }
    }
    const rubric = catalog.rubrics.get(run.meta.dataset.rubric ?? '')
    const dataset = catalog.datasets.get(stemOf(run.meta.dataset.name))
    const idsUnchecked = dataset
      ? await layOutDataset(main, dataset, folder, deps.placeObject)
      : 'main’s catalog does not have the dataset'
    let columns: RunColumns | undefined
    const found = await verifyResults({ ledger: folder, runIds: [run.meta.run_id] }, (_meta, read) => {
      columns = read.columns
    })
    return {
      faults: found.runs.flatMap(({ problems }) => problems),
      ...(columns ? { columns } : {}),
      before: 'run' in before ? await readBefore(before.run, rubric, folder, deps.placeObject) : before,
      ...(idsUnchecked === undefined ? {} : { idsUnchecked }),
    }
  })
}

/** Reads the rows of the comparable run with this run's rubric, so that the same fields stand beside each other. */
async function readBefore(
  meta: RunMeta,
  rubric: Rubric | undefined,
  folder: string,
  placeObject: PlaceObject,
): Promise<RowFindings['before']> {
  if (!rubric) return { reason: 'main does not have the run’s rubric' }
  try {
    await layOutRows(meta, folder, placeObject)
    return { columns: (await readRunColumns(folder, meta, rubric)).columns }
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    return { reason: `the rows of ${meta.run_id} are not to be had: ${error.problems.join('; ')}` }
  }
}
