import type { RunPage } from './page-data.ts'

export interface RunChoice {
  name: string
  label: string
  options: { value: string; label: string; count: number }[]
}

/** What the runs can be filtered by: each value with its number of runs. */
export function countChoices(runs: readonly Pick<RunPage, 'meta' | 'dataset' | 'rubric'>[]): RunChoice[] {
  const choices: [string, string, (run: (typeof runs)[number]) => string][] = [
    ['model', 'Model', ({ meta }) => meta.model.name],
    ['dataset', 'Dataset', ({ dataset }) => dataset],
    ['rubric', 'Rubric', ({ meta, rubric }) => rubric?.id ?? meta.dataset.rubric ?? 'none'],
    ['status', 'Status', ({ meta }) => meta.status],
    ['source', 'Source', ({ meta }) => meta.provenance.source],
  ]
  return choices.map(([name, label, valueOf]) => {
    const counts = new Map<string, number>()
    for (const run of runs) counts.set(valueOf(run), (counts.get(valueOf(run)) ?? 0) + 1)
    const options = [...counts]
      .map(([value, count]) => ({ value, label: value, count }))
      .sort((a, b) => a.value.localeCompare(b.value, 'en', { numeric: true }))
    return { name, label, options }
  })
}
