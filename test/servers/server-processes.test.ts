import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { makeFolder } from '../support/make-ledger.ts'
import { spawnInstantServer, spawnVllmServer, type SpawnedServer } from './spawn-server.ts'

const bodyOf = (content: string) => ({ model: 'test/tiny', messages: [{ role: 'user', content }] })

async function ask({ baseUrl }: SpawnedServer, content: string, timeoutMs = 10_000) {
  const response = await fetch(`${baseUrl}/chat/completions`, {
    method: 'POST',
    body: JSON.stringify(bodyOf(content)),
    signal: AbortSignal.timeout(timeoutMs),
  })
  return { status: response.status, text: await response.text() }
}

const failureOf = (reply: Promise<unknown>) =>
  reply.then(
    () => 'answered',
    (error: NodeJS.ErrnoException) => error.name,
  )

test('two processes give the same bytes, and log what they were asked', async () => {
  const requestLog = { path: join(await makeFolder(), 'log'), pattern: 'ref: ([a-z]+-\\d+)' }
  const answer = { values: ['No', 'Yes'], bytes: 800 }
  await using first = await spawnVllmServer({ requestLog, answer, latencyMs: [0, 20], slots: 4 })
  await using second = await spawnVllmServer({ requestLog, answer })
  const one = await ask(first, 'ref: row-1')
  expect(one.status).toBe(200)
  expect(one.text.length).toBeGreaterThan(800)
  expect(await ask(second, 'ref: row-1')).toEqual(one)
  expect((await ask(second, 'ref: row-2')).text).not.toBe(one.text)
  expect(await readFile(requestLog.path, 'utf8')).toBe('R row-1\nR row-1\nR row-2\n')
})

test('it ends with its parent’s end of the pipe', async () => {
  await using server = await spawnVllmServer({})
  server.child.stdin?.end()
  expect(await server.exited).toBe('ended with code 0')
})

test('poison kills it, at once and each time', async () => {
  await using server = await spawnVllmServer({ poison: 'POISON' })
  expect((await ask(server, 'harmless')).status).toBe(200)
  await expect(ask(server, 'some POISON here')).rejects.toThrow('fetch failed')
  expect(await server.exited).toBe('ended by SIGKILL')
})

test('a frozen one takes connections and says nothing, health included', async () => {
  await using server = await spawnVllmServer({ faults: [{ contains: 'freeze', fault: { kind: 'freeze' } }] })
  expect(await failureOf(ask(server, 'freeze', 300))).toBe('TimeoutError')
  expect(await failureOf(ask(server, 'harmless', 300))).toBe('TimeoutError')
  process.kill(server.pid, 'SIGCONT')
  expect((await ask(server, 'harmless')).status).toBe(200)
})

test('SIGTERM gives HTTP 500 to what is in flight, then it ends', async () => {
  await using server = await spawnVllmServer({ latencyMs: [5000, 5000] })
  const reply = ask(server, 'slow')
  // the request must be there before the signal
  await expect
    .poll(async () => (await fetch(server.baseUrl.replace('/v1', '/metrics'))).text())
    .toMatch(/num_requests_running\{.*\} 1\.0/)
  process.kill(server.pid, 'SIGTERM')
  expect((await reply).status).toBe(500)
  expect(await server.exited).toBe('ended with code 0')
})

test('the weather is read from a file, with each request', async () => {
  const weatherPath = join(await makeFolder(), 'weather.json')
  await using server = await spawnVllmServer({ weatherPath })
  expect((await ask(server, 'fair')).status).toBe(200)
  const until = Date.now() + 60_000
  await writeFile(weatherPath, JSON.stringify({ until, fault: { kind: 'throttle', status: 503 } }))
  expect((await ask(server, 'storm')).status).toBe(503)
  await writeFile(weatherPath, JSON.stringify({ until, fault: { kind: 'reset' } }))
  await expect(ask(server, 'storm')).rejects.toThrow('fetch failed')
  await writeFile(weatherPath, JSON.stringify({ until: 0, fault: 'hangup' }))
  expect((await ask(server, 'fair again')).status).toBe(200)
})

test('one that does not come up says why', async () => {
  await expect(spawnVllmServer({ failStart: 'CUDA out of memory' })).rejects.toThrow(/code 1: CUDA out of memory/)
})

test('the instant server answers whatever is asked with so many bytes', async () => {
  await using server = await spawnInstantServer(2500)
  const replies = await Promise.all(Array.from({ length: 50 }, (_, index) => ask(server, 'x'.repeat(index * 3000))))
  for (const { status, text } of replies) {
    expect(status).toBe(200)
    expect(Buffer.byteLength(text)).toBe(2500)
  }
  expect(JSON.parse(replies[0]?.text ?? '')).toMatchObject({ object: 'chat.completion' })
  const models = await fetch(`${server.baseUrl}/models`)
  expect(await models.json()).toMatchObject({ data: [{ id: 'test/tiny', owned_by: 'vllm' }] })
})
