import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { readLedger } from 'registry/node'
import { expect, test } from 'vitest'
import { git } from '../actions/adapters/git.ts'
import { createRunDeps } from '../actions/cli/create-run-deps.ts'
import { runDemo } from '../actions/demo/run-demo.ts'
import { verifyResults } from '../actions/verify-results/verify-results.ts'
import { expectGolden } from './support/expect-golden.ts'
import { makeFolder } from './support/make-ledger.ts'
import { runCli } from './support/run-cli.ts'
import { startVllmProtocolServer } from './servers/vllm-protocol-server.ts'

const catalog = fileURLToPath(new URL('..', import.meta.url))

/** Clones a remote as a reviewer would, with Git LFS. */
async function cloneWithLfs(remote: string, into: string): Promise<void> {
  const filters = ['-c', 'filter.lfs.process=git-lfs filter-process', '-c', 'filter.lfs.required=true']
  await git(join(into, '..'), [...filters, 'clone', '--quiet', pathToFileURL(remote).href, into])
}

test('the whole way with a real model: run, publish, merge, index, site; a clone holds the run and verifies', async () => {
  const folder = await makeFolder()
  const args = ['demo', '--no-serve', '--folder', folder, '--models', 'smollm2-135m', '--json']
  const result = await runCli(args, { cwd: folder })
  expect(result).toMatchObject({ code: 0 })
  await expectGolden('demo', result.stdout, folder)
  const { runs } = JSON.parse(result.stdout) as { runs: { run_id: string }[] }
  const clone = join(folder, 'clone')
  await cloneWithLfs(join(folder, 'remote.git'), clone)
  expect(await verifyResults({ ledger: clone, runIds: [] })).toMatchObject({ ok: true, runs: [{ ok: true }] })
  const [{ meta } = { meta: undefined }] = (await readLedger(clone)).runs
  expect(meta?.results).toMatchObject({ total: 12, success: 12, errors: 0, missing: 0 })
  expect(meta?.model).toMatchObject({ slug: 'smollm2-135m', quantization: 'Q4_1' })
  expect(await readFile(join(folder, 'site', 'runs', runs[0]?.run_id ?? '', 'index.html'), 'utf8')).toContain('SmolLM2')
}, 240_000)

test('doing it again adds runs and loses none', async () => {
  const folder = await makeFolder()
  const value = { value: 'Average', reasoning: 'as asked' }
  const answer = JSON.stringify({
    educational_pedigree: value,
    company_pedigree: value,
    trajectory: value,
    is_software_engineer: { value: true, reasoning: 'writes code' },
    recommendation: { value: 'Maybe', reasoning: 'undecided' },
  })
  await using server = await startVllmProtocolServer({ answer: () => answer })
  const again = () =>
    runDemo(
      { folder, catalog, models: ['smollm2-135m', 'gemma-3-270m'], dataset: 'synthetic_candidates_12', concurrency: 4 },
      {
        runDeps: (ledger, spool) =>
          createRunDeps({ ledger, spool, concurrency: 4, baseUrl: server.baseUrl, again: true }),
        buildSite: () => Promise.resolve(),
        say: () => undefined,
      },
    )
  const first = await again()
  const second = await again()
  const clone = join(folder, 'clone')
  await cloneWithLfs(second.remote, clone)
  const ids = [...first.runs, ...second.runs].map((run) => run.runId)
  expect(new Set(ids).size).toBe(4)
  const verified = await verifyResults({ ledger: clone, runIds: [] })
  expect(verified).toMatchObject({ ok: true, problems: [] })
  expect(verified.runs.map((run) => run.run_id).sort()).toEqual([...ids].sort())
})

test('weights that are missing are named with the command that gets them', async () => {
  const folder = await makeFolder()
  const args = [
    'run',
    '--model',
    'smollm2-135m',
    '--dataset',
    'synthetic_candidates_12',
    '--spool',
    join(folder, 'spool'),
  ]
  const result = await runCli([...args, '--ledger', catalog], {
    cwd: folder,
    env: { BATCHLEDGER_CACHE: join(folder, 'cache') },
  })
  expect(result.code).toBe(2)
  expect(result.stderr).toMatch(/batchledger fetch smollm2-135m/)
  expect(await readdir(folder)).toEqual([])
})
