import type { Comparison, Figure } from 'registry'

/** A run's letter. */
export type Names = (runId: string) => string

export function namesOf({ runs }: Pick<Comparison, 'runs'>): Names {
  const letters = new Map(runs.map(({ run_id: runId, name }) => [runId, name]))
  return (runId) => letters.get(runId) ?? runId
}

/** A share as percent without its sign: one digit, never rounded up to 100 nor down to 0. */
export function percent(share: number): string {
  if (share === 1 || share === 0) return String(100 * share)
  return Math.min(99.9, Math.max(0.1, 100 * share)).toFixed(1)
}

/** A coefficient with three digits, never rounded up to 1. */
export function signed(value: number): string {
  if (value < 1 && value > 0.9995) return '0.999'
  // no minus before a zero
  return (Math.abs(value) < 0.0005 ? 0 : value).toFixed(3)
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
