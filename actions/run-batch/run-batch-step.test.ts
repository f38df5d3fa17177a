import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { startVllmProtocolServer } from '../../test/servers/vllm-protocol-server.ts'
import { makeLedger } from '../../test/support/make-ledger.ts'
import { publishedMark } from '../adapters/spool.ts'
import { runBatchStep } from './run-batch-step.ts'

test('a failed run that was published goes on in a new run when it is dispatched again', async () => {
  const ledger = await makeLedger(300)
  let broken = true
  await using server = await startVllmProtocolServer({
    answer: () => (broken ? 'no verdict' : '{"recommendation":{"value":"Yes"}}'),
  })
  await ledger.write('registry/policy.yaml', `engines:\n  quick:\n    base_url: ${server.baseUrl}\n`)
  const inputs: Record<string, string> = {
    model: 'tiny',
    dataset: 'people',
    engine: 'quick',
    ledger: ledger.folder,
    concurrency: '1',
  }
  const dispatch = () =>
    runBatchStep({
      input: (name) => inputs[name],
      required: (name) => inputs[name] ?? '',
      token: () => '',
      env: { BATCHLEDGER_SPOOL: ledger.spool },
      say: () => undefined,
    })
  const first = await dispatch()
  expect(first.outputs?.['status']).toBe('failed')
  const runId = first.outputs?.['run-id'] ?? ''
  await writeFile(join(ledger.spool, runId, publishedMark), '{}\n')
  broken = false
  const second = await dispatch()
  expect(second).toMatchObject({ outputs: { status: 'completed' }, faults: [] })
  expect(second.outputs?.['run-id']).not.toBe(runId)
  // what was answered is not asked again; the first request of each start is the canary
  expect(server.requests.length).toBeLessThanOrEqual(302)
  expect((await dispatch()).outputs).toEqual(second.outputs)
})
