import type { CompareRun } from '../data/compare-data.ts'

/** Where runs were sampled differently, e.g. `temperature: 0 (Alpha), 0.7 (Beta, Gamma)`; none where all are alike. */
export function samplingDifferences(runs: readonly Pick<CompareRun, 'model' | 'sampling'>[]): string[] {
  const names = [...new Set(runs.flatMap(({ sampling }) => Object.keys(sampling)))]
  return names.flatMap((name) => {
    const models = new Map<string, string[]>()
    for (const { model, sampling } of runs) {
      const value = sampling[name] ?? 'not set'
      models.set(value, [...(models.get(value) ?? []), model])
    }
    if (models.size < 2) return []
    return [`${name}: ${[...models].map(([value, who]) => `${value} (${who.join(', ')})`).join(', ')}`]
  })
}
