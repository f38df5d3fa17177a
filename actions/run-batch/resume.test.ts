import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFile, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { UserError } from 'registry'
import { expect, test } from 'vitest'
import { makeLedger, writeDataset, type TestLedger } from '../../test/support/make-ledger.ts'
import { peopleText } from '../../test/support/write-ledger.ts'
import { runTestBatch } from '../../test/support/run-test-batch.ts'
import { startVllmProtocolServer, type VllmProtocolServer } from '../../test/servers/vllm-protocol-server.ts'
import type { Engine } from '../engines/engine.ts'
import { noteEngine } from './reap-engine.ts'
import { rowId } from './row-line.ts'
import { InterruptedRun, type RunOutcome } from './run-batch.ts'

const answer = (body: Record<string, unknown>) =>
  JSON.stringify({ recommendation: { value: 'Yes', reasoning: `${JSON.stringify(body['messages']).length}` } })

/** Runs until `rows` rows are acknowledged, then interrupts as a signal would. */
async function interruptAfter(ledger: TestLedger, server: VllmProtocolServer, rows: number): Promise<string[]> {
  const controller = new AbortController()
  const acknowledged: string[] = []
  const reporter = {
    line: () => undefined,
    progress: () => undefined,
    done: () => undefined,
    acknowledged(customId: string) {
      if (acknowledged.push(customId) === rows) controller.abort('SIGINT')
    },
  }
  const run = runTestBatch(ledger, { baseUrl: server.baseUrl, deps: { signal: controller.signal, reporter } })
  await expect(run).rejects.toBeInstanceOf(InterruptedRun)
  return acknowledged
}

const idsAsked = (server: VllmProtocolServer) =>
  server.requests.map((body) => /years\\":(\d+)/.exec(JSON.stringify(body))?.[1])
const rowsOf = async ({ folder, meta }: RunOutcome) => readFile(join(folder, meta.files.results), 'utf8')

test('an interrupted job goes on where it was: no acknowledged answer is asked again, none is missing', async () => {
  const ledger = await makeLedger(300)
  await using server = await startVllmProtocolServer({ answer, latencyMs: () => 2 })
  const acknowledged = await interruptAfter(ledger, server, 20)
  expect(acknowledged.length).toBeGreaterThanOrEqual(20)
  expect(acknowledged.length).toBeLessThan(300)
  const run = await runTestBatch(ledger, { baseUrl: server.baseUrl })
  expect(run.meta).toMatchObject({
    status: 'completed',
    results: { total: 300, success: 300 },
    execution: { resumes: 1 },
  })
  expect(run.meta.execution.segments).toHaveLength(2)
  expect(new Set(idsAsked(server)).size).toBe(300)
  expect(server.requests).toHaveLength(300)

  const undisturbed = await makeLedger(300)
  const at = run.meta.execution.started_at
  const whole = await runTestBatch(undisturbed, { baseUrl: server.baseUrl, deps: { now: () => new Date(at) } })
  const anyRun = (text: string) => text.replaceAll(/batch_req_[0-9a-f]{32}/g, 'ID')
  expect(anyRun(await rowsOf(run))).toBe(anyRun(await rowsOf(whole)))
})

test('a completed job says so and asks nothing; --again starts a new one', async () => {
  const ledger = await makeLedger(3)
  await using server = await startVllmProtocolServer({ answer })
  const first = await runTestBatch(ledger, { baseUrl: server.baseUrl })
  const second = await runTestBatch(ledger, { baseUrl: server.baseUrl })
  expect(second).toMatchObject({ runId: first.runId, already: true })
  expect(server.requests).toHaveLength(3)
  const third = await runTestBatch(ledger, { baseUrl: server.baseUrl, deps: { again: true } })
  expect(third.runId).not.toBe(first.runId)
  expect(server.requests).toHaveLength(6)
})

test('rows that failed for want of a second try are tried again, final refusals are not', async () => {
  const ledger = await makeLedger(4)
  let sick = true
  await using server = await startVllmProtocolServer({
    answer,
    fault: (body) => {
      const years = /years\\":(\d+)/.exec(JSON.stringify(body))?.[1]
      if (years === '1' && sick) return { status: 503, body: { error: { message: 'busy', code: 503 } } }
      if (years === '2') return { status: 400, body: { error: { message: 'bad', code: 400 } } }
      return undefined
    },
  })
  const first = await runTestBatch(ledger, { baseUrl: server.baseUrl, limits: { maxTries: 3 } })
  expect(first.meta.results).toMatchObject({ success: 2, errors: 2 })
  expect(first.meta.execution.retries).toBe(2)
  sick = false
  const before = server.requests.length
  const second = await runTestBatch(ledger, { baseUrl: server.baseUrl })
  expect(second.runId).toBe(first.runId)
  expect(second.meta.results).toMatchObject({ success: 3, errors: 1 })
  expect(server.requests.length - before).toBe(1)
})

test('a torn last line is dropped, its row asked again', async () => {
  const ledger = await makeLedger(300)
  await using server = await startVllmProtocolServer({ answer, latencyMs: () => 2 })
  await interruptAfter(ledger, server, 10)
  const [runId = ''] = await readdir(ledger.spool)
  await appendFile(
    join(ledger.spool, runId, 'journal.jsonl'),
    '{"at":1,"tries":1,"is":"ok","row":{"id":"x","custom_id":"person-30","resp',
  )
  const run = await runTestBatch(ledger, { baseUrl: server.baseUrl })
  expect(run.meta.results).toMatchObject({ success: 300, missing: 0 })
})

async function faultsOf(promise: Promise<unknown>): Promise<readonly string[]> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(UserError)
  return (error as UserError).problems
}

test('a journal of other requests is not gone on with: the message names what differs', async () => {
  const ledger = await makeLedger(300)
  await using server = await startVllmProtocolServer({ answer, latencyMs: () => 2 })
  await interruptAfter(ledger, server, 5)
  await writeDataset(ledger, 'people', peopleText(301))
  const [fault] = await faultsOf(runTestBatch(ledger, { baseUrl: server.baseUrl }))
  expect(fault).toMatch(
    /requests are .*: dataset, rubric or sampling changed since it was started; start anew with --again/,
  )
})

test('a journal of another engine is not gone on with: the message names the part', async () => {
  const ledger = await makeLedger(300)
  const server = await startVllmProtocolServer({ answer, latencyMs: () => 2, version: '0.32.0' })
  await interruptAfter(ledger, server, 5)
  await server.close()
  await using other = await startVllmProtocolServer({ answer, version: '0.33.0' })
  const [fault] = await faultsOf(runTestBatch(ledger, { baseUrl: other.baseUrl }))
  expect(fault).toMatch(/version was "0\.32\.0", is "0\.33\.0": bring that engine back, or start anew with --again/)
  expect(other.requests).toHaveLength(0)
})

test('a job in progress is not started twice; a lock whose process is gone is taken over', async () => {
  const ledger = await makeLedger(30)
  await using server = await startVllmProtocolServer({ answer, latencyMs: () => 20 })
  const running = runTestBatch(ledger, { baseUrl: server.baseUrl, inputs: { concurrency: 1 } })
  await expect.poll(() => server.requests.length).toBeGreaterThan(2)
  expect(await faultsOf(runTestBatch(ledger, { baseUrl: server.baseUrl }))).toEqual([
    expect.stringMatching(new RegExp(`: process ${process.pid} on .* holds it since`)),
  ])
  const { runId, folder } = await running
  const dead = { host: (await import('node:os')).hostname(), pid: 2 ** 22 - 1, since: 'then' }
  await appendFile(join(ledger.spool, runId, 'lock'), `${JSON.stringify(dead)}\n`)
  await rm(folder, { recursive: true })
  expect((await runTestBatch(ledger, { baseUrl: server.baseUrl })).meta.status).toBe('completed')
})

const stopEarly: [code: string, most: number, message: RegExp, kind: string][] = [
  ['canary', 53, /each of the first \d+ rows was refused: HTTP N: no chat template/, 'no-chat-template'],
  ['error_rate', 400, /rows failed, more than --max-error-rate/, 'half of them'],
  ['parse_rate', 400, /give a usable verdict, fewer than --min-parse-rate/, 'garbage'],
]

test.each(stopEarly)(
  '%s: a run that can’t be any good is stopped early, with the cause',
  async (code, most, message, kind) => {
    const ledger = await makeLedger(1000)
    const refusal = { status: 400, body: { error: { message: 'no chat template', code: 400 } } }
    await using server = await startVllmProtocolServer({
      answer: kind === 'garbage' ? () => 'I am sure I do not know.' : answer,
      fault: (_, index) =>
        kind === 'no-chat-template' || (kind === 'half of them' && index % 4 !== 0) ? refusal : undefined,
    })
    const run = await runTestBatch(ledger, { baseUrl: server.baseUrl, inputs: { concurrency: 16 } })
    expect(run.meta).toMatchObject({ status: 'failed', failure: { code } })
    expect(run.meta.failure?.message.replaceAll(/\d+/g, 'N')).toMatch(
      new RegExp(message.source.replaceAll('\\d+', 'N')),
    )
    expect(server.requests.length).toBeLessThanOrEqual(most)
  },
)

test('refusals about length don’t stop a run: other rows may be shorter', async () => {
  const ledger = await makeLedger(60)
  const refusal = {
    status: 400,
    body: { error: { message: 'the prompt has 5,000 tokens', param: 'input_tokens', code: 400 } },
  }
  await using server = await startVllmProtocolServer({
    answer,
    fault: (_, index) => (index < 55 ? refusal : undefined),
  })
  const run = await runTestBatch(ledger, { baseUrl: server.baseUrl })
  expect(run.meta.results.missing).toBe(0)
})

test('--allow-partial: an interrupted run is bundled as partial, and the same command makes it whole', async () => {
  const ledger = await makeLedger(300)
  await using server = await startVllmProtocolServer({ answer, latencyMs: () => 2 })
  const controller = new AbortController()
  let acknowledged = 0
  const reporter = {
    line: () => undefined,
    progress: () => undefined,
    done: () => undefined,
    acknowledged: () => void (++acknowledged === 20 && controller.abort('SIGTERM')),
  }
  const first = await runTestBatch(ledger, {
    baseUrl: server.baseUrl,
    deps: { signal: controller.signal, reporter, allowPartial: true },
  })
  expect(first.meta).toMatchObject({ status: 'partial', failure: { code: 'interrupted' } })
  expect(first.meta.results.missing).toBeGreaterThan(0)
  const second = await runTestBatch(ledger, { baseUrl: server.baseUrl })
  expect(second).toMatchObject({ runId: first.runId, meta: { status: 'completed', results: { success: 300 } } })
  expect(server.requests).toHaveLength(300)
})

test('--continues: a new run starts with the answers of an earlier one, and says so', async () => {
  const ledger = await makeLedger(300)
  await using server = await startVllmProtocolServer({ answer, latencyMs: () => 2 })
  await interruptAfter(ledger, server, 20)
  const [earlier = ''] = await readdir(ledger.spool)
  const run = await runTestBatch(ledger, { baseUrl: server.baseUrl, deps: { continues: earlier } })
  expect(run.runId).not.toBe(earlier)
  expect(run.meta).toMatchObject({ status: 'completed', results: { success: 300 }, execution: { continues: earlier } })
  expect(server.requests).toHaveLength(300)
  for (const line of (await rowsOf(run)).trimEnd().split('\n')) {
    const { id, custom_id: customId } = JSON.parse(line) as { id: string; custom_id: string }
    expect(id).toBe(rowId(run.runId, customId))
  }
  expect(await faultsOf(runTestBatch(ledger, { baseUrl: server.baseUrl, deps: { continues: 'nobody' } }))).toEqual([
    expect.stringMatching(/^--continues nobody: is not in the spool/),
  ])
})

test('an interruption while the engine loads does not wait for it', async () => {
  const ledger = await makeLedger(3)
  const controller = new AbortController()
  let stopped = 0
  const engine: Engine = {
    start: () => {
      setImmediate(() => controller.abort('SIGINT'))
      return new Promise(() => undefined)
    },
    stop: () => Promise.resolve(void stopped++),
  }
  await expect(runTestBatch(ledger, { engine, deps: { signal: controller.signal } })).rejects.toThrow(
    'interrupted with 0 of 3 rows',
  )
  expect(stopped).toBeGreaterThan(0)
})

test('a refusal on a resumed job is an error row, not the canary: the rows before it were answered well', async () => {
  const ledger = await makeLedger(300)
  await using server = await startVllmProtocolServer({
    answer,
    latencyMs: () => 2,
    fault: (body) =>
      JSON.stringify(body).includes('years\\":29}')
        ? { status: 400, body: { error: { message: 'bad', code: 400 } } }
        : undefined,
  })
  await interruptAfter(ledger, server, 10)
  expect((await runTestBatch(ledger, { baseUrl: server.baseUrl })).meta).toMatchObject({
    status: 'completed',
    results: { success: 299, errors: 1 },
  })
})

test('two first calls at once are one job: the second is told that it is in progress', async () => {
  const ledger = await makeLedger(40)
  await using server = await startVllmProtocolServer({ answer, latencyMs: () => 60 })
  const both = await Promise.allSettled([
    runTestBatch(ledger, { baseUrl: server.baseUrl }),
    runTestBatch(ledger, { baseUrl: server.baseUrl }),
  ])
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  expect(server.requests).toHaveLength(40)
})

test('a hung engine that a killed call left behind is ended by the next one', async () => {
  const ledger = await makeLedger(300)
  await using server = await startVllmProtocolServer({ answer, latencyMs: () => 2 })
  await interruptAfter(ledger, server, 5)
  const runId = (await readdir(ledger.spool)).find((name) => name !== 'lock') ?? ''
  const left = spawn('sleep', ['600'], { detached: true, stdio: 'ignore' })
  const ended = once(left, 'exit')
  left.kill('SIGSTOP')
  await noteEngine(join(ledger.spool, runId), left.pid ?? 0)
  await runTestBatch(ledger, { baseUrl: server.baseUrl })
  expect(await ended).toEqual([null, 'SIGKILL'])
})

test('a server that asks for a pause is left alone meanwhile: the order is not run through', async () => {
  const ledger = await makeLedger(400)
  await using server = await startVllmProtocolServer({
    answer,
    fault: (_, index) =>
      index < 12
        ? { status: 429, body: { error: { message: 'slow', code: 429 } }, headers: { 'retry-after': '1' } }
        : undefined,
  })
  const begin = performance.now()
  const run = await runTestBatch(ledger, { baseUrl: server.baseUrl, inputs: { concurrency: 4 } })
  expect(run.meta.results).toMatchObject({ success: 400 })
  expect(run.meta.execution.retries).toBeLessThan(100)
  expect(performance.now() - begin).toBeGreaterThan(900)
})

test('a row that the disk changed is told with its place; without its line it is asked again', async () => {
  const ledger = await makeLedger(300)
  await using server = await startVllmProtocolServer({ answer, latencyMs: () => 2 })
  await interruptAfter(ledger, server, 20)
  const runId = (await readdir(ledger.spool)).find((name) => name !== 'lock') ?? ''
  const path = join(ledger.spool, runId, 'journal.jsonl')
  const lines = (await readFile(path, 'utf8')).split('\n')
  await writeFile(path, lines.map((line, place) => (place === 5 ? line.replace('Yes', 'Yea') : line)).join('\n'))
  const offset = Buffer.byteLength(lines.slice(0, 5).join('\n')) + 1
  await expect(runTestBatch(ledger, { baseUrl: server.baseUrl })).rejects.toMatchObject({
    problems: [
      expect.stringMatching(`journal\\.jsonl: the line at byte ${offset}: the row does not match its checksum: .*`),
    ],
  })
  expect(server.requests).toHaveLength(300)
  const whole = (await readFile(path, 'utf8')).split('\n')
  await writeFile(path, whole.filter((_, place) => place !== 5).join('\n'))
  const run = await runTestBatch(ledger, { baseUrl: server.baseUrl })
  expect(run.meta).toMatchObject({ status: 'completed', results: { success: 300, finish_reasons: { stop: 300 } } })
  expect(server.requests).toHaveLength(301)
})
