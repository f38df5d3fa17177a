import type { Rubric, RunMeta } from 'registry'
import { readRunColumns, readRunColumnsCached, type ReadRun } from 'registry/node'
import type { BuildCache } from './build-cache.ts'

/** Where runs are read from. */
export interface RunSource {
  /** the ledger's folder */
  ledger: string
  /** what earlier builds left: the folder of columns, and the files of runs */
  kept?: { columns: string; files: BuildCache } | undefined
}

/**
 * Reads a run's columns and accounting, from the cache where they are there.
 * @throws UserError when the rows are missing or a Git LFS pointer
 */
export async function readRun({ ledger, kept }: RunSource, meta: RunMeta, rubric?: Rubric): Promise<ReadRun> {
  const reader = rubric ?? { fields: {}, accept: 'json' as const }
  return kept
    ? readRunColumnsCached(ledger, meta, reader, { cache: kept.columns })
    : readRunColumns(ledger, meta, reader)
}
