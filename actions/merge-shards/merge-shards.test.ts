import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { UserError } from 'registry'
import { expect, test } from 'vitest'
import { makeLedger, type TestLedger } from '../../test/support/make-ledger.ts'
import { runTestBatch } from '../../test/support/run-test-batch.ts'
import { startVllmProtocolServer, type VllmProtocolServer } from '../../test/servers/vllm-protocol-server.ts'
import { rowId } from '../run-batch/row-line.ts'
import type { RunOutcome } from '../run-batch/run-batch.ts'
import { mergeShards } from './merge-shards.ts'

const answer = (body: Record<string, unknown>) =>
  JSON.stringify({ recommendation: { value: 'Yes', reasoning: JSON.stringify(body['messages']).slice(-20) } })

const runShard = (ledger: TestLedger, server: VllmProtocolServer, index: number, count: number) =>
  runTestBatch(ledger, { baseUrl: server.baseUrl, inputs: { shard: { index, count } }, deps: { again: true } })

const merge = (ledger: TestLedger, runs: RunOutcome[]) =>
  mergeShards(
    { ledger: ledger.folder, runIds: runs.map((run) => run.runId) },
    { spool: ledger.spool, now: () => new Date(), engineName: 'merge' },
  )

test('shards merged are the rows of one run, with the ids of the merged run and the union of their times', async () => {
  const ledger = await makeLedger(41)
  await using server = await startVllmProtocolServer({ answer })
  const shards = [
    await runShard(ledger, server, 0, 3),
    await runShard(ledger, server, 2, 3),
    await runShard(ledger, server, 1, 3),
  ]
  for (const shard of shards) expect(shard.meta).toMatchObject({ status: 'partial', failure: { code: 'shard' } })
  const merged = await merge(ledger, shards)
  expect(merged.meta).toMatchObject({ status: 'completed', results: { total: 41, success: 41, missing: 0 } })
  expect(merged.meta.execution.segments).toHaveLength(3)
  const whole = await runTestBatch(ledger, { baseUrl: server.baseUrl, deps: { again: true } })
  const rows = async (run: RunOutcome) =>
    (await readFile(join(run.folder, run.meta.files.results), 'utf8')).replaceAll(/batch_req_[0-9a-f]{32}/g, 'ID')
  expect(await rows(merged)).toBe(await rows(whole))
  expect(await readFile(join(merged.folder, merged.meta.files.results), 'utf8')).toContain(
    rowId(merged.runId, 'person-1'),
  )
  expect(await readdir(ledger.spool)).toEqual(expect.arrayContaining(shards.map((shard) => shard.runId)))
})

test('what keeps shards from being one job is told, all of it, and nothing is left behind', async () => {
  const ledger = await makeLedger(20)
  await using server = await startVllmProtocolServer({ answer })
  const first = await runShard(ledger, server, 0, 3)
  const twice = await runShard(ledger, server, 0, 3)
  const whole = await runTestBatch(ledger, { baseUrl: server.baseUrl, deps: { again: true } })
  const before = await readdir(ledger.spool)
  const error: unknown = await merge(ledger, [first, twice, whole]).catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(UserError)
  const problems = (error as UserError).problems.join('\n')
  expect(problems).toMatch(/is a whole run, not a shard/)
  expect(problems).toMatch(/is part 1\/3, as is/)
  expect(problems).toMatch(/part 2\/3 is missing/)
  expect(await readdir(ledger.spool)).toEqual(before)
})
