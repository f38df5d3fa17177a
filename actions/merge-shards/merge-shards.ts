import { appendFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { UserError } from 'registry'
import { stemOf } from 'registry/node'
import { concatFiles } from '../run-batch/concat-files.ts'
import { copyJournals } from '../run-batch/copy-journal.ts'
import { endJob, type RunDeps, type RunOutcome } from '../run-batch/run-batch.ts'
import { compareFingerprints, fingerprintOf } from '../run-batch/fingerprint.ts'
import { readJournal } from '../run-batch/journal.ts'
import { listJobs, openJob, type JobFile } from '../run-batch/open-job.ts'
import { identityOf, mintIdentity, planRun } from '../run-batch/plan-run.ts'

export interface MergeInputs {
  ledger: string
  /** run ids of all shards of one job, in any order */
  runIds: readonly string[]
}

type MergeDeps = Pick<RunDeps, 'spool' | 'now' | 'engineName'>

interface Part {
  job: JobFile
  folder: string
}

/**
 * Joins the shards of one job in the spool into one run: the same rows as one run on a deterministic engine. The shards
 * stay where they are. @throws UserError with everything that keeps them from being one job
 */
export async function mergeShards(inputs: MergeInputs, deps: MergeDeps): Promise<RunOutcome> {
  const parts = await findParts(deps.spool, inputs.runIds)
  const [first] = parts
  if (!first)
    throw new UserError('nothing to merge', ['RUN…: name the shards’ run ids: batchledger spool list shows them'])
  const problems = [...checkParts(parts), ...(await checkEngines(parts))]
  const { model, dataset, rubric, limit } = first.job.key
  const draft = await planRun({
    ledger: inputs.ledger,
    model,
    dataset: stemOf(dataset),
    ...(rubric === undefined ? {} : { rubric }),
    ...(limit === undefined ? {} : { limit }),
    concurrency: 1,
  })
  try {
    if (draft.plan && draft.plan.source.sha256 !== first.job.requests_sha256)
      problems.push(`${first.job.run_id}: asked other requests than the ledger’s dataset and rubric give now`)
    if (problems.length > 0 || draft.problems.length > 0 || !draft.plan)
      throw new UserError('the shards can’t be merged', [...problems, ...draft.problems])
    const { shard: _, ...key } = first.job.key
    const { plan } = draft
    const job = await openJob(
      deps.spool,
      { key, requests_sha256: first.job.requests_sha256, created_at: deps.now().toISOString() },
      true,
      (attempt) => mintIdentity(plan.slug, plan.datasetName, new Date(deps.now().getTime() + attempt * 1000)).runId,
    )
    if (job.kind === 'completed') throw new Error('a new job that is completed')
    try {
      const sources = parts.map((part) => ({ path: join(part.folder, 'journal.jsonl'), runId: part.job.run_id }))
      await copyJournals(sources, join(job.folder, 'journal.jsonl'), job.runId)
      await concatFiles(
        parts.map(({ folder }) => join(folder, 'engine.log')),
        join(job.folder, 'engine.log'),
      )
      await concatFiles(
        parts.map(({ folder }) => join(folder, 'run.log')),
        join(job.folder, 'run.log'),
      )
      await appendFile(
        join(job.folder, 'run.log'),
        `${deps.now().toISOString()} merged from ${inputs.runIds.join(', ')}\n`,
      )
      const identity = identityOf(job.runId, plan.slug, plan.datasetName)
      const command = `batchledger merge ${parts.map((part) => part.job.run_id).join(' ')}`
      return await endJob({ ...plan, ...identity }, job.folder, { command, startedAt: deps.now() }, deps)
    } catch (error) {
      await rm(job.folder, { recursive: true })
      throw error
    } finally {
      await job.release()
    }
  } finally {
    draft.plan?.source.close()
  }
}

async function findParts(spool: string, runIds: readonly string[]): Promise<Part[]> {
  const jobs = await listJobs(spool)
  const missing = runIds.filter((runId) => !jobs.some(({ job }) => job.run_id === runId))
  if (missing.length > 0)
    throw new UserError(
      'no such run',
      missing.map(
        (runId) => `${JSON.stringify(runId)} is not in the spool ${spool}: batchledger spool list shows what is`,
      ),
    )
  return jobs.filter(({ job }) => runIds.includes(job.run_id)).sort((a, b) => indexOf(a.job) - indexOf(b.job))
}

function indexOf(job: JobFile): number {
  return Number(job.key.shard?.split('/')[0] ?? 0)
}

/** Every part once, all of one job. Pure. */
export function checkParts(parts: readonly { job: JobFile }[]): string[] {
  const whole = parts.filter(({ job }) => job.key.shard === undefined)
  const problems = whole.map(({ job }) => `${job.run_id}: is a whole run, not a shard`)
  const shards = parts.filter((part) => !whole.includes(part)).map(({ job }) => job)
  const [first] = shards
  const count = Number(first?.key.shard?.split('/')[1] ?? 0)
  const withoutShard = (job: JobFile) => JSON.stringify([{ ...job.key, shard: undefined }, job.requests_sha256])
  const seen = new Map<number, string>()
  for (const job of shards) {
    const earlier = seen.get(indexOf(job))
    if (Number(job.key.shard?.split('/')[1]) !== count)
      problems.push(`${job.run_id}: is part ${job.key.shard}, ${first?.run_id} is ${first?.key.shard}`)
    else if (earlier !== undefined) problems.push(`${job.run_id}: is part ${job.key.shard}, as is ${earlier}`)
    else if (first && withoutShard(job) !== withoutShard(first))
      problems.push(`${job.run_id}: is of another job than ${first.run_id}: model, dataset, rubric or requests differ`)
    seen.set(indexOf(job), job.run_id)
  }
  for (let index = 1; index <= count; index++)
    if (!seen.has(index)) problems.push(`part ${index}/${count} is missing: name its run`)
  return problems
}

async function checkEngines(parts: readonly Part[]): Promise<string[]> {
  const journals = await Promise.all(parts.map(({ folder }) => readJournal(join(folder, 'journal.jsonl'))))
  const reference = journals[0]?.segments[0]?.engine
  return parts.flatMap(({ job }, index) => {
    const engine = journals[index]?.segments[0]?.engine
    if (!engine) return [`${job.run_id}: has no answers yet: run it first`]
    if (!reference) return []
    return compareFingerprints(fingerprintOf(reference), fingerprintOf(engine)).map((part) => `${job.run_id}: ${part}`)
  })
}
