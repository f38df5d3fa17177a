import { rm } from 'node:fs/promises'
import { UserError } from 'registry'
import { readRuns } from 'registry/node'
import { readBundle } from '../adapters/spool.ts'
import { showSpooled, type SpooledJob } from './list-spool.ts'

export interface DropInputs {
  spool: string
  runId: string
  /** the ledger in which a published run is looked for */
  ledger?: string
  /** drop answers that are nowhere else */
  force: boolean
}

/**
 * Removes a run's folder from the spool. Answers that are in no ledger are lost by it, so that has to be said.
 * @throws UserError when a live process holds it, or when it isn't in the ledger and force isn't given
 */
export async function dropSpooled(inputs: DropInputs): Promise<SpooledJob & { in_ledger: boolean }> {
  const job = await showSpooled(inputs.spool, inputs.runId)
  if (job.held_by)
    throw new UserError('the run is in progress', [
      `${job.run_id}: process ${job.held_by.pid} on ${job.held_by.host} holds it: end it first`,
    ])
  const runs = inputs.ledger === undefined ? [] : (await readRuns(inputs.ledger)).runs
  const bundle = await readBundle(job.folder)
  // the same bytes, not only the same name: a newer bundle of the run would be lost
  const inLedger = runs.some(
    ({ meta }) => meta.run_id === job.run_id && meta.files.sha256.results === bundle?.meta.files.sha256.results,
  )
  if (!inLedger && !inputs.force)
    throw new UserError('nothing was dropped', [
      `${job.run_id}: its ${job.answered} answers are in no ledger at hand: publish and merge it first, or say --force to lose them`,
    ])
  await rm(job.folder, { recursive: true })
  return { ...job, in_ledger: inLedger }
}
