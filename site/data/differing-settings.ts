/**
 * Of each run the settings that others have otherwise, e.g. `temperature 0.7`, in the order in which they first appear;
 * empty where all are alike. What only one engine knows tells that engine's runs apart, and nothing else: to say of the
 * others that it is not set would be true and useless. Pure.
 */
export function differingSettings(runs: readonly Readonly<Record<string, string>>[]): string[][] {
  // a Map, since a setting may be called `constructor`
  const settings = runs.map((run) => new Map(Object.entries(run)))
  const engineOf = (run: ReadonlyMap<string, string>) => run.get('engine')?.split(' ')[0]
  const names = [...new Set(settings.flatMap((run) => [...run.keys()]))]
  const differing = names.flatMap((name) => {
    const engines = new Set(settings.filter((run) => run.has(name)).map(engineOf))
    const values = new Set(settings.filter((run) => engines.has(engineOf(run))).map((run) => run.get(name)))
    return values.size > 1 ? [{ name, engines }] : []
  })
  return settings.map((run) =>
    differing
      .filter(({ engines }) => engines.has(engineOf(run)))
      .map(({ name }) => `${name} ${run.get(name) ?? 'not set'}`),
  )
}
