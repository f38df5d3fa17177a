import { readFile, readdir, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { parseRow, UserError } from 'registry'
import { digestFile, readyMadePromptSha256 } from 'registry/node'
import { expect, test } from 'vitest'
import { makeFolder, makeLedger, writeDataset, type TestLedger } from '../../test/support/make-ledger.ts'
import { runTestBatch } from '../../test/support/run-test-batch.ts'
import { startVllmProtocolServer } from '../../test/servers/vllm-protocol-server.ts'
import { EngineError, type Engine } from '../engines/engine.ts'
import type { RunOutcome } from './run-batch.ts'

const answer = () => '{"recommendation":{"value":"Yes","reasoning":"ok"}}'

async function rowsOf({ folder, meta }: RunOutcome): Promise<string[]> {
  const text = await readFile(join(folder, meta.files.results), 'utf8')
  return text.split('\n').slice(0, -1)
}

const idsOf = (lines: string[]) => lines.map((line) => parseRow(line).row?.customId)

test('rows stand in the dataset’s order whatever order the answers come in, and the meta says what they say', async () => {
  const ledger = await makeLedger(20)
  await using server = await startVllmProtocolServer({ answer, latencyMs: () => 1 + Math.random() * 20 })
  const run = await runTestBatch(ledger, { baseUrl: server.baseUrl, inputs: { concurrency: 8 } })
  const lines = await rowsOf(run)
  expect(idsOf(lines)).toEqual(Array.from({ length: 20 }, (_, index) => `person-${index + 1}`))
  const { results, files, execution, status } = run.meta
  expect(status).toBe('completed')
  expect(results).toMatchObject({ total: 20, success: 20, errors: 0, missing: 0, success_rate: 100 })
  expect(await digestFile(join(run.folder, files.results))).toEqual({
    sha256: files.sha256.results,
    bytes: files.bytes.results,
  })
  expect(await digestFile(join(run.folder, files.log))).toEqual({ sha256: files.sha256.log, bytes: files.bytes.log })
  expect(execution.req_per_sec).toBeCloseTo(20 / (execution.duration_seconds ?? 0), 3)
  expect(run.told.at(-1)).toBe('20/20')
})

test('sampling is sent with each request, and criteria, record and schema reach the engine', async () => {
  const ledger = await makeLedger(1)
  await using server = await startVllmProtocolServer({ answer })
  await runTestBatch(ledger, { baseUrl: server.baseUrl })
  const body = server.requests[0] as Record<string, unknown>
  expect(body).toMatchObject({
    temperature: 0,
    top_p: 1,
    seed: 0,
    max_tokens: 64,
    response_format: { type: 'json_schema' },
  })
  expect(JSON.stringify(body['messages'])).toContain('more years are better')
  expect(JSON.stringify(body['messages'])).not.toContain('person-1')
})

test('never more requests in flight than asked', async () => {
  const ledger = await makeLedger(30)
  let now = 0
  let most = 0
  await using server = await startVllmProtocolServer({
    answer,
    latencyMs: () => 5,
    onStart: () => (most = Math.max(most, ++now)),
    onEnd: () => now--,
  })
  await runTestBatch(ledger, { baseUrl: server.baseUrl, inputs: { concurrency: 4 } })
  expect(most).toBe(4)
})

test('a refused row is an error row with its cause; the others stand', async () => {
  const ledger = await makeLedger(5)
  const error = {
    error: { message: 'The prompt has 4,096 tokens', type: 'BadRequestError', param: 'input_tokens', code: 400 },
  }
  await using server = await startVllmProtocolServer({
    answer,
    fault: (body) => (JSON.stringify(body).includes('\\"years\\":2') ? { status: 400, body: error } : undefined),
  })
  const run = await runTestBatch(ledger, { baseUrl: server.baseUrl })
  expect(run.meta.status).toBe('completed')
  expect(run.meta.results).toMatchObject({ success: 4, errors: 1, missing: 0, success_rate: 80 })
  expect(run.meta.results.error_causes).toEqual([
    { status: 400, code: '400', message: 'The prompt has N tokens', count: 1 },
  ])
})

test('a connection that breaks and an answer that is no JSON are error rows', async () => {
  const ledger = await makeLedger(3)
  await using server = await startVllmProtocolServer({
    answer,
    fault: (_, index) => (index === 0 ? 'hangup' : index === 1 ? { status: 200, body: 'oops' } : undefined),
  })
  const run = await runTestBatch(ledger, {
    baseUrl: server.baseUrl,
    inputs: { concurrency: 1 },
    limits: { maxTries: 1 },
  })
  expect(run.meta.results).toMatchObject({ success: 1, errors: 2 })
  for (const line of await rowsOf(run)) expect(parseRow(line).problem).toBeUndefined()
})

test('an engine that dies and may not be started again gives a failed run that keeps what was answered', async () => {
  const ledger = await makeLedger(10)
  let die: (reason: string) => void = () => undefined
  const died = new Promise<string>((resolve) => (die = resolve))
  await using server = await startVllmProtocolServer({
    answer,
    fault: (_, index) => {
      if (index < 4) return undefined
      die('killed by signal 9')
      return 'hangup'
    },
  })
  const info = { name: 'test', args: {}, servedModel: server.model }
  const engine: Engine = {
    start: () => Promise.resolve({ baseUrl: server.baseUrl, info, died }),
    stop: () => Promise.resolve(),
  }
  const run = await runTestBatch(ledger, { engine, inputs: { concurrency: 1 }, limits: { maxRestarts: 0 } })
  expect(run.meta).toMatchObject({ status: 'failed', failure: { code: 'engine_died', message: 'killed by signal N' } })
  expect(run.meta.results).toMatchObject({ total: 10, success: 4, errors: 0, missing: 6 })
  expect(await rowsOf(run)).toHaveLength(4)
})

test('an engine that does not start gives a failed run with the reason and no rows', async () => {
  const ledger = await makeLedger(2)
  const engine: Engine = {
    start: () => Promise.reject(new EngineError('out of memory')),
    stop: () => Promise.resolve(),
  }
  const run = await runTestBatch(ledger, { engine })
  expect(run.meta).toMatchObject({
    status: 'failed',
    failure: { code: 'engine_start_failed', message: 'out of memory' },
  })
  expect(run.meta.results).toMatchObject({ success: 0, errors: 0, missing: 2 })
  expect(run.meta.execution).not.toHaveProperty('req_per_sec')
})

test('a limited run is partial: the other rows are missing, total is the dataset’s count', async () => {
  const ledger = await makeLedger(5)
  await using server = await startVllmProtocolServer({ answer })
  const run = await runTestBatch(ledger, { baseUrl: server.baseUrl, inputs: { limit: 2 } })
  expect(run.meta).toMatchObject({
    status: 'partial',
    failure: { code: 'limit' },
    results: { total: 5, success: 2, missing: 3 },
  })
})

test('openai-batch requests are taken as they are, the gaps in sampling filled and told', async () => {
  const ledger = await makeLedger(1)
  const request = {
    custom_id: 'r-1',
    method: 'POST',
    url: '/v1/chat/completions',
    body: { model: 'other', temperature: 0.7, messages: [{ role: 'user', content: 'hi' }] },
  }
  await writeDataset(ledger, 'ready', `${JSON.stringify(request)}\n`)
  const entry = await readFile(join(ledger.folder, 'registry/datasets/ready.yaml'), 'utf8')
  await ledger.write('registry/datasets/ready.yaml', entry.replace('format: records', 'format: openai-batch'))
  await using server = await startVllmProtocolServer({ answer })
  const run = await runTestBatch(ledger, { baseUrl: server.baseUrl, inputs: { dataset: 'ready' } })
  expect(server.requests[0]).toEqual({
    model: server.model,
    temperature: 0.7,
    top_p: 1,
    seed: 0,
    max_tokens: 64,
    messages: request.body.messages,
  })
  expect(run.meta.dataset.prompt_sha256).toBe(readyMadePromptSha256)
  expect(run.meta.execution.overrides).toEqual(['max_tokens', 'model', 'seed', 'top_p'])
  expect(run.meta.execution.sampling).toEqual({ temperature: 0.7, top_p: 1, seed: 0, max_tokens: 64 })
})

test('ready-made requests that the run can’t keep are refused, each with its line', async () => {
  const ledger = await makeLedger(1)
  const body = { messages: [{ role: 'user', content: 'hi' }] }
  const image = [{ role: 'user', content: [{ type: 'image_url', image_url: { url: 'https://images.example/a.png' } }] }]
  const rows = [
    { url: '/v1/embeddings', body },
    { url: '/v1/chat/completions', body: { ...body, stream: true } },
    { url: '/v1/chat/completions', body: { ...body, n: 2 } },
    { url: '/v1/chat/completions', body: { messages: image } },
  ]
  const lines = rows.map((row, index) => `${JSON.stringify({ custom_id: `r-${index}`, method: 'POST', ...row })}\n`)
  await writeDataset(ledger, 'ready', lines.join(''))
  const entry = await readFile(join(ledger.folder, 'registry/datasets/ready.yaml'), 'utf8')
  const changed = entry
    .replace('format: records', 'format: openai-batch')
    .replace('synthetic', 'personal')
    .replace('location: ledger', 'location: lfs')
  await ledger.write('registry/datasets/ready.yaml', changed)
  expect((await faultsOf(ledger, { dataset: 'ready' })).map((fault) => fault.replace(/: .*/, ''))).toEqual(
    [1, 2, 3, 4].map((line) => `registry/datasets/ready.jsonl:${line}`),
  )
})

test('two runs of one job within a second get two ids', async () => {
  const ledger = await makeLedger(1)
  await using server = await startVllmProtocolServer({ answer })
  const at = new Date('2026-11-24T10:00:00Z')
  const deps = { now: () => at, again: true }
  const runs = [
    await runTestBatch(ledger, { baseUrl: server.baseUrl, deps }),
    await runTestBatch(ledger, { baseUrl: server.baseUrl, deps }),
  ]
  expect(runs.map((run) => run.runId)).toEqual(['tiny-people-20261124-100000', 'tiny-people-20261124-100001'])
})

async function faultsOf(ledger: TestLedger, inputs: object): Promise<readonly string[]> {
  const error: unknown = await runTestBatch(ledger, { inputs }).then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(UserError)
  expect(await readdir(ledger.spool).catch(() => [])).toEqual([])
  return (error as UserError).problems
}

test('every fault of a call is told at once, and nothing is written', async () => {
  const ledger = await makeLedger(3)
  const faults = await faultsOf(ledger, { model: '../etc', dataset: 'nobody', rubric: 'none' })
  expect(faults).toHaveLength(3)
  expect(faults[0]).toMatch(/^--model: "\.\.\/etc": a model slug is/)
  expect(faults[1]).toBe(
    '--dataset: "nobody" is not in registry/datasets/; known: people; name one of them or add registry/datasets/<id>.yaml',
  )
  expect(faults[2]).toMatch(/^--rubric: "none" is not in registry\/rubrics\/; known: verdict_v1/)
})

test('every fault of a dataset is told at once, with its line', async () => {
  const ledger = await makeLedger(3)
  const text = '{"custom_id":"a"}\n{"custom_id":"a"}\nnot json\n{"years":1}\n'
  await ledger.write('registry/datasets/people.jsonl', text)
  const faults = await faultsOf(ledger, {})
  expect(faults.map((fault) => fault.replace(/[0-9a-f]{12}…/g, 'HEX'))).toEqual([
    'registry/datasets/people.jsonl:2: the custom_id stands in line 1 too: ids are unique within a dataset',
    expect.stringMatching(/^registry\/datasets\/people\.jsonl:3: not JSON/),
    'registry/datasets/people.jsonl:4: /custom_id is missing or neither text nor a number: give each row its id',
    'registry/datasets/people.yaml: sha256 is HEX, the file has HEX: datasets don’t change: restore the file, or give the new data a new name',
  ])
})

test('a faulty entry tells its own faults; faults of entries the run does not name are not its business', async () => {
  const ledger = await makeLedger(3)
  await ledger.write('registry/models/tiny.yaml', 'name: Tiny\nhub_id: nowhere\n')
  await ledger.write('registry/models/other.yaml', 'nonsense: true\n')
  expect(await faultsOf(ledger, {})).toEqual(['registry/models/tiny.yaml:2: hub_id: hub_id is owner/name'])
})

test('rows may lie on the runner only, by an absolute path; personal ones may not lie in plain Git', async () => {
  const ledger = await makeLedger(3)
  const away = join(await makeFolder(), 'people.jsonl')
  await rename(join(ledger.folder, 'registry/datasets/people.jsonl'), away)
  const path = 'registry/datasets/people.yaml'
  const entry = (await readFile(join(ledger.folder, path), 'utf8')).replace(/file: .*/, `file: ${away}`)
  await ledger.write(path, entry.replace('privacy: synthetic', 'privacy: personal'))
  expect(await faultsOf(ledger, {})).toEqual([
    expect.stringMatching(/file: is absolute/),
    expect.stringMatching(/location: is ledger, and the rows are personal/),
  ])
  await ledger.write(
    path,
    entry.replace('privacy: synthetic', 'privacy: personal').replace('location: ledger', 'location: runner'),
  )
  await using server = await startVllmProtocolServer({
    answer,
    fault: () => ({ status: 400, body: { error: { message: 'bad years:1', code: 400 } } }),
  })
  const run = await runTestBatch(ledger, { baseUrl: server.baseUrl })
  expect(run.meta).toMatchObject({ status: 'failed', results: { errors: 3 } })
  expect(JSON.stringify([run.meta.failure, run.meta.results])).not.toContain('years')
})

test('personal rows go to loopback and the hosts the policy names, nowhere else', async () => {
  const ledger = await makeLedger(3)
  const entry = await readFile(join(ledger.folder, 'registry/datasets/people.yaml'), 'utf8')
  await ledger.write(
    'registry/datasets/people.yaml',
    entry.replace('synthetic', 'personal').replace('location: ledger', 'location: lfs'),
  )
  const [fault] = await faultsOf(ledger, { baseUrl: 'https://models.example/v1' })
  expect(fault).toMatch(
    /^--base-url: models\.example may not be sent personal rows: registry\/policy\.yaml allows loopback/,
  )
})
