import type { RunMeta } from 'registry'

/** Why a run is failed or partial, in one line; undefined for a completed one. */
export function failureReason(meta: Pick<RunMeta, 'status' | 'failure' | 'results'>): string | undefined {
  if (meta.status === 'completed') return undefined
  if (meta.failure) return meta.failure.message
  const [cause] = meta.results.error_causes
  if (cause) return cause.status === undefined ? cause.message : `HTTP ${cause.status}: ${cause.message}`
  return meta.results.missing > 0
    ? `${meta.results.missing} of ${meta.results.total} rows are missing`
    : 'no reason recorded'
}
