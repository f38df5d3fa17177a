import { spawn } from 'node:child_process'
import { readFile, readdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { RunMeta } from 'registry'
import { expect, onTestFinished, test } from 'vitest'
import type { FakeVllmConfig } from '../../test/servers/fake-vllm.ts'
import { installFakeVllm, installProgram, processesOf } from '../../test/support/fake-vllm.ts'
import { makeLedger, writeDataset, type TestLedger } from '../../test/support/make-ledger.ts'
import { runCli, type CliResult } from '../../test/support/run-cli.ts'

const cli = fileURLToPath(new URL('batchledger.ts', import.meta.url))

async function prepare(rows: number, config: FakeVllmConfig = {}) {
  const ledger = await makeLedger(rows)
  const { env, weights } = await installFakeVllm(dirname(ledger.folder), config)
  const argsFor = (engine: string, more: string[] = []) => [
    ...'run --model tiny --dataset people --json'.split(' '),
    '--engine',
    engine,
    '--weights-folder',
    weights,
    '--ledger',
    ledger.folder,
    '--spool',
    ledger.spool,
    ...more,
  ]
  const run = (engine: string, more: string[] = []) => runCli(argsFor(engine, more), { cwd: ledger.folder, env })
  return { ledger, env, weights, run, argsFor }
}

async function readBundle({ stdout, stderr }: CliResult): Promise<{ meta: RunMeta; rows: string[] }> {
  if (stdout === '') throw new Error(stderr)
  const { bundle } = JSON.parse(stdout) as { bundle: string }
  const folder = join(bundle, 'results', 'tiny')
  const names = await readdir(folder)
  const read = (ending: string) => readFile(join(folder, names.find((name) => name.endsWith(ending)) ?? ''), 'utf8')
  return {
    meta: JSON.parse(await read('.meta.json')) as RunMeta,
    rows: (await read('.jsonl')).trimEnd().split('\n'),
  }
}

/** The process group of the engine that a run has noted. */
async function groupOf({ spool }: TestLedger): Promise<number> {
  for (const name of await readdir(spool).catch(() => [])) {
    const note = await readFile(join(spool, name, 'engine.pid'), 'utf8').catch(() => '')
    if (note.endsWith('\n')) return (JSON.parse(note) as { pid: number }).pid
  }
  return 0
}

test('a run by vLLM: what was asked, by which command, what it did; nothing is left', async () => {
  const { run, weights } = await prepare(6)
  const result = await run('vllm', ['--engine-arg', 'max-num-seqs=5'])
  expect(result.stderr).not.toContain('EngineError')
  const { meta, rows } = await readBundle(result)
  expect(meta).toMatchObject({ status: 'completed', results: { success: 6 } })
  expect(rows).toHaveLength(6)
  const { execution } = meta
  expect(execution.command).toContain('--engine vllm --engine-arg max_num_seqs=5')
  expect(execution).toMatchObject({ vllm_version: '0.32.0', concurrency: 9, engine: { name: 'vllm' } })
  expect(execution.engine.command).toEqual(expect.arrayContaining(['serve', weights, '--max-num-seqs', '5']))
  const [segment] = execution.segments
  expect(segment?.load_seconds).toBeGreaterThan(0)
  expect(segment?.engine_metrics).toMatchObject({ prompt_tokens: expect.any(Number), finished_stop: 6 })
  expect(segment).not.toHaveProperty('energy_joules')
  expect(execution.host).not.toHaveProperty('gpus')
  expect(meta.model.weights_sha256).toMatch(/^[0-9a-f]{64}$/)
})

test('rows that can’t fit are told before one is sent; when none fits nothing is', async () => {
  const long = await prepare(3, { maxModelLen: 100 })
  await writeDataset(
    long.ledger,
    'people',
    `{"custom_id":"short","text":"a"}\n{"custom_id":"long","text":"${'word '.repeat(80)}"}\n`,
  )
  const result = await long.run('vllm')
  expect(result.stderr).toMatch(
    /warning: the longest request has \d+ prompt tokens and asks for 64, max_model_len is 100/,
  )
  expect((await readBundle(result)).meta.results).toMatchObject({ success: 1, errors: 1 })
  const none = await prepare(3, { maxModelLen: 20 })
  const refused = await none.run('vllm')
  expect(refused.code).toBe(2)
  expect(refused.stdout + refused.stderr).toMatch(
    /the shortest request has \d+ prompt tokens.*so none would be answered/,
  )
  expect(await readdir(none.ledger.spool)).toEqual([])
})

test('refused arguments start nothing, whatever the engine', async () => {
  const { run, ledger } = await prepare(2)
  const result = await run('vllm', ['--engine-arg', 'trust_remote_code=true'])
  expect([result.code, result.stdout + result.stderr]).toEqual([2, expect.stringContaining('refused, always')])
  const other = await run('llama-cpp')
  expect([other.code, other.stdout + other.stderr]).toEqual([
    2,
    expect.stringContaining('--weights-folder: is for vLLM, and the engine is llama-cpp'),
  ])
  await expect(readdir(ledger.spool)).rejects.toThrow('ENOENT')
})

test('run-batch gives the same rows and bundle; both error shapes are read', async () => {
  const { run, ledger } = await prepare(3, { maxModelLen: 100 })
  await writeDataset(
    ledger,
    'people',
    `{"custom_id":"short","text":"a"}\n{"custom_id":"long","text":"${'word '.repeat(80)}"}\n{"custom_id":"other","text":"b"}\n`,
  )
  const [served, batch] = [await run('vllm'), await run('vllm-run-batch', ['--again'])]
  const [one, two] = [await readBundle(served), await readBundle(batch)]
  expect(two.meta.results).toEqual(one.meta.results)
  expect(two.meta.execution.engine).toMatchObject({ name: 'vllm-run-batch', version: '0.32.0' })
  // it can't tell loading from running, so nobody does
  expect(two.meta.execution.segments[0]).not.toHaveProperty('load_seconds')
  const bodies = (rows: string[]) =>
    rows.map((row) => row.replace(/"id":"batch_req_[^"]+"/, '').replace(/"request_id":"[^"]*"/, ''))
  expect(bodies(two.rows)).toEqual(bodies(one.rows))
})

test('run-batch that is killed on the way leaves nothing behind, and the same command asks all again', async () => {
  const { env, ledger, run, argsFor } = await prepare(3, { latencyMs: 2500 })
  const child = spawn(process.execPath, [cli, ...argsFor('vllm-run-batch')], {
    cwd: ledger.folder,
    env: { ...process.env, ...env },
    stdio: 'ignore',
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  await expect.poll(() => groupOf(ledger), { timeout: 20_000 }).toBeGreaterThan(0)
  const group = await groupOf(ledger)
  expect((await processesOf(group)).length).toBeGreaterThan(0)
  child.kill('SIGKILL')
  await expect.poll(() => processesOf(group), { timeout: 5000 }).toEqual([])
  const { meta } = await readBundle(await run('vllm-run-batch'))
  expect(meta).toMatchObject({ status: 'completed', results: { success: 3 } })
})

test('a model that needs more memory than the GPUs have is refused; vLLM is what a machine with a GPU takes', async () => {
  const { ledger, env, weights } = await prepare(2)
  await installProgram(
    dirname(ledger.folder),
    'nvidia-smi',
    'echo "0, NVIDIA T4, GPU-11111111-aaaa, 570.86.15, 15360, [N/A]"',
  )
  const path = { PATH: `${dirname(ledger.folder)}:${process.env['PATH']}` }
  const args = ['run', '--model', 'tiny', '--dataset', 'people', '--weights-folder', weights, '--dry-run', '--json']
  const run = () => runCli([...args, '--ledger', ledger.folder], { cwd: ledger.folder, env: { ...env, ...path } })
  // no engine is named, and --weights-folder is taken: it is vLLM
  expect((await run()).code).toBe(0)
  await ledger.write('registry/models/tiny.yaml', 'name: Tiny\nhub_id: test/tiny\nvram_gb: 40\n')
  const refused = await run()
  expect([refused.code, refused.stdout + refused.stderr]).toEqual([
    2,
    expect.stringContaining('vram_gb is 40, the largest GPU here has 16.1 GB'),
  ])
})

test('the GPU it ran on and the energy it took stand in the meta', async () => {
  const { ledger, env, argsFor } = await prepare(4, { latencyMs: 700 })
  const uuid = 'GPU-11111111-aaaa'
  await installProgram(
    dirname(ledger.folder),
    'nvidia-smi',
    `case "$*" in *power.draw*) while :; do echo "$(date '+%Y/%m/%d %H:%M:%S.%3N'), ${uuid}, 50.00"; sleep 0.2; done ;; esac
case "$*" in *memory.total,mig*) echo "0, NVIDIA T4, ${uuid}, 570.86.15, 15360, [N/A]" ;; *) echo 15360 ;; esac`,
  )
  const path = { PATH: `${dirname(ledger.folder)}:${process.env['PATH']}` }
  const { meta } = await readBundle(await runCli(argsFor('vllm'), { cwd: ledger.folder, env: { ...env, ...path } }))
  expect(meta.execution.host?.gpus).toEqual([{ name: 'NVIDIA T4', uuid, driver: '570.86.15', memory_gb: 16.1 }])
  const joules = meta.execution.segments[0]?.energy_joules ?? 0
  // 50 W from before the first request until after the last
  expect(joules).toBeGreaterThan(50 * 0.7)
  expect(joules).toBeLessThan(50 * 20)
})
