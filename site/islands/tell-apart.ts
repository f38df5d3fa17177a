import type { CompareRun } from '../data/compare-data.ts'
import { differingSettings } from '../data/differing-settings.ts'

type Settings = Pick<CompareRun, 'runId' | 'slug' | 'sampling' | 'engine' | 'configuration'>

/** run id → its settings that other runs of the same model have otherwise, e.g. `temperature 0.7`; none for a model's only run. */
export function tellApart(runs: readonly Settings[]): ReadonlyMap<string, string[]> {
  const found = new Map<string, string[]>()
  for (const same of Map.groupBy(runs, ({ slug }) => slug).values()) {
    if (same.length < 2) continue
    const settings = differingSettings(
      same.map(({ sampling, engine, configuration }) => ({ engine, ...sampling, ...configuration })),
    )
    for (const [place, { runId }] of same.entries()) found.set(runId, settings[place] ?? [])
  }
  return found
}
