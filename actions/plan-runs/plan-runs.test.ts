import { chmod, readdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { addRun } from '../../test/support/add-run.ts'
import { expectGolden } from '../../test/support/expect-golden.ts'
import { makeLedger, type TestLedger } from '../../test/support/make-ledger.ts'
import { runCli } from '../../test/support/run-cli.ts'
import { runTestBatch } from '../../test/support/run-test-batch.ts'
import { startVllmProtocolServer } from '../../test/servers/vllm-protocol-server.ts'
import { planOneRun } from './plan-runs.ts'

const inputs = (ledger: string) => ({
  ledger,
  model: 'tiny',
  dataset: 'people',
  concurrency: 2,
  baseUrl: 'http://127.0.0.1:9/v1',
})
const checkEngine = () => Promise.resolve([])

test('a dry run starts nothing, and forecasts from an earlier run of the model', async () => {
  const ledger = await makeLedger(10)
  const { meta } = await addRun(ledger, { deps: { spool: `${ledger.spool}-other` } })
  const planned = await planOneRun(inputs(ledger.folder), { spool: ledger.spool, checkEngine })
  expect(planned).toMatchObject({
    problems: [],
    warnings: [expect.stringMatching(/tiny\.yaml: unpinned/)],
    rubric: 'verdict_v1',
  })
  expect(planned.forecast).toMatchObject({
    rows: 10,
    from: meta.run_id,
    prompt_tokens: Math.round((meta.results.avg_prompt_tokens ?? 0) * 10),
    lfs_bytes: meta.files.bytes.results,
  })
  await expect(readdir(ledger.spool)).rejects.toThrow('ENOENT')
})

test('faults of catalog, rows and engine come together', async () => {
  const ledger = await makeLedger(3)
  await ledger.write('registry/datasets/people.jsonl', '{"custom_id":"a"}\nnot json\n')
  const faults = await planOneRun(inputs(ledger.folder), {
    spool: ledger.spool,
    checkEngine: () => Promise.resolve(['engine: nothing there']),
  })
  expect(faults.problems).toHaveLength(3)
  expect(faults.problems.at(-1)).toBe('engine: nothing there')
  expect(faults.forecast).toBeUndefined()
})

test('the same job in progress is a fault before anything starts', async () => {
  const ledger = await makeLedger(30)
  await using server = await startVllmProtocolServer({ answer: () => 'x', latencyMs: () => 20 })
  const running = runTestBatch(ledger, {
    baseUrl: server.baseUrl,
    inputs: { concurrency: 1 },
    limits: { minParseRate: 0 },
  })
  await expect.poll(() => server.requests.length).toBeGreaterThan(2)
  const { problems } = await planOneRun(inputs(ledger.folder), { spool: ledger.spool, checkEngine })
  expect(problems).toEqual([expect.stringMatching(/the same job is in progress: process \d+ on/)])
  await running
})

/** A dry run of `tiny` over `people` by a server that nobody asks. */
function dryRunOf({ spool }: TestLedger): string[] {
  const choice = ['--model', 'tiny', '--dataset', 'people', '--base-url', 'http://127.0.0.1:9/v1']
  return ['run', '--dry-run', ...choice, '--spool', spool]
}

test('a model that declares more memory than the GPU has is refused; the figure comes from nvidia-smi', async () => {
  const ledger = await makeLedger(3)
  await ledger.write('registry/models/tiny.yaml', 'name: Tiny\nhub_id: test/tiny\nvram_gb: 40\n')
  await ledger.write('bin/nvidia-smi', '#!/bin/sh\necho 16384\necho 8192\n')
  await chmod(join(ledger.folder, 'bin/nvidia-smi'), 0o755)
  const args = dryRunOf(ledger)
  const env = { PATH: `${join(ledger.folder, 'bin')}:${process.env['PATH']}` }
  const result = await runCli([...args, '--ledger', ledger.folder], { cwd: ledger.folder, env })
  expect(result.code).toBe(2)
  expect(result.stderr).toMatch(/tiny\.yaml: vram_gb is 40, the largest GPU here has 17\.2 GB/)
})

test('run --dry-run from the terminal', async () => {
  const ledger = await makeLedger(3)
  const args = dryRunOf(ledger)
  const result = await runCli([...args, '--json'], { cwd: ledger.folder, env: {} })
  expect(result.code).toBe(2)
  const named = await runCli([...args, '--json', '--ledger', ledger.folder], { cwd: ledger.folder })
  expect(named).toMatchObject({ code: 0 })
  expect(named.stderr).toMatch(/^warning: registry\/models\/tiny\.yaml: unpinned/)
  await expectGolden('run-dry', named.stdout, dirname(ledger.folder))
})
