import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { makeFolder, makeLedger } from '../support/make-ledger.ts'
import { runCli } from '../support/run-cli.ts'
import { runTestBatch } from '../support/run-test-batch.ts'
import { startVllmProtocolServer } from '../servers/vllm-protocol-server.ts'

// OLMo 2-1B answered HTTP 400 five thousand times because it has no chat template

const catalog = fileURLToPath(new URL('../..', import.meta.url))

test('no-chat-template: a base model whose entry names no template is refused before anything starts', async () => {
  const folder = await makeFolder()
  const args = [
    'run',
    '--model',
    'gemma-3-270m-no-template',
    '--dataset',
    'synthetic_candidates_12',
    '--spool',
    join(folder, 'spool'),
  ]
  const result = await runCli([...args, '--ledger', catalog], { cwd: folder })
  expect(result.code).toBe(2)
  expect(result.stderr).toMatch(
    /registry\/models\/gemma-3-270m-no-template\.yaml: the weights carry no chat template and the entry names none/,
  )
  expect(await stat(join(folder, 'spool')).catch(() => undefined)).toBeUndefined()
})

test('a server that refuses every row is left alone after the canary, and the run says why', async () => {
  const ledger = await makeLedger(5000)
  const message = 'As of transformers v4.44, default chat template is no longer allowed'
  await using server = await startVllmProtocolServer({
    answer: () => '',
    fault: () => ({ status: 400, body: { error: { message, type: 'BadRequestError', param: null, code: 400 } } }),
  })
  const run = await runTestBatch(ledger, { baseUrl: server.baseUrl, inputs: { concurrency: 16 } })
  expect(server.requests.length).toBeLessThanOrEqual(53)
  expect(run.meta).toMatchObject({
    status: 'failed',
    failure: { code: 'canary' },
    results: { total: 5000, success: 0 },
  })
  expect(run.meta.failure?.message).toMatch(
    /HTTP 400: As of transformers vN, default chat template is no longer allowed/,
  )
})
