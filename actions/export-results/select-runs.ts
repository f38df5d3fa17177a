import { UserError } from 'registry'
import { stemOf, type Ledger, type LedgerRun } from 'registry/node'

/** Which runs are meant. Without any member: all of the ledger. */
export interface RunSelection {
  /** the catalog id, or the file's name */
  dataset?: string
  /** run ids */
  runs?: readonly string[]
  /** model slugs */
  models?: readonly string[]
}

/** The runs a selection means, newest first. Pure. @throws UserError with every name the ledger doesn't know */
export function selectRuns(ledger: Pick<Ledger, 'folder' | 'runs'>, selection: RunSelection): LedgerRun[] {
  const { runs, models } = selection
  const dataset = selection.dataset?.replace(/\.jsonl$/, '')
  const ofDataset = ledger.runs.filter(({ meta }) => dataset === undefined || datasetIdOf(meta) === dataset)
  const problems: string[] = []
  if (dataset !== undefined && ofDataset.length === 0) {
    const known = [...new Set(ledger.runs.map(({ meta }) => datasetIdOf(meta)))].sort()
    problems.push(
      `--dataset: ${JSON.stringify(dataset)} has no runs in ${ledger.folder}; there are runs of ${known.join(', ') || 'none'}`,
    )
  }
  for (const runId of runs ?? []) {
    const found = ledger.runs.find(({ meta }) => meta.run_id === runId)
    if (!found)
      problems.push(`--runs: ${JSON.stringify(runId)} is not in ${ledger.folder}: batchledger list shows the runs`)
    else if (dataset !== undefined && datasetIdOf(found.meta) !== dataset)
      problems.push(`--runs: ${runId} is of ${datasetIdOf(found.meta)}, not of ${dataset}: leave one of them out`)
  }
  for (const model of models ?? [])
    if (!ofDataset.some(({ meta }) => meta.model.slug === model))
      problems.push(
        `--models: ${JSON.stringify(model)} has no runs${dataset === undefined ? '' : ` of ${dataset}`}: batchledger list shows the runs`,
      )
  if (problems.length > 0) throw new UserError('which runs are meant?', problems)
  return ofDataset.filter(
    ({ meta }) =>
      (runs === undefined || runs.includes(meta.run_id)) && (models === undefined || models.includes(meta.model.slug)),
  )
}

/** The newest completed run of each model, out of runs that stand newest first. Pure. */
export function newestCompleted<Run extends Pick<LedgerRun, 'meta'>>(runs: readonly Run[]): Run[] {
  const seen = new Set<string>()
  return runs.filter(({ meta }) => {
    if (meta.status !== 'completed' || seen.has(meta.model.slug)) return false
    seen.add(meta.model.slug)
    return true
  })
}

/** A run's dataset by its catalog id. */
export function datasetIdOf(meta: LedgerRun['meta']): string {
  return stemOf(meta.dataset.name)
}
