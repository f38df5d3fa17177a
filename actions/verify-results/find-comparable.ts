import { isDeepStrictEqual } from 'node:util'
import type { RunMeta } from 'registry'
import type { LedgerRun } from 'registry/node'

/** A run on main to compare with, or why there is none. */
export type Found<T> = ({ run: RunMeta } & T) | { run?: never; reason: string }

export interface Comparable {
  /** same model, dataset digest and prompt; `warnings` say what else differs that may change verdicts */
  verdicts: Found<{ warnings: string[] }>
  /** that, and all that decides the speed */
  speed: Found<object>
}

/**
 * The last run on main that a run may be compared with (DESIGN, "Words"). Failed runs are left out: there is nothing to
 * compare. Pure. @param runs newest first
 */
export function findComparable(meta: RunMeta, runs: readonly LedgerRun[]): Comparable {
  const ofModel = runs
    .map((run) => run.meta)
    .filter((run) => run.model.slug === meta.model.slug && run.run_id !== meta.run_id && run.status !== 'failed')
  const overDataset = ofModel.filter(({ dataset }) => dataset.sha256 === meta.dataset.sha256)
  const same = overDataset.filter(
    ({ dataset }) => dataset.prompt_sha256 !== undefined && dataset.prompt_sha256 === meta.dataset.prompt_sha256,
  )
  const [last] = same
  if (!last) {
    const reason = whyNone(meta, ofModel, overDataset)
    return { verdicts: { reason }, speed: { reason } }
  }
  const asFast = same.find((run) => run.execution.req_per_sec !== undefined && speedDifferences(meta, run).length === 0)
  return {
    verdicts: { run: last, warnings: samplingDifferences(meta, last) },
    speed: asFast
      ? { run: asFast }
      : { reason: `${last.run_id} differs in ${speedDifferences(meta, last).join('; ') || 'that it has no speed'}` },
  }
}

function whyNone(meta: RunMeta, ofModel: readonly RunMeta[], overDataset: readonly RunMeta[]): string {
  if (ofModel.length === 0) return `main has no earlier run of ${meta.model.slug} that was answered`
  const [last] = overDataset
  if (!last) return `main has no earlier run of ${meta.model.slug} over the same bytes of ${meta.dataset.name}`
  if (meta.dataset.prompt_sha256 === undefined) return 'this run does not say which prompt it used'
  return `${last.run_id}, the last one over this dataset, was asked with another prompt`
}

/** What differs of all that decides the speed, as `part: there → here`; what one of them doesn't say counts as different. */
function speedDifferences(here: RunMeta, there: RunMeta): string[] {
  const parts: [string, (meta: RunMeta) => unknown, 'must be known'?][] = [
    ['weights', ({ model }) => [model.revision ?? '', model.weights_sha256 ?? '', model.quantization ?? '']],
    [
      'hardware',
      ({ execution: { host } }) => host && [host.platform, host.cpu ?? '', host.cpus ?? '', host.memory_gb ?? ''],
      'must be known',
    ],
    ['engine', ({ execution: { engine } }) => engine.name],
    ['engine version', ({ execution: { engine } }) => engine.version, 'must be known'],
    ['engine arguments', ({ execution: { engine } }) => engine.args],
    ['order', ({ execution }) => execution.order, 'must be known'],
    ['concurrency', ({ execution }) => execution.concurrency, 'must be known'],
  ]
  return parts.flatMap(([name, read, known]) => {
    const [a, b] = [read(there), read(here)]
    if (known !== undefined && (a === undefined || b === undefined)) return [`${name}: not known`]
    return isDeepStrictEqual(a, b) ? [] : [`${name}: ${show(a)} → ${show(b)}`]
  })
}

function samplingDifferences(here: RunMeta, there: RunMeta): string[] {
  const a: Record<string, unknown> = { ...there.execution.sampling, weights: weightsOf(there) }
  const b: Record<string, unknown> = { ...here.execution.sampling, weights: weightsOf(here) }
  return [...new Set([...Object.keys(a), ...Object.keys(b)])]
    .filter((name) => !isDeepStrictEqual(a[name], b[name]))
    .map((name) => `${name}: ${show(a[name])} → ${show(b[name])}`)
}

function weightsOf({ model }: RunMeta): string | undefined {
  return model.weights_sha256?.slice(0, 12) ?? model.revision?.slice(0, 12)
}

function show(value: unknown): string {
  if (Array.isArray(value)) return value.filter((part) => part !== '').join(' ') || 'not known'
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? 'not set')
}
