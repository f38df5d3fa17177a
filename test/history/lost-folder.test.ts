import { cp, readdir } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { dropSpooled } from '../../actions/spool/drop-spooled.ts'
import { listSpool } from '../../actions/spool/list-spool.ts'
import { makeLedger } from '../support/make-ledger.ts'
import { runTestBatch } from '../support/run-test-batch.ts'
import { startVllmProtocolServer } from '../servers/vllm-protocol-server.ts'

// a run that was lost in another folder

const answer = () => '{"recommendation":{"value":"Yes"}}'

test('lost-folder: a run that was never published is in the list, and is not dropped without saying so', async () => {
  const ledger = await makeLedger(3)
  await using server = await startVllmProtocolServer({ answer })
  const { runId, folder } = await runTestBatch(ledger, { baseUrl: server.baseUrl })
  expect(await listSpool(ledger.spool)).toMatchObject([
    { run_id: runId, state: 'bundled', status: 'completed', answered: 3 },
  ])
  const inputs = { spool: ledger.spool, runId, ledger: ledger.folder }
  await expect(dropSpooled({ ...inputs, force: false })).rejects.toMatchObject({
    problems: [
      expect.stringMatching(/its 3 answers are in no ledger at hand: publish and merge it first, or say --force/),
    ] as unknown,
  })
  await cp(folder, ledger.folder, { recursive: true })
  expect(await dropSpooled({ ...inputs, force: false })).toMatchObject({ run_id: runId, in_ledger: true })
  expect(await readdir(ledger.spool)).toEqual([])
})
