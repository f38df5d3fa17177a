import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { UserError, describeJsonError, type RunMeta } from 'registry'
import { listFolder, readOptional } from 'registry/node'
import { claimSpoolFolder, publishedMark, readBundle } from '../adapters/spool.ts'
import { readJournal, type JournalState } from './journal.ts'
import { copyJournals } from './copy-journal.ts'
import { takeLock, waitForLock, type LockOwner } from './job-lock.ts'
import { syncPath } from './sync-path.ts'

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
  /** the run whose answers this one started with */
  continues?: string
  /** digest over all final request bodies */
  requests_sha256: string
  created_at: string
}

export interface SpooledFolder {
  job: JobFile
  folder: string
}

export type OpenedJob =
  | ({
      kind: 'new' | 'resumed'
      runId: string
      folder: string
      journal: JournalState
      release: () => Promise<void>
    } & Pick<JobFile, 'continues'>)
  | { kind: 'completed'; runId: string; bundle: { folder: string; meta: RunMeta } }

/**
 * Finds the newest job of this key in the spool and takes it, or makes a new one. A completed job whose rows need no
 * second try is given back as it is, and so is one that was published: it is write-once.
 * @param mint gives run ids, one second later each time
 * @throws UserError when the job is in progress elsewhere, or when it asked other requests
 */
export async function openJob(
  spool: string,
  wanted: Omit<JobFile, 'schema_version' | 'run_id'>,
  again: boolean,
  mint: (attempt: number) => string,
): Promise<OpenedJob> {
  await mkdir(spool, { recursive: true, mode: 0o700 })
  // two first calls at once must not make two jobs of one
  const lock = await waitForLock(spool)
  try {
    return await findOrMake(spool, wanted, again, mint)
  } finally {
    await lock.release()
  }
}

async function findOrMake(
  spool: string,
  wanted: Omit<JobFile, 'schema_version' | 'run_id'>,
  again: boolean,
  mint: (attempt: number) => string,
): Promise<OpenedJob> {
  const jobs = await listJobs(spool)
  const isWanted = ({ job }: SpooledFolder) =>
    isSameKey(job.key, wanted.key) && (wanted.continues === undefined || job.continues === wanted.continues)
  const known = again ? undefined : jobs.find(isWanted)
  if (!known) {
    const earlier = wanted.continues === undefined ? undefined : findEarlier(spool, jobs, wanted)
    return makeJob(spool, wanted, mint, earlier)
  }
  const { job, folder } = known
  if (job.requests_sha256 !== wanted.requests_sha256)
    throw new UserError('the job can’t go on', [
      `${folder}: requests are ${job.requests_sha256.slice(0, 12)}…, the call asks ${wanted.requests_sha256.slice(0, 12)}…: dataset, rubric or sampling changed since it was started; start anew with --again, or drop it: batchledger spool drop ${job.run_id}`,
    ])
  const lock = await takeLock(folder)
  if ('heldBy' in lock) throw inProgress(job.run_id, lock.heldBy)
  try {
    const journal = await readJournal(join(folder, 'journal.jsonl'))
    const bundle = await readBundle(folder)
    const mayRetry = [...journal.rows.values()].some((row) => row.is === 'retry')
    const published = (await readOptional(join(folder, publishedMark))) !== undefined
    if (!bundle || (!published && (!askedAll(bundle.meta) || mayRetry)))
      return { kind: 'resumed', runId: job.run_id, folder, journal, release: lock.release, ...continuesOf(job) }
    await lock.release()
    return { kind: 'completed', runId: job.run_id, bundle }
  } catch (error) {
    await lock.release()
    throw error
  }
}

/** The run that is to be continued. @throws UserError when it isn't there, or asked something else */
function findEarlier(
  spool: string,
  jobs: readonly SpooledFolder[],
  wanted: Omit<JobFile, 'schema_version' | 'run_id'>,
): SpooledFolder {
  const earlier = jobs.find(({ job }) => job.run_id === wanted.continues)
  const refuse = (finding: string) =>
    new UserError('the run can’t be continued', [`--continues ${wanted.continues}: ${finding}`])
  if (!earlier) throw refuse(`is not in the spool ${spool}: batchledger spool list shows what is`)
  if (!isSameKey(earlier.job.key, wanted.key)) throw refuse('is of another model, dataset, rubric, limit or shard')
  if (earlier.job.requests_sha256 !== wanted.requests_sha256)
    throw refuse('asked other requests: dataset, rubric or sampling changed')
  return earlier
}

function continuesOf({ continues }: JobFile): Pick<JobFile, 'continues'> {
  return continues === undefined ? {} : { continues }
}

/** The bundle holds an answer for every row its run asked for: whole, limited or a shard. */
export function askedAll({ status, failure }: RunMeta): boolean {
  return status === 'completed' || (status === 'partial' && ['limit', 'shard'].includes(failure?.code ?? ''))
}

async function makeJob(
  spool: string,
  wanted: Omit<JobFile, 'schema_version' | 'run_id'>,
  mint: (attempt: number) => string,
  earlier?: SpooledFolder,
): Promise<OpenedJob> {
  for (let attempt = 0; ; attempt++) {
    const runId = mint(attempt)
    const folder = await claimSpoolFolder(spool, runId)
    if (folder === undefined) continue
    const lock = await takeLock(folder)
    if ('heldBy' in lock) throw inProgress(runId, lock.heldBy)
    const job: JobFile = { schema_version: 1, run_id: runId, ...wanted }
    if (earlier)
      await copyJournals(
        [{ path: join(earlier.folder, 'journal.jsonl'), runId: earlier.job.run_id }],
        join(folder, 'journal.jsonl'),
        runId,
      )
    await writeFile(join(folder, 'job.json'), `${JSON.stringify(job, null, 2)}\n`)
    for (const path of [join(folder, 'job.json'), folder, spool]) await syncPath(path)
    return {
      kind: 'new',
      runId,
      folder,
      journal: await readJournal(join(folder, 'journal.jsonl')),
      release: lock.release,
      ...continuesOf(job),
    }
  }
}

/** The spool's jobs, newest first; folders without a readable job.json are none. */
export async function listJobs(spool: string): Promise<SpooledFolder[]> {
  const jobs: SpooledFolder[] = []
  for (const name of await listFolder(spool)) {
    const folder = join(spool, name)
    const text = await readFile(join(folder, 'job.json'), 'utf8').catch(() => undefined)
    // one that died between mkdir and write has asked nothing
    if (text !== undefined && text.endsWith('\n')) jobs.push({ job: parseJob(text, join(folder, 'job.json')), folder })
  }
  return jobs.sort((a, b) => (a.job.created_at < b.job.created_at ? 1 : -1))
}

function parseJob(text: string, path: string): JobFile {
  try {
    return JSON.parse(text) as JobFile
  } catch (error) {
    throw new UserError('the spool can’t be read', [
      `${path}: ${describeJsonError(error)}: the file is damaged; move its folder away`,
    ])
  }
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
