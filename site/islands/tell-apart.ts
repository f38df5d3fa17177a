import type { CompareRun } from '../data/compare-data.ts'

type Settings = Pick<CompareRun, 'runId' | 'slug' | 'sampling' | 'engine' | 'configuration'>

/** run id → its settings that other runs of the same model have otherwise, e.g. `temperature 0.7`; none for a model's only run. */
export function tellApart(runs: readonly Settings[]): ReadonlyMap<string, string[]> {
  const models = new Map<string, Settings[]>()
  for (const run of runs) models.set(run.slug, [...(models.get(run.slug) ?? []), run])
  const found = new Map<string, string[]>()
  for (const same of models.values()) {
    if (same.length < 2) continue
    const settings = same.map(settingsOf)
    const names = [...new Set(settings.flatMap((each) => [...each.keys()]))]
    const differing = names.filter((name) => new Set(settings.map((each) => each.get(name))).size > 1)
    for (const [place, { runId }] of same.entries())
      found.set(
        runId,
        differing.map((name) => `${name} ${settings[place]?.get(name) ?? 'not set'}`),
      )
  }
  return found
}

function settingsOf({ sampling, engine, configuration }: Settings): Map<string, string> {
  return new Map([['engine', engine], ...Object.entries(sampling), ...Object.entries(configuration)])
}
