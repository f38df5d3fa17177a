import type { LedgerIndex } from '../formats/ledger-index.ts'
import { compareText } from '../rows/compare-text.ts'
import type { Catalog } from './read-catalog.ts'
import type { LedgerRun } from './read-ledger.ts'
import { stemOf } from './layout.ts'

/** results/metadata.json out of the runs' metas and the catalog. Pure: the same ledger gives the same index. */
export function buildIndex(runs: readonly LedgerRun[], catalog: Pick<Catalog, 'datasets'>): LedgerIndex {
  const oldestFirst = runs.toSorted(
    (a, b) => compareText(startOf(a), startOf(b)) || compareText(a.meta.run_id, b.meta.run_id),
  )
  const datasets: LedgerIndex['datasets'] = {}
  const models: LedgerIndex['models'] = {}
  for (const { meta } of oldestFirst) {
    const created = catalog.datasets.get(stemOf(meta.dataset.name))?.created
    datasets[meta.dataset.name] = {
      count: meta.dataset.count,
      ...(meta.dataset.rubric === undefined ? {} : { prompt_version: meta.dataset.rubric }),
      ...(created === undefined ? {} : { created }),
    }
    const known = models[meta.model.slug]
    models[meta.model.slug] = { name: meta.model.name, hf_id: meta.model.id, runs: (known?.runs ?? 0) + 1 }
  }
  return {
    schema_version: 1,
    runs: oldestFirst.map(({ meta }) => ({
      run_id: meta.run_id,
      model: meta.model.slug,
      dataset: meta.dataset.name,
      status: meta.status,
      timestamp: meta.execution.started_at,
      results_file: meta.files.results,
    })),
    datasets: sortKeys(datasets),
    models: sortKeys(models),
  }
}

/** How machine-written JSON stands in a ledger: two spaces, a newline at the end. */
export function formatJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`
}

function sortKeys<T>(record: Record<string, T>): Record<string, T> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => compareText(a, b)))
}

function startOf(run: LedgerRun): string {
  return run.meta.execution.started_at
}
