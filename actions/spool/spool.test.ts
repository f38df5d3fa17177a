import { dirname } from 'node:path'
import { expect, test } from 'vitest'
import { expectGolden } from '../../test/support/expect-golden.ts'
import { addRemote, makeLedger } from '../../test/support/make-ledger.ts'
import { runCli } from '../../test/support/run-cli.ts'
import { runTestBatch } from '../../test/support/run-test-batch.ts'
import { startVllmProtocolServer } from '../../test/servers/vllm-protocol-server.ts'
import { dropSpooled } from './drop-spooled.ts'
import { listSpool } from './list-spool.ts'

const answer = () => '{"recommendation":{"value":"Yes"}}'

test('a run in progress is shown as running and is not dropped, even by force', async () => {
  const ledger = await makeLedger(30)
  await using server = await startVllmProtocolServer({ answer, latencyMs: () => 20 })
  const running = runTestBatch(ledger, { baseUrl: server.baseUrl, inputs: { concurrency: 1 } })
  await expect.poll(() => server.requests.length).toBeGreaterThan(2)
  const [job] = await listSpool(ledger.spool)
  expect(job).toMatchObject({ state: 'running', held_by: { pid: process.pid } })
  await expect(dropSpooled({ spool: ledger.spool, runId: job?.run_id ?? '', force: true })).rejects.toThrow(
    'the run is in progress',
  )
  await running
})

test('spool list, show, publish and drop from the terminal', async () => {
  const ledger = await makeLedger(3)
  await addRemote(ledger)
  await using server = await startVllmProtocolServer({ answer })
  const { runId } = await runTestBatch(ledger, { baseUrl: server.baseUrl })
  const cli = (...args: string[]) =>
    runCli(['spool', ...args, '--spool', ledger.spool, '--json'], { cwd: ledger.folder })
  for (const [name, ...args] of [['list'], ['show', runId], ['publish'], ['drop', runId, '--force']]) {
    const result = await cli(name ?? '', ...args)
    expect(result).toMatchObject({ code: 0, stderr: '' })
    await expectGolden(`spool-${name}`, result.stdout, dirname(ledger.folder))
  }
  expect((await cli('show', runId)).code).toBe(2)
})
