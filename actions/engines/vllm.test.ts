import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { pathToFileURL } from 'node:url'
import type { Model } from 'registry'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { FakeVllmConfig } from '../../test/servers/fake-vllm.ts'
import { installFakeVllm, processesOf } from '../../test/support/fake-vllm.ts'
import { makeFolder } from '../../test/support/make-ledger.ts'
import { EngineError } from './engine.ts'
import type { VllmOptions } from './vllm-plan.ts'
import { vllmEngine } from './vllm.ts'

const tiny: Model = { name: 'Tiny', hub_id: 'test/tiny' }

async function optionsFor(config: FakeVllmConfig = {}, more: Partial<VllmOptions> = {}): Promise<VllmOptions> {
  const folder = await makeFolder()
  const { env, weights } = await installFakeVllm(folder, config)
  return {
    slug: 'tiny',
    model: tiny,
    engineArgs: {},
    weightsFolder: weights,
    logPath: join(folder, 'engine.log'),
    env: { PATH: process.env['PATH'], ...env },
    ...more,
  }
}

function engineOf(options: VllmOptions) {
  const engine = vllmEngine(options)
  onTestFinished(() => engine.stop())
  return engine
}

test('a started engine says what it is, by which command, and that it may reach nobody', async () => {
  const told = join(await makeFolder(), 'told.json')
  const options = await optionsFor(
    { toldPath: told, maxModelLen: 1000 },
    { engineArgs: { max_num_seqs: 3, enforce_eager: true } },
  )
  const started = await engineOf(options).start()
  const { command, args, ...info } = started.info
  expect(info).toMatchObject({
    name: 'vllm',
    version: '0.32.0',
    servedModel: 'tiny',
    chatTemplateSha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    weights: { sha256: expect.stringMatching(/^[0-9a-f]{64}$/), quantization: 'bfloat16' },
  })
  // what the server says it has, not what was asked for
  expect(args).toMatchObject({ max_model_len: 1000, max_num_seqs: 3, enforce_eager: true, enable_prefix_caching: true })
  const seen = JSON.parse(await readFile(told, 'utf8')) as { command: string; args: string[]; env: object }
  expect(command?.slice(1)).toEqual([seen.command, ...seen.args])
  expect(seen.args.join(' ')).toContain('--max-num-seqs 3 ')
  expect(seen.args).toEqual(
    expect.arrayContaining(['--enforce-eager', '--generation-config', 'vllm', '--served-model-name', 'tiny']),
  )
  expect(seen.args).not.toContain('--trust-remote-code')
  expect(seen.env).toEqual({ HF_HUB_OFFLINE: '1', VLLM_NO_USAGE_STATS: '1', DO_NOT_TRACK: '1' })
})

test('prompts are counted by the engine, and what it does is measured', async () => {
  const started = await engineOf(await optionsFor()).start()
  const body = JSON.stringify({ model: 'tiny', messages: [{ role: 'user', content: 'one two three' }], max_tokens: 50 })
  expect(await started.countPrompt?.(body)).toEqual({ tokens: 3, fit: 2048 })
  expect(await started.countPrompt?.(body.replace('tiny', 'other'))).toBeUndefined()
  const end = await started.measure?.()
  await (await fetch(`${started.baseUrl}/chat/completions`, { method: 'POST', body })).text()
  // without a GPU there is no energy to tell
  expect(await end?.()).toEqual({
    engine_metrics: expect.objectContaining({ prompt_tokens: 3, preemptions: 0, finished_stop: 1 }) as unknown,
  })
})

test('one that dies while it starts tells the end of its log, and leaves nothing', async () => {
  const options = await optionsFor({ failStart: 'ValueError: no memory for the KV cache' })
  const error: unknown = await engineOf(options)
    .start()
    .catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(EngineError)
  expect((error as Error).message).toMatch(
    /^vllm serve ended with code 1; .*engine\.log ends with:\n.*starting\nValueError: no memory for the KV cache$/s,
  )
})

describe('no process is left', () => {
  test('when it is stopped, which waits for what is in flight and may come twice', async () => {
    const engine = engineOf(await optionsFor({ latencyMs: 600 }))
    const { baseUrl, pid = 0, died } = await engine.start()
    // the guard and the shell that watches us, vLLM, its engine
    expect((await processesOf(pid)).length).toBeGreaterThanOrEqual(4)
    const body = JSON.stringify({ model: 'tiny', messages: [{ role: 'user', content: 'x' }] })
    const answer = fetch(`${baseUrl}/chat/completions`, { method: 'POST', body })
    await new Promise((resolve) => setTimeout(resolve, 200))
    await engine.stop()
    expect((await answer).status).toBe(200)
    await engine.stop()
    expect(await processesOf(pid)).toEqual([])
    expect(await Promise.race([died, Promise.resolve('silent')])).toBe('silent')
  })

  test('when it is stopped while it starts', async () => {
    const engine = engineOf(await optionsFor({ startMs: 60_000 }))
    const starting = engine.start().catch((error: Error) => error.message)
    await new Promise((resolve) => setTimeout(resolve, 300))
    await engine.stop()
    expect(await starting).toMatch(/vllm serve was (stopped while it started|ended by)/)
  })

  test.each(['vLLM', 'the guard'])('when %s is killed: it is told, and the rest ends', async (who) => {
    const engine = engineOf(await optionsFor())
    const { pid = 0, died } = await engine.start()
    const victim = who === 'the guard' ? pid : await findVllmIn(pid)
    process.kill(victim, 'SIGKILL')
    expect(await died).toMatch(/^vllm serve was ended by (SIGKILL|signal 9); its log: /)
    await engine.stop()
    expect(await processesOf(pid)).toEqual([])
  })

  test('when it is frozen: it takes no SIGTERM', async () => {
    const engine = engineOf(await optionsFor())
    const { pid = 0 } = await engine.start()
    process.kill(-pid, 'SIGSTOP')
    const before = performance.now()
    await engine.stop()
    expect(await processesOf(pid)).toEqual([])
    expect(performance.now() - before).toBeLessThan(10_000)
  })

  test('when its parent is killed, kill -9 included', async () => {
    const options = await optionsFor()
    const module = pathToFileURL(join(import.meta.dirname, 'vllm.ts')).href
    const script = `const { vllmEngine } = await import(${JSON.stringify(module)})
      console.log((await vllmEngine(${JSON.stringify(options)}).start()).pid)`
    const parent = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const [line] = (await once(createInterface({ input: parent.stdout }), 'line')) as [string]
    const group = Number(line)
    expect((await processesOf(group)).length).toBeGreaterThanOrEqual(4)
    parent.kill('SIGKILL')
    await expect.poll(() => processesOf(group), { timeout: 5000 }).toEqual([])
  })
})

async function findVllmIn(group: number): Promise<number> {
  const line = (await processesOf(group)).find((one) => one.includes('fake-vllm.ts serve'))
  return Number(line?.split(/ +/)[1])
}
