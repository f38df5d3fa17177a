import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Engine } from '../../actions/engines/engine.ts'
import type { RunOutcome } from '../../actions/run-batch/run-batch.ts'
import { makeLedger } from '../support/make-ledger.ts'
import { runTestBatch } from '../support/run-test-batch.ts'
import { startVllmProtocolServer } from '../servers/vllm-protocol-server.ts'

// a page that showed the wrong model: what one model answered must never stand under another's name

const answer = () => JSON.stringify({ recommendation: { value: 'Yes', reasoning: 'ok' } })
const rowsOf = async ({ folder, meta }: RunOutcome) => readFile(join(folder, meta.files.results), 'utf8')

test('wrong-model: an engine that comes back as another one ends the run instead of being mixed in', async () => {
  const ledger = await makeLedger(12)
  let asked = 0
  await using server = await startVllmProtocolServer({
    answer,
    fault: () => {
      if (++asked <= 6) return undefined
      const choices = [{ index: 0, message: { role: 'assistant', content: answer() }, finish_reason: 'stop' }]
      return { status: 200, body: { id: 'x', model: 'evil/other', choices } }
    },
  })
  const run = await runTestBatch(ledger, { baseUrl: server.baseUrl, inputs: { concurrency: 1 } })
  expect(run.meta).toMatchObject({ status: 'failed', failure: { code: 'engine_changed' } })
  expect(await rowsOf(run)).not.toContain('evil/other')

  const versions = ['0.1', '0.2']
  let starts = 0
  const engine: Engine = {
    start: () => {
      const version = versions[starts++] ?? ''
      const died = starts === 1 ? Promise.resolve('gone') : new Promise<string>(() => undefined)
      return Promise.resolve({
        baseUrl: server.baseUrl,
        info: { name: 'test', version, args: {}, servedModel: server.model },
        died,
      })
    },
    stop: () => Promise.resolve(),
  }
  const mixed = await runTestBatch(ledger, { engine, deps: { again: true } })
  expect(mixed.meta.failure).toMatchObject({ code: 'engine_lost' })
})
