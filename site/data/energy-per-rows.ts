import type { RunMeta } from 'registry'

/** Joules per 1,000 successful rows (MEASURES, "Speed, tokens, energy"); undefined unless every start was measured. */
export function energyPerRows({ execution, results }: Pick<RunMeta, 'execution' | 'results'>): number | undefined {
  const { segments } = execution
  let joules = 0
  for (const { energy_joules: energy } of segments) {
    if (energy === undefined) return undefined
    joules += energy
  }
  return segments.length === 0 || results.success === 0 ? undefined : (1000 * joules) / results.success
}
