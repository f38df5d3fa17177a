import { readFile, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import { git } from '../actions/adapters/git.ts'
import { buildSite } from '../actions/adapters/site-builder.ts'
import { createRunDeps } from '../actions/cli/create-run-deps.ts'
import { runDemo } from '../actions/demo/run-demo.ts'
import { verifyResults } from '../actions/verify-results/verify-results.ts'
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
  const outcome = await runDemo(
    { folder, catalog, models: ['smollm2-135m'], dataset: 'synthetic_candidates_12', concurrency: 4 },
    {
      runDeps: (ledger, spool) => createRunDeps({ ledger, spool, concurrency: 4 }),
      buildSite: async (ledger, out) => void (await buildSite(ledger, out)),
      say: () => undefined,
    },
  )
  expect(outcome.runs[0]?.meta).toMatchObject({
    status: 'completed',
    results: { total: 12, success: 12, errors: 0, missing: 0 },
  })
  const clone = join(folder, 'clone')
  await cloneWithLfs(outcome.remote, clone)
  expect(await verifyResults({ ledger: clone, runIds: [] })).toMatchObject({ ok: true, runs: [{ ok: true }] })
  const page = await readFile(join(outcome.site, 'runs', outcome.runs[0]?.runId ?? '', 'index.html'), 'utf8')
  expect(page).toContain('SmolLM2')
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
        runDeps: (ledger, spool) => createRunDeps({ ledger, spool, concurrency: 4, baseUrl: server.baseUrl }),
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
