import { appendFile, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { UserError, type RunMeta } from 'registry'
import { digestFile, formatJson, metaPathOf } from 'registry/node'
import { expect, test } from 'vitest'
import { addRun, pathIn } from '../../test/support/add-run.ts'
import { makeLedger, type TestLedger } from '../../test/support/make-ledger.ts'
import { registerRuns } from '../register-runs/register-runs.ts'
import { verifyResults } from './verify-results.ts'

async function makeGood(): Promise<{ ledger: TestLedger; meta: RunMeta }> {
  const ledger = await makeLedger(5)
  const { meta } = await addRun(ledger)
  await registerRuns({ ledger: ledger.folder })
  return { ledger, meta }
}

const verify = async ({ folder }: TestLedger, runIds: string[] = []) => {
  const outcome = await verifyResults({ ledger: folder, runIds })
  return { ...outcome, all: [...outcome.problems, ...outcome.runs.flatMap((run) => run.problems)] }
}

/** Rewrites the rows and brings digest and size in the meta along, as a careful forger would. */
async function forgeRows(ledger: TestLedger, meta: RunMeta, change: (lines: string[]) => string[]): Promise<void> {
  const path = pathIn(ledger, meta.files.results)
  const lines = (await readFile(path, 'utf8')).trimEnd().split('\n')
  await writeFile(
    path,
    change(lines)
      .map((line) => `${line}\n`)
      .join(''),
  )
  const { sha256, bytes } = await digestFile(path)
  const files = {
    ...meta.files,
    sha256: { ...meta.files.sha256, results: sha256 },
    bytes: { ...meta.files.bytes, results: bytes },
  }
  await writeFile(pathIn(ledger, metaPathOf(meta)), formatJson({ ...meta, files }))
}

test('a ledger that holds verifies', async () => {
  const { ledger, meta } = await makeGood()
  expect(await verify(ledger)).toEqual({
    ok: true,
    runs: [{ run_id: meta.run_id, ok: true, problems: [] }],
    problems: [],
    all: [],
  })
  expect((await verify(ledger, [meta.run_id])).ok).toBe(true)
})

test('a changed row shows in the digest and in the accounting', async () => {
  const { ledger, meta } = await makeGood()
  await appendFile(
    pathIn(ledger, meta.files.results),
    '{"id":"x","custom_id":"person-9","response":null,"error":"late"}\n',
  )
  const { ok, all } = await verify(ledger)
  expect(ok).toBe(false)
  expect(all.map((problem) => problem.replace(/^[^:]*/, 'P')).join('\n')).toMatch(
    /sha256 is[\s\S]*results\.errors is 0, the rows give 1/,
  )
  expect(all.join('\n')).toContain('its custom_id is not in people.jsonl')
})

test.each<[string, (lines: string[]) => string[], RegExp]>([
  ['a row gone', (lines) => lines.slice(1), /results\.success is 5, the rows give 4/],
  ['a row twice', (lines) => [...lines, lines[0] ?? ''], /:6: the custom_id stands in line 1 too/],
  ['two rows swapped', ([a = '', b = '', ...rest]) => [b, a, ...rest], /:2: stands out of the dataset’s order/],
  ['a torn row', ([a = '', ...rest]) => [a.slice(0, 50), ...rest], /:1: not JSON/],
])('%s is found though the digest was brought along', async (_name, change, finding) => {
  const { ledger, meta } = await makeGood()
  await forgeRows(ledger, meta, change)
  expect((await verify(ledger)).all.join('\n')).toMatch(finding)
})

test('a figure that was edited is found', async () => {
  const { ledger, meta } = await makeGood()
  const execution = { ...meta.execution, req_per_sec: 99 }
  await writeFile(pathIn(ledger, metaPathOf(meta)), formatJson({ ...meta, execution }))
  expect((await verify(ledger)).all).toEqual([
    expect.stringMatching(/execution\.req_per_sec is 99, success \/ duration is/),
  ])
})

test.each<[string, (meta: RunMeta) => RunMeta, RegExp]>([
  [
    'a status that is too good',
    (meta) => ({ ...meta, status: 'completed', failure: { code: 'x', message: 'y' } }),
    /status is completed, failure says x/,
  ],
  ['a status without its reason', (meta) => ({ ...meta, status: 'partial' }), /status is partial without a reason/],
  [
    'criteria nobody was judged by',
    (meta) => ({ ...meta, dataset: { ...meta.dataset, criteria: { mood: 'be kind' } } }),
    /dataset\.criteria are not those of verdict_v1/,
  ],
  [
    'another model',
    (meta) => ({ ...meta, model: { ...meta.model, id: 'big/model' } }),
    /model\.id is big\/model, .*tiny\.yaml has test\/tiny/,
  ],
  [
    'a cause no row has',
    (meta) => ({ ...meta, results: { ...meta.results, error_causes: [{ message: 'm', count: 1 }] } }),
    /results\.error_causes is .*, the rows give \[\]/,
  ],
])('%s is found', async (_name, change, finding) => {
  const { ledger, meta } = await makeGood()
  await writeFile(pathIn(ledger, metaPathOf(meta)), formatJson(change(meta)))
  expect((await verify(ledger)).all.join('\n')).toMatch(finding)
})

test('tokens of a segment that the rows don’t give are found', async () => {
  const { ledger, meta } = await makeGood()
  const [first, ...rest] = meta.execution.segments
  const usage = { prompt_tokens: (first?.usage?.prompt_tokens ?? 0) + 1, completion_tokens: 5 }
  const segments = [{ ...first, usage }, ...rest]
  await writeFile(pathIn(ledger, metaPathOf(meta)), formatJson({ ...meta, execution: { ...meta.execution, segments } }))
  expect((await verify(ledger)).all).toEqual([
    expect.stringMatching(/execution\.segments have \d+ prompt tokens, the rows give \d+: the meta or the rows were/),
  ])
})

test('a figure the rows can’t give is found', async () => {
  const { ledger, meta } = await makeGood()
  await forgeRows(ledger, meta, (lines) => lines.map((line) => line.replace(/"usage":\{[^}]*\}/, '"usage":null')))
  expect((await verify(ledger)).all.join('\n')).toMatch(/results\.avg_prompt_tokens is [\d.]+, the rows give absent/)
})

test('a meta under another name is no run, and is told with the place it belongs to', async () => {
  const { ledger, meta } = await makeGood()
  const path = metaPathOf(meta)
  await rename(pathIn(ledger, path), pathIn(ledger, path.replace('people_', 'persons_')))
  const { all, runs } = await verify(ledger)
  expect(runs).toEqual([])
  expect(all[0]).toMatch(/the meta is of tiny-people-.*, which stands at results\/tiny\/people_/)
})

test('rows that are not here and an index out of date name their mends', async () => {
  const { ledger, meta } = await makeGood()
  await writeFile(
    pathIn(ledger, meta.files.results),
    'version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n',
  )
  await rm(pathIn(ledger, 'results/metadata.json'))
  const { all } = await verify(ledger)
  expect(all.join('\n')).toMatch(
    /metadata\.json: no such file: write it with batchledger register[\s\S]*git lfs pull --include/,
  )
})

test('a rubric whose prompt part was edited after a run is told', async () => {
  const { ledger } = await makeGood()
  const path = pathIn(ledger, 'registry/rubrics/verdict_v1.yaml')
  await writeFile(path, (await readFile(path, 'utf8')).replace('more years are better', 'fewer years are better'))
  expect((await verify(ledger)).all).toEqual([
    expect.stringMatching(/^registry\/rubrics\/verdict_v1\.yaml: its prompt part differs/),
  ])
})

test('an unknown run is the caller’s mistake', async () => {
  const { ledger } = await makeGood()
  await expect(verify(ledger, ['nobody'])).rejects.toThrow(UserError)
})

test('a dataset that changed under its entry, and labels its rubric does not know, are told', async () => {
  const { ledger } = await makeGood()
  const label = {
    custom_id: 'person-1',
    field: 'recommendation',
    value: 'Yes',
    rater: 'r',
    date: '2026-11-24',
    selection: 'all',
  }
  const lines = [
    { ...label, prompt_sha256: '0'.repeat(64) },
    { ...label, prompt_sha256: '0'.repeat(64), custom_id: 'nobody', field: 'mood' },
    { ...label, prompt_sha256: 'none' },
  ]
  await ledger.write('registry/labels/people.jsonl', lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
  await appendFile(pathIn(ledger, 'registry/datasets/people.yaml'), 'labels: registry/labels/people.jsonl\n')
  await appendFile(pathIn(ledger, 'registry/datasets/people.jsonl'), '{"custom_id":"person-1"}\n')
  const text = (await verify(ledger)).problems.join('\n')
  expect(text).toMatch(/people\.jsonl:6: the custom_id stands in line 1 too/)
  expect(text).toMatch(/people\.yaml: sha256 is/)
  expect(text).toMatch(/labels\/people\.jsonl:1: prompt_sha256 is of another prompt/)
  expect(text).toMatch(/labels\/people\.jsonl:2: the dataset holds no such custom_id/)
  expect(text).toMatch(/labels\/people\.jsonl:2: field is mood, the rubric has recommendation/)
  expect(text).toMatch(/labels\/people\.jsonl:3: prompt_sha256: a sha256 is/)
})
