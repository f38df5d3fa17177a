import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Engine } from '../../actions/engines/engine.ts'
import type { RunOutcome } from '../../actions/run-batch/run-batch.ts'
import { makeLedger } from '../support/make-ledger.ts'
import { runTestBatch } from '../support/run-test-batch.ts'
import { startVllmProtocolServer } from '../servers/vllm-protocol-server.ts'

// a run that hung at row 777 of 5,000 for 24 hours and lost all its progress

const answer = () => JSON.stringify({ recommendation: { value: 'Yes', reasoning: 'ok' } })
const rowsOf = async ({ folder, meta }: RunOutcome) => readFile(join(folder, meta.files.results), 'utf8')

test('row-777: one row hangs the engine for good; it is found, set aside, and the run goes on', async () => {
  const ledger = await makeLedger(40)
  await using server = await startVllmProtocolServer({
    answer,
    latencyMs: (body) => (JSON.stringify(body).includes('years\\":17}') ? 600_000 : 1),
  })
  let starts = 0
  const info = { name: 'test', args: {}, servedModel: server.model }
  const engine: Engine = {
    start: () => {
      starts++
      return Promise.resolve({ baseUrl: server.baseUrl, info, died: new Promise<string>(() => undefined) })
    },
    stop: () => Promise.resolve(),
  }
  const run = await runTestBatch(ledger, { engine, inputs: { concurrency: 4 }, limits: { hangTimeoutMs: 300 } })
  expect(run.meta).toMatchObject({ status: 'completed', results: { success: 39, errors: 1, missing: 0 } })
  expect(run.meta.results.error_causes[0]?.message).toBe('the engine failed twice on this row alone')
  expect(run.meta.execution.restarts).toBe(starts - 1)
  expect(await rowsOf(run)).toContain('"custom_id":"person-18","response":null,"error":"the engine failed twice')
})
