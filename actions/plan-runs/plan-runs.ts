import { statfs } from 'node:fs/promises'
import { totalmem } from 'node:os'
import { dirname } from 'node:path'
import type { Model } from 'registry'
import { promptSha256, readRuns, type LedgerRun } from 'registry/node'
import { readLock } from '../run-batch/job-lock.ts'
import { isSameKey, listJobs } from '../run-batch/open-job.ts'
import { isLoopback, planRun, type RunDraft, type RunInputs } from '../run-batch/plan-run.ts'
import { keyOf, type RunDeps } from '../run-batch/run-batch.ts'
import { checkVram, readGpuMemory } from './check-vram.ts'
import { forecastRun, type Forecast } from './forecast-run.ts'

export interface PlannedRun {
  model: string
  dataset: string
  rubric?: string
  /** what keeps it from starting, all at once */
  problems: string[]
  /** what deserves a look and keeps nothing from starting */
  warnings: string[]
  /** only without problems */
  forecast?: Forecast
}

export type PlanDeps = Pick<RunDeps, 'spool' | 'checkEngine' | 'again'>

/**
 * Says what a run would do and everything that would keep it from ending well, without starting anything: catalog,
 * rows, digests, engine and weights, disk, memory, the same job in progress.
 */
export async function planOneRun(inputs: RunInputs, deps: PlanDeps): Promise<PlannedRun> {
  const draft = await planRun(inputs)
  try {
    const problems = [...draft.problems, ...(draft.model ? await deps.checkEngine(inputs.model, draft.model) : [])]
    const planned = { model: inputs.model, dataset: inputs.dataset, problems, warnings: draft.warnings }
    if (!draft.plan) return planned
    const { plan } = draft
    const forecast = forecastRun(plan, await earlierRuns(inputs.ledger, plan))
    problems.push(...(await checkDisk(deps.spool, forecast.journal_bytes + forecast.lfs_bytes)))
    if (inputs.baseUrl === undefined) problems.push(...checkMemory(inputs.model, plan.model))
    // a server on this machine uses its GPUs; what another machine has can't be seen from here
    else if (isLoopback(inputs.baseUrl)) problems.push(...checkVram(inputs.model, plan.model, await readGpuMemory()))
    if (deps.again !== true) problems.push(...(await checkInProgress(deps.spool, plan)))
    return {
      ...planned,
      ...(plan.rubricId === undefined ? {} : { rubric: plan.rubricId }),
      ...(problems.length === 0 ? { forecast } : {}),
    }
  } finally {
    draft.plan?.source.close()
  }
}

type Plan = NonNullable<RunDraft['plan']>

/** Completed runs of this model, those with the same prompt first. */
async function earlierRuns(ledger: string, plan: Plan): Promise<LedgerRun[]> {
  const { runs } = await readRuns(ledger)
  const prompt = plan.rubric ? promptSha256(plan.rubric) : undefined
  const likeness = ({ meta }: LedgerRun) => (meta.dataset.prompt_sha256 === prompt ? 0 : 1)
  return runs
    .filter(({ meta }) => meta.model.slug === plan.slug && meta.status === 'completed')
    .sort((a, b) => likeness(a) - likeness(b))
}

function checkMemory(slug: string, { weights }: Model): string[] {
  if (!weights || weights.bytes < totalmem()) return []
  const gb = (bytes: number) => (bytes / 1e9).toFixed(1)
  return [
    `registry/models/${slug}.yaml: the weights need ${gb(weights.bytes)} GB, this machine has ${gb(totalmem())} GB: take a smaller quantisation`,
  ]
}

async function checkDisk(spool: string, needed: number): Promise<string[]> {
  const free = await freeBytes(spool)
  if (free >= needed) return []
  const mb = (bytes: number) => `${Math.ceil(bytes / 1e6)} MB`
  return [
    `--spool ${spool}: ${mb(free)} are free, journal and bundle need about ${mb(needed)}: make room or name another folder`,
  ]
}

/** Free bytes where a folder is or would be. */
async function freeBytes(folder: string): Promise<number> {
  for (let path = folder; ; path = dirname(path)) {
    try {
      const { bavail, bsize } = await statfs(path)
      return bavail * bsize
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || path === dirname(path)) throw error
    }
  }
}

async function checkInProgress(spool: string, plan: Plan): Promise<string[]> {
  const problems: string[] = []
  for (const { job, folder } of await listJobs(spool)) {
    if (!isSameKey(job.key, keyOf(plan))) continue
    const owner = await readLock(folder)
    if (owner)
      problems.push(
        `${job.run_id}: the same job is in progress: process ${owner.pid} on ${owner.host} holds it since ${owner.since}`,
      )
  }
  return problems
}
