import type { Comparison, Figure } from 'registry'

/** A run's letter. */
export type Names = (runId: string) => string

export function namesOf({ runs }: Pick<Comparison, 'runs'>): Names {
  const letters = new Map(runs.map(({ run_id: runId, name }) => [runId, name]))
  return (runId) => letters.get(runId) ?? runId
}

/** `40.0 [24.6, 57.7]`; what is undefined says so. */
export function interval({ value, low, high }: Figure, spell: (value: number) => string): string {
  if (value === null) return 'undefined'
  return low === null || high === null
    ? `${spell(value)} [no interval]`
    : `${spell(value)} [${spell(low)}, ${spell(high)}]`
}

export function pointed({ value }: Figure, spell: (value: number) => string): string {
  return value === null ? 'undefined' : spell(value)
}
