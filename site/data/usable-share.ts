import type { RunPage } from './page-data.ts'

/** Rows with a usable verdict, in percent of all items; undefined where the rubric isn't known. */
export function usableShare({ verdicts, meta }: Pick<RunPage, 'verdicts' | 'meta'>): number | undefined {
  if (!verdicts || meta.results.total === 0) return undefined
  const usable = verdicts
    .filter(({ status }) => status === 'ok' || status === 'ok_extracted')
    .reduce((sum, { count }) => sum + count, 0)
  return (100 * usable) / meta.results.total
}
