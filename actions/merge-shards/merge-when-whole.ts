import { join } from 'node:path'
import { readOptional } from 'registry/node'
import { replaceFile } from '../adapters/replace-file.ts'
import { readBundle } from '../adapters/spool.ts'
import { waitForLock } from '../run-batch/job-lock.ts'
import { listJobs, isSameKey, type JobFile, type SpooledFolder } from '../run-batch/open-job.ts'
import type { RunDeps } from '../run-batch/run-batch.ts'
import { mergeShards } from './merge-shards.ts'

/** In the first shard's folder once all were merged: the run they went into, and all of them. */
const mergedMark = 'merged.json'

interface MergedMark {
  run_id: string
  parts: string[]
}

export type MergedOrNot =
  /** the run to publish: the one asked for, or what its shards were merged into */
  | { runId: string }
  /** shards of the same job that have no bundle yet, as `i/n` */
  | { waitingFor: string[] }

/**
 * What a run of the spool is published as. A shard waits for the others; whoever ends last merges all of them, and asked
 * again it names the same merged run. @throws UserError as mergeShards does
 */
export async function mergeWhenWhole(
  inputs: { ledger: string; runId: string },
  deps: Pick<RunDeps, 'spool' | 'now' | 'engineName'>,
): Promise<MergedOrNot> {
  const jobs = await listJobs(deps.spool)
  const asked = jobs.find(({ job }) => job.run_id === inputs.runId)
  if (asked?.job.key.shard === undefined) return { runId: inputs.runId }
  const { parts, waitingFor } = await findSiblings(jobs, asked.job)
  const [first] = parts
  if (waitingFor.length > 0 || !first) return { waitingFor }
  // two shards that end at once must not be merged twice
  const lock = await waitForLock(first.folder)
  try {
    const merged = await readOptional(join(first.folder, mergedMark))
    if (merged !== undefined) return { runId: (JSON.parse(merged) as MergedMark).run_id }
    const runIds = parts.map(({ job }) => job.run_id)
    const { runId } = await mergeShards({ ledger: inputs.ledger, runIds }, deps)
    const mark: MergedMark = { run_id: runId, parts: runIds }
    await replaceFile(join(first.folder, mergedMark), `${JSON.stringify(mark)}\n`)
    return { runId }
  } finally {
    await lock.release()
  }
}

/** The shards that a run was merged from; the one that says so comes last. */
export async function listMergedParts(jobs: readonly SpooledFolder[], runId: string): Promise<SpooledFolder[]> {
  for (const first of jobs) {
    const text = first.job.key.shard === undefined ? undefined : await readOptional(join(first.folder, mergedMark))
    const mark = text === undefined ? undefined : (JSON.parse(text) as MergedMark)
    if (mark?.run_id === runId)
      return [...jobs.filter((part) => part !== first && mark.parts.includes(part.job.run_id)), first]
  }
  return []
}

/** The newest job of each shard that asked the same requests. */
async function findSiblings(jobs: readonly SpooledFolder[], asked: JobFile) {
  const count = Number(asked.key.shard?.split('/')[1])
  const parts: SpooledFolder[] = []
  const waitingFor: string[] = []
  for (let index = 1; index <= count; index++) {
    const shard = `${index}/${count}`
    const key = { ...asked.key, shard }
    const part = jobs.find(({ job }) => isSameKey(job.key, key) && job.requests_sha256 === asked.requests_sha256)
    if (part && (await isEnded(part))) parts.push(part)
    else waitingFor.push(shard)
  }
  return { parts, waitingFor }
}

/** It has a bundle that is all it was to be: a failed shard is to be run again first. */
async function isEnded({ folder }: SpooledFolder): Promise<boolean> {
  const bundle = await readBundle(folder)
  return bundle !== undefined && bundle.meta.status !== 'failed'
}
