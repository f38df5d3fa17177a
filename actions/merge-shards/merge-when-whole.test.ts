import { expect, test } from 'vitest'
import { makeLedger } from '../../test/support/make-ledger.ts'
import { runTestBatch } from '../../test/support/run-test-batch.ts'
import { startVllmProtocolServer } from '../../test/servers/vllm-protocol-server.ts'
import { mergeWhenWhole } from './merge-when-whole.ts'

test('a shard waits for the others; whoever is last merges, once, also when two are last at once', async () => {
  const ledger = await makeLedger(20)
  await using server = await startVllmProtocolServer({ answer: () => '{"recommendation":{"value":"Yes"}}' })
  const run = (index: number) =>
    runTestBatch(ledger, { baseUrl: server.baseUrl, inputs: { shard: { index, count: 2 } } })
  const deps = { spool: ledger.spool, now: () => new Date(), engineName: 'merge' }
  const ask = (runId: string) => mergeWhenWhole({ ledger: ledger.folder, runId }, deps)

  const first = await run(0)
  expect(await ask(first.runId)).toEqual({ waitingFor: ['2/2'] })
  const second = await run(1)
  const [one, other] = await Promise.all([ask(first.runId), ask(second.runId)])
  expect(one).toEqual(other)
  expect(one).toEqual({ runId: expect.not.stringMatching(`^(${first.runId}|${second.runId})$`) as string })
  expect(await ask(first.runId)).toEqual(one)
})

test('a whole run is published as it is', async () => {
  const ledger = await makeLedger(2)
  await using server = await startVllmProtocolServer({ answer: () => '{"recommendation":{"value":"Yes"}}' })
  const { runId } = await runTestBatch(ledger, { baseUrl: server.baseUrl })
  const deps = { spool: ledger.spool, now: () => new Date(), engineName: 'merge' }
  expect(await mergeWhenWhole({ ledger: ledger.folder, runId }, deps)).toEqual({ runId })
})
