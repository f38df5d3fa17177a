/**
 * Of each run the settings that others have otherwise, e.g. `temperature 0.7`, in the order in which they first appear;
 * empty where all are alike. Pure.
 */
export function differingSettings(runs: readonly Readonly<Record<string, string>>[]): string[][] {
  // a Map, since a setting may be called `constructor`
  const settings = runs.map((run) => new Map(Object.entries(run)))
  const names = [...new Set(settings.flatMap((run) => [...run.keys()]))]
  const differing = names.filter((name) => new Set(settings.map((run) => run.get(name))).size > 1)
  return settings.map((run) => differing.map((name) => `${name} ${run.get(name) ?? 'not set'}`))
}
