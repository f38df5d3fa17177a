import { expect, test } from 'vitest'
import { startVllmProtocolServer } from '../../test/servers/vllm-protocol-server.ts'
import { addForge } from '../../test/support/add-forge.ts'
import { makeLedger } from '../../test/support/make-ledger.ts'
import { runTestBatch } from '../../test/support/run-test-batch.ts'
import { publishRunStep } from './publish-run-step.ts'

test('a shard that failed is told in an issue, once, though nothing is published yet', async () => {
  const ledger = await makeLedger(6)
  const { server } = await addForge(ledger)
  await using sick = await startVllmProtocolServer({
    fault: () => ({ status: 400, body: { error: { message: 'no', code: 400 } } }),
    answer: () => '',
  })
  const { runId } = await runTestBatch(ledger, { baseUrl: sick.baseUrl, inputs: { shard: { index: 0, count: 2 } } })
  const inputs: Record<string, string> = { ledger: ledger.folder, 'run-id': runId }
  const publish = () =>
    publishRunStep({
      input: (name) => inputs[name],
      required: () => '',
      token: () => server.token,
      env: { GITHUB_API_URL: server.apiUrl, GITHUB_REPOSITORY: server.repository, BATCHLEDGER_SPOOL: ledger.spool },
      say: () => undefined,
    })
  for (let time = 0; time < 2; time++) expect((await publish()).outputs).toEqual({ published: 'false' })
  expect(server.state.issues.map(({ title }) => title)).toEqual([`Run failed: ${runId}`])
})
