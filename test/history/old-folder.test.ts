import { cp, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { digestFile, readLedger } from 'registry/node'
import { verifyResults } from '../../actions/verify-results/verify-results.ts'
import { groupRuns, preselect } from '../../site/data/group-runs.ts'
import { expectGolden } from '../support/expect-golden.ts'
import { makeFolder, makeLedger } from '../support/make-ledger.ts'
import { runCli } from '../support/run-cli.ts'
import { writeOldFolder } from '../support/write-old-folder.ts'

// a folder of results in three naming patterns, without metadata, with a run that lay where nobody looked

vi.setConfig({ testTimeout: 120_000 })

const catalog = new URL('../../registry/models', import.meta.url)

async function oldLedger(count: number) {
  const root = await makeFolder()
  const ledger = await makeLedger(count + 3)
  await cp(catalog, join(ledger.folder, 'registry/models'), { recursive: true })
  return { root, ledger, ...(await writeOldFolder(root, count)) }
}

async function digestTree(folder: string): Promise<Record<string, string>> {
  const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile())
  const digests = files.map(async (entry) => {
    const path = join(entry.parentPath, entry.name)
    return [path, (await digestFile(path)).sha256] as const
  })
  return Object.fromEntries(await Promise.all(digests))
}

interface PlanJson {
  runs: { file: string; run_id: string; model: string; conflicts: { field: string }[]; [key: string]: unknown }[]
  files: { rows: number; read: number; left_out: { rows: number }[] }[]
  [key: string]: unknown
}

test('old-folder: import → the runs, what is claimed and what contradicts; compare works; a second time changes nothing', async () => {
  const { root, ledger, old, input } = await oldLedger(20)
  const before = await digestTree(root)
  const cli = (...args: string[]) =>
    runCli(['import', old, '--input', input, '--rubric', 'verdict_v1', '--privacy', 'synthetic', '--json', ...args], {
      cwd: ledger.folder,
    })
  const options = ['--ledger', ledger.folder]
  const planned = await cli(...options)
  expect(planned).toMatchObject({ code: 0 })
  await expectGolden('import', planned.stdout, root)
  expect(await readdir(ledger.folder)).toEqual(['registry'])
  const plan = JSON.parse(planned.stdout) as PlanJson
  for (const { rows, read, left_out: leftOut } of plan.files)
    expect(rows).toBe(read + leftOut.reduce((sum, span) => sum + span.rows, 0))

  const applied = await cli(...options, '--apply')
  expect(applied.stderr).not.toContain('error')
  expect(applied.code).toBe(0)
  const { runs, problems } = await readLedger(ledger.folder)
  expect(problems).toEqual([])
  expect(new Set(runs.map(({ meta }) => meta.model.slug))).toEqual(
    new Set(['qwen-3-4b', 'gemma-3-4b', 'llama-3.2-3b', 'llama-3.2-1b', 'smollm2-135m', 'olmo-2-1b']),
  )
  const of = (file: string) => {
    const run = runs.find(({ meta }) => meta.provenance.origin?.file === file)
    if (!run) throw new Error(`no run of ${file}`)
    return run.meta
  }
  const fields = (file: string) => of(file).provenance.conflicts.map(({ field }) => field)

  // all 400: failed with its cause; its name is all that says the model, and the index says another
  expect(of('olmo2_1b_batch_results.jsonl')).toMatchObject({
    status: 'failed',
    failure: {
      code: 'all_rows_failed',
      message: expect.stringMatching(/^every row failed: HTTP 400: default chat/) as unknown,
    },
  })
  // another model than its name says
  expect(of('qwen3_4b_batch_rerun.jsonl')).toMatchObject({
    model: { slug: 'gemma-3-4b' },
    provenance: {
      conflicts: [{ field: 'model', claimed: 'qwen3_4b', observed: 'google/gemma-3-4b-it', claimed_by: 'file name' }],
    },
  })
  expect(fields('llama3.2-1b_batch_20241028.jsonl.gz')).toEqual(['execution.started_at'])
  // a meta that counts a row too many, and figures that do not fit
  expect(fields('qwen3_4b_batch_results.jsonl')).toEqual([
    'execution.elapsed',
    'results.total',
    'results.success',
    'dataset.count',
    'results.avg_prompt_tokens',
    'execution.req_per_sec',
  ])
  expect(of('qwen3_4b_batch_results.jsonl')).toMatchObject({
    status: 'completed',
    execution: { started_at: '2025-03-14T08:59:00.000Z', duration_seconds: 3600, vllm_version: '0.8.5' },
    results: { total: 20, success: 20, avg_prompt_tokens: 109.5 },
  })
  // torn: the last row is named, the others are there
  expect(of('smollm2-135m_batch_results.jsonl')).toMatchObject({
    status: 'partial',
    results: { total: 20, success: 19, missing: 1 },
    provenance: { origin: { rows: 20, imported: 19, left_out: [{ from: 20, to: 20, rows: 1 }] } },
  })
  // in the dataset's order, the doubled row once
  expect(of('benchmarks/raw/llama-3.2-3b/output.jsonl')).toMatchObject({ status: 'completed', results: { total: 20 } })

  expect(await verifyResults({ ledger: ledger.folder, runIds: [] })).toMatchObject({ ok: true, problems: [] })
  const groups = groupRuns(runs, (await readLedger(ledger.folder)).catalog)
  expect(preselect(groups.find(({ id }) => id === 'batch')?.sets ?? [])).toHaveLength(4)

  const ledgerBefore = await digestTree(ledger.folder)
  const again = await cli(...options, '--apply')
  expect(again.code).toBe(0)
  expect(JSON.parse(again.stdout)).toMatchObject({ runs: [], applied: { imported: [], catalog: [] } })
  expect(await digestTree(ledger.folder)).toEqual(ledgerBefore)
  expect(await digestTree(root)).toEqual(before)
})

test('old-folder: --scan finds the run that lay in benchmarks/raw/, and says what it left out and why', async () => {
  const { root, ledger } = await oldLedger(3)
  const scanned = await runCli(['import', '--scan', root, '--ledger', ledger.folder], { cwd: root })
  expect(scanned.code).toBe(0)
  expect(scanned.stdout).toMatch(/^old\/benchmarks\/raw\/llama-3\.2-3b\/output\.jsonl +llama-3\.2-3b-/m)
  expect(scanned.stdout).toContain('old/notes.md: no file of rows by its name')
  expect(scanned.stdout).toContain('batch.jsonl: holds requests, not answers')
  expect(scanned.stdout).toContain('conflict: model: file name says qwen3_4b, found google/gemma-3-4b-it')
  expect(scanned.stdout).toContain("nothing says what 7 runs were asked, so they can't be compared")
  expect(scanned.stdout).toMatch(/nothing was written: the same command with --apply does\n$/)
})
