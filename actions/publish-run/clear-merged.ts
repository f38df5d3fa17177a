import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { UserError } from 'registry'
import { digestFile, metaPathOf } from 'registry/node'
import { authSettings, configEnv, git, type GitAuth } from '../adapters/git.ts'
import { checkRemote, fetchBase, ledgerPrefix, remoteUrl } from '../adapters/git-plumbing.ts'
import { confirmObjects, findLfsTarget, pointerText, type LfsTarget } from '../adapters/lfs.ts'
import type { LfsObject } from '../adapters/lfs-batch.ts'
import { readBundle } from '../adapters/spool.ts'
import { listMergedParts } from '../merge-shards/merge-when-whole.ts'
import { readLock, takeLock } from '../run-batch/job-lock.ts'
import { askedAll, listJobs, type SpooledFolder } from '../run-batch/open-job.ts'
import { bundleParts, differingPaths, type Bundle } from './bundle-contents.ts'

export interface ClearInputs {
  ledger: string
  spool: string
  remote: string
  base?: string
  auth?: GitAuth
}

export interface ClearOutcome {
  /** run ids whose folder was removed */
  cleared: string[]
  kept: { runId: string; why: string }[]
}

/**
 * Removes from the spool what is safe elsewhere: runs that asked all they were to ask, whose very bytes stand on the remote's main and whose
 * objects the server holds; shards with the run they were merged into. An interrupted or failed run stays, because only its journal lets the same command go on; it goes
 * by `spool drop`.
 */
export async function clearMerged(inputs: ClearInputs): Promise<ClearOutcome> {
  const { ledger, spool, remote, auth } = inputs
  const faults = await checkRemote(ledger, remote)
  if (faults.length > 0) throw new UserError('the spool was not cleared', faults)
  const prefix = await ledgerPrefix(ledger)
  const env = configEnv(authSettings(await remoteUrl(ledger, remote), auth))
  const base = await fetchBase(ledger, remote, inputs.base ?? 'main', env)
  const target = await findLfsTarget(ledger, inputs, base)
  const outcome: ClearOutcome = { cleared: [], kept: [] }
  const jobs = await listJobs(spool)
  for (const { job, folder } of jobs) {
    const runId = job.run_id
    if (outcome.cleared.includes(runId)) continue
    const lock = await takeLock(folder)
    if ('heldBy' in lock) {
      outcome.kept.push({ runId, why: `process ${lock.heldBy.pid} on ${lock.heldBy.host} is at it` })
      continue
    }
    try {
      const parts = await listMergedParts(jobs, runId)
      const why = (await whyKept(inputs, await readBundle(folder), { base, prefix, target })) ?? (await whoHolds(parts))
      if (why === undefined) {
        // the run goes last: it is what says that its shards are safe
        for (const place of [...parts.map((part) => part.folder), folder])
          await rm(place, { recursive: true, force: true })
        outcome.cleared.push(...parts.map((part) => part.job.run_id), runId)
      } else outcome.kept.push({ runId, why })
    } finally {
      await lock.release()
    }
  }
  return outcome
}

async function whoHolds(parts: readonly SpooledFolder[]): Promise<string | undefined> {
  for (const { job, folder } of parts) {
    const owner = await readLock(folder)
    if (owner) return `process ${owner.pid} on ${owner.host} is at its shard ${job.run_id}`
  }
  return undefined
}

/** Why a run must stay; undefined when nothing would be lost without it. */
async function whyKept(
  { ledger, base: branch = 'main' }: ClearInputs,
  bundle: Bundle | undefined,
  { base, prefix, target }: { base: string; prefix: string; target: LfsTarget },
): Promise<string | undefined> {
  if (!bundle) return 'it has no bundle yet'
  const { folder, meta } = bundle
  if (!askedAll(meta)) return `it is ${meta.status}: the same command may go on; spool drop removes it`
  const blobs = new Map<string, string>()
  const objects: LfsObject[] = []
  for (const part of bundleParts) {
    const found = await digestFile(join(folder, meta.files[part])).catch(() => undefined)
    if (!found) return `${meta.files[part]} is not in its bundle`
    blobs.set(meta.files[part], await blobOf(ledger, pointerText(found)))
    if (found.bytes > 0) objects.push({ oid: found.sha256, size: found.bytes })
  }
  blobs.set(metaPathOf(meta), await blobOf(ledger, await readFile(join(folder, metaPathOf(meta)), 'utf8')))
  const { other, absent } = await differingPaths(ledger, base, prefix, { blobs })
  if (other.length > 0) return `${branch} holds other bytes at ${other.join(', ')}`
  if (absent.length > 0) return `it is not on ${branch} yet`
  try {
    const paths = bundleParts.map((part) => prefix + meta.files[part])
    await confirmObjects(ledger, target, { ref: `refs/heads/${branch}`, paths, objects })
    return undefined
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    return error.problems.join('; ')
  }
}

/** The id a text would have in Git; nothing is written. */
async function blobOf(ledger: string, text: string): Promise<string> {
  return (await git(ledger, ['hash-object', '--stdin'], { input: Readable.from([text]) })).trim()
}
