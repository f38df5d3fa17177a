import type { Catalog, LedgerRun } from 'registry/node'
import { stemOf } from 'registry/node'
import type { Rubric } from 'registry'
import { mostRuns } from './compare-data.ts'

/** Runs over the same bytes with the same prompt: the only ones whose verdicts may be set side by side. */
export interface RunSet {
  datasetSha256: string
  promptSha256?: string
  /** the one all of its runs are read with: the newest run's that the catalog knows */
  rubric?: { id: string; entry: Rubric }
  /** ids the runs name, for telling what is missing from the catalog */
  named: string[]
  /** newest first */
  runs: LedgerRun[]
}

export interface RunsOfDataset {
  /** the catalog's id: the file name's stem */
  id: string
  sets: RunSet[]
  /** newest first */
  runs: LedgerRun[]
}

/**
 * Groups runs by dataset, then into comparable sets (same dataset digest and prompt_sha256). A run that doesn't say
 * which prompt it used stands in a set of its own. Newest first throughout, when `runs` is.
 */
export function groupRuns(runs: readonly LedgerRun[], catalog: Pick<Catalog, 'rubrics'>): RunsOfDataset[] {
  const datasets = new Map<string, RunsOfDataset>()
  for (const run of runs) {
    const { dataset } = run.meta
    const id = stemOf(dataset.name)
    const group = datasets.get(id) ?? { id, sets: [], runs: [] }
    datasets.set(id, group)
    group.runs.push(run)
    const known = group.sets.find(
      (set) =>
        dataset.prompt_sha256 !== undefined &&
        set.promptSha256 === dataset.prompt_sha256 &&
        set.datasetSha256 === dataset.sha256,
    )
    const set: RunSet = known ?? {
      datasetSha256: dataset.sha256,
      ...(dataset.prompt_sha256 === undefined ? {} : { promptSha256: dataset.prompt_sha256 }),
      named: [],
      runs: [],
    }
    if (!known) group.sets.push(set)
    set.runs.push(run)
    const rubricId = dataset.rubric
    if (rubricId === undefined || set.named.includes(rubricId)) continue
    set.named.push(rubricId)
    const entry = catalog.rubrics.get(rubricId)
    if (entry && !set.rubric) set.rubric = { id: rubricId, entry }
  }
  return [...datasets.values()].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))
}

/**
 * The newest completed run of each model, within the newest set in which two models can be compared, else within the
 * newest that has a completed run at all; run ids, newest first.
 */
export function preselect(sets: readonly Pick<RunSet, 'runs'>[]): string[] {
  const choices = sets.map(({ runs }) => {
    const newest = new Map<string, string>()
    for (const { meta } of runs)
      if (meta.status === 'completed' && !newest.has(meta.model.slug)) newest.set(meta.model.slug, meta.run_id)
    return [...newest.values()].slice(0, mostRuns)
  })
  return choices.find(({ length }) => length > 1) ?? choices.find(({ length }) => length > 0) ?? []
}
