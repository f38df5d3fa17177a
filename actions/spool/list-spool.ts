import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { UserError } from 'registry'
import { listFolder } from 'registry/node'
import { readBundle } from '../adapters/spool.ts'
import { readJournal } from '../run-batch/journal.ts'
import { readLock, type LockOwner } from '../run-batch/job-lock.ts'
import { listJobs, type JobFile } from '../run-batch/open-job.ts'

export interface SpooledJob {
  run_id: string
  /** running: a live process holds it; bundled: it came to an end; open: the same command goes on */
  state: 'running' | 'bundled' | 'open'
  /** the bundle's status, where there is one */
  status?: string
  key: JobFile['key']
  created_at: string
  answered: number
  bytes: number
  held_by?: LockOwner
  folder: string
}

/** What the spool holds, newest first. Journals are read only of jobs that have no bundle yet. */
export async function listSpool(spool: string): Promise<SpooledJob[]> {
  const jobs: SpooledJob[] = []
  for (const { job, folder } of await listJobs(spool)) jobs.push(await describeJob(job, folder))
  return jobs
}

/** One job of the spool. @throws UserError naming what there is, when it isn't there */
export async function showSpooled(spool: string, runId: string): Promise<SpooledJob> {
  const jobs = await listJobs(spool)
  const found = jobs.find(({ job }) => job.run_id === runId)
  if (found) return describeJob(found.job, found.folder)
  const known = jobs.map(({ job }) => job.run_id)
  throw new UserError('no such run', [
    `${JSON.stringify(runId)} is not in the spool ${spool}; it holds ${known.length === 0 ? 'no runs' : known.join(', ')}`,
  ])
}

async function describeJob(job: JobFile, folder: string): Promise<SpooledJob> {
  const [owner, bundle] = await Promise.all([readLock(folder), readBundle(folder)])
  const results = bundle?.meta.results
  const status = bundle?.meta.status
  return {
    run_id: job.run_id,
    state: owner ? 'running' : bundle ? 'bundled' : 'open',
    ...(status === undefined ? {} : { status }),
    key: job.key,
    created_at: job.created_at,
    answered: results ? results.success + results.errors : (await readJournal(join(folder, 'journal.jsonl'))).rows.size,
    bytes: await bytesOf(folder),
    ...(owner ? { held_by: owner } : {}),
    folder,
  }
}

async function bytesOf(folder: string): Promise<number> {
  let bytes = 0
  for (const name of await listFolder(folder)) {
    const path = join(folder, name)
    const found = await stat(path).catch(() => undefined)
    if (found) bytes += found.isDirectory() ? await bytesOf(path) : found.size
  }
  return bytes
}
