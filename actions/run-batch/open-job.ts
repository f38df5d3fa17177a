import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { UserError, type RunMeta } from 'registry'
import { listFolder } from 'registry/node'
import { claimSpoolFolder, readBundle } from '../adapters/spool.ts'
import { readJournal, type JournalState } from './journal.ts'
import { takeLock, type LockOwner } from './job-lock.ts'

/** What makes two calls the same job: the same command finds it again. */
export interface JobKey {
  model: string
  dataset: string
  rubric?: string
  limit?: number
  /** `i/n` */
  shard?: string
}

/** A run's job.json in the spool. */
export interface JobFile {
  schema_version: 1
  run_id: string
  key: JobKey
  /** digest over all final request bodies */
  requests_sha256: string
  created_at: string
}

export type OpenedJob =
  | { kind: 'new' | 'resumed'; runId: string; folder: string; journal: JournalState; release: () => Promise<void> }
  | { kind: 'completed'; runId: string; bundle: { folder: string; meta: RunMeta } }

/**
 * Finds the newest job of this key in the spool and takes it, or makes a new one. A completed job whose rows need no
 * second try is given back as it is.
 * @param mint gives run ids, one second later each time
 * @throws UserError when the job is in progress elsewhere, or when it asked other requests
 */
export async function openJob(
  spool: string,
  wanted: Omit<JobFile, 'schema_version' | 'run_id'>,
  again: boolean,
  mint: (attempt: number) => string,
): Promise<OpenedJob> {
  const known = again ? undefined : (await listJobs(spool)).find(({ job }) => isSameKey(job.key, wanted.key))
  if (!known) return makeJob(spool, wanted, mint)
  const { job, folder } = known
  if (job.requests_sha256 !== wanted.requests_sha256)
    throw new UserError('the job can’t go on', [
      `${folder}: requests are ${job.requests_sha256.slice(0, 12)}…, the call asks ${wanted.requests_sha256.slice(0, 12)}…: dataset, rubric or sampling changed since it was started; start anew with --again, or drop it: batchledger spool drop ${job.run_id}`,
    ])
  const lock = await takeLock(folder)
  if ('heldBy' in lock) throw inProgress(job.run_id, lock.heldBy)
  const journal = await readJournal(join(folder, 'journal.jsonl'))
  const bundle = await readBundle(folder)
  const mayRetry = [...journal.rows.values()].some((row) => row.is === 'retry')
  if (bundle && bundle.meta.status !== 'failed' && !mayRetry) {
    await lock.release()
    return { kind: 'completed', runId: job.run_id, bundle }
  }
  return { kind: 'resumed', runId: job.run_id, folder, journal, release: lock.release }
}

async function makeJob(
  spool: string,
  wanted: Omit<JobFile, 'schema_version' | 'run_id'>,
  mint: (attempt: number) => string,
): Promise<OpenedJob> {
  await mkdir(spool, { recursive: true })
  for (let attempt = 0; ; attempt++) {
    const runId = mint(attempt)
    const folder = await claimSpoolFolder(spool, runId)
    if (folder === undefined) continue
    const lock = await takeLock(folder)
    if ('heldBy' in lock) throw inProgress(runId, lock.heldBy)
    const job: JobFile = { schema_version: 1, run_id: runId, ...wanted }
    await writeFile(join(folder, 'job.json'), `${JSON.stringify(job, null, 2)}\n`)
    return {
      kind: 'new',
      runId,
      folder,
      journal: await readJournal(join(folder, 'journal.jsonl')),
      release: lock.release,
    }
  }
}

/** The spool's jobs, newest first; folders without a readable job.json are none. */
export async function listJobs(spool: string): Promise<{ job: JobFile; folder: string }[]> {
  const jobs: { job: JobFile; folder: string }[] = []
  for (const name of await listFolder(spool)) {
    const folder = join(spool, name)
    const text = await readFile(join(folder, 'job.json'), 'utf8').catch(() => undefined)
    // one that died between mkdir and write has asked nothing
    if (text !== undefined && text.endsWith('\n')) jobs.push({ job: JSON.parse(text) as JobFile, folder })
  }
  return jobs.sort((a, b) => (a.job.created_at < b.job.created_at ? 1 : -1))
}

export function isSameKey(a: JobKey, b: JobKey): boolean {
  return (
    a.model === b.model &&
    a.dataset === b.dataset &&
    a.rubric === b.rubric &&
    a.limit === b.limit &&
    a.shard === b.shard
  )
}

function inProgress(runId: string, owner: LockOwner): UserError {
  return new UserError('the job is in progress', [
    `${runId}: process ${owner.pid} on ${owner.host} holds it since ${owner.since}: wait for it, or end that process`,
  ])
}
