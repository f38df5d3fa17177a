import type { Rubric, RunMeta } from 'registry'
import { readRunColumns, readRunColumnsCached, type ReadRun } from 'registry/node'

/** Where runs are read from. */
export interface RunSource {
  /** the ledger's folder */
  ledger: string
  /** the cache folder, where there is one */
  cache?: string | undefined
}

/**
 * Reads a run's columns and accounting, from the cache where they are there.
 * @throws UserError when the rows are missing or a Git LFS pointer
 */
export async function readRun({ ledger, cache }: RunSource, meta: RunMeta, rubric?: Rubric): Promise<ReadRun> {
  const reader = rubric ?? { fields: {}, accept: 'json' as const }
  return cache === undefined
    ? readRunColumns(ledger, meta, reader)
    : readRunColumnsCached(ledger, meta, reader, { cache })
}
