/** Where a ledger keeps what. Paths are relative to the ledger, with forward slashes. */
export const catalogFolders = { models: 'registry/models', datasets: 'registry/datasets', rubrics: 'registry/rubrics' }
export const policyPath = 'registry/policy.yaml'
export const indexPath = 'results/metadata.json'

/** Where a dataset's reference labels stand, unless its entry says otherwise. */
export function labelsPathOf(datasetId: string): string {
  return `registry/labels/${datasetId}.jsonl`
}

/** What Git must know for a ledger's bundles to travel as LFS pointers. */
export const lfsAttributes = [
  'results/**/*.jsonl filter=lfs diff=lfs merge=lfs -text',
  'results/**/*.log filter=lfs diff=lfs merge=lfs -text',
]

export interface BundlePaths {
  results: string
  log: string
  meta: string
}

/** A file name without its last ending: `batch_5k.jsonl` → `batch_5k`. */
export function stemOf(fileName: string): string {
  return fileName.replace(/^.*\//, '').replace(/\.[^.]*$/, '')
}

/** `qwen-3-4b`, `batch_5k.jsonl`, 2024-10-28T14:33:00Z → `qwen-3-4b-batch_5k-20241028-143300` (UTC). */
export function mintRunId(slug: string, datasetName: string, at: Date): string {
  const [date, time] = stamp(at)
  return `${slug}-${stemOf(datasetName)}-${date}-${time}`
}

/**
 * Where a run's bundle lies. Identity comes from the meta, never from splitting the id: slug and stem are known here,
 * and only what follows them is read as the time. Undefined when the id isn't of that model and dataset.
 */
export function bundlePaths(run: { runId: string; slug: string; datasetName: string }): BundlePaths | undefined {
  const stem = stemOf(run.datasetName)
  const prefix = `${run.slug}-${stem}-`
  if (!run.runId.startsWith(prefix)) return undefined
  const time = /^(\d{8})-(\d{6})$/.exec(run.runId.slice(prefix.length))
  if (!time) return undefined
  const base = `results/${run.slug}/${stem}_${time[1]}_${time[2]}`
  return { results: `${base}.jsonl`, log: `${base}.log`, meta: `${base}.meta.json` }
}

/** The meta beside a run's rows. */
export function metaPathOf(meta: { files: { results: string } }): string {
  return meta.files.results.replace(/\.jsonl$/, '.meta.json')
}

function stamp(at: Date): [string, string] {
  const [date = '', time = ''] = at.toISOString().split('T')
  return [date.replaceAll('-', ''), time.slice(0, 8).replaceAll(':', '')]
}
