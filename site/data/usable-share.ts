import type { RunPage } from './page-data.ts'

/**
 * Rows whose primary field can be counted, in percent of all items of the run, those without a row included; undefined
 * where the rubric isn't known.
 */
export function usableShare({ outcome, meta }: Pick<RunPage, 'outcome' | 'meta'>): number | undefined {
  const [primary] = outcome.fields
  return primary === undefined || meta.results.total === 0 ? undefined : (100 * primary.usable) / meta.results.total
}
