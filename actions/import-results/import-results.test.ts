import { readFile, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync, zstdCompressSync } from 'node:zlib'
import { readLedger } from 'registry/node'
import { expect, test } from 'vitest'
import { makeImportScene, type ImportScene } from '../../test/support/import-old.ts'
import { oldRow, oldRows, oldStart } from '../../test/support/write-old-folder.ts'
import { verifyResults } from '../verify-results/verify-results.ts'

const fixtures = fileURLToPath(new URL('fixtures', import.meta.url))
const qwen = 'Qwen/Qwen3-4B'

async function metas(scene: ImportScene) {
  const { runs, problems } = await readLedger(scene.ledger.folder)
  expect(problems).toEqual([])
  expect(await verifyResults({ ledger: scene.ledger.folder, runIds: [] })).toMatchObject({ ok: true, problems: [] })
  return runs.map(({ meta }) => meta)
}

async function rowsOf(scene: ImportScene, path: string): Promise<string[]> {
  return (await readFile(join(scene.ledger.folder, path), 'utf8')).trimEnd().split('\n')
}

test('rows keep the bytes they came with, in the dataset’s order', async () => {
  const scene = await makeImportScene()
  const rows = [2, 0, 1].map((index) => oldRow(qwen, index).replace('"created"', ' "created" '))
  await scene.put('out.jsonl', `\uFEFF${rows.join('\r\n')}`)
  await scene.import()
  const [meta] = await metas(scene)
  expect(await rowsOf(scene, meta?.files.results ?? '')).toEqual([rows[1], rows[2], rows[0]])
  expect(meta).toMatchObject({
    model: { slug: 'qwen3-4b', id: qwen },
    dataset: { name: 'people.jsonl', count: 3 },
    execution: { started_at: '2025-03-14T09:00:00.000Z', engine: { name: 'vllm' }, segments: [] },
    provenance: { source: 'imported', conflicts: [] },
  })
  for (const figure of ['duration_seconds', 'req_per_sec', 'sampling', 'host', 'concurrency', 'command'])
    expect(meta?.execution).not.toHaveProperty(figure)
  expect(await readFile(join(scene.ledger.folder, 'registry/models/qwen3-4b.yaml'), 'utf8')).toContain(
    'hub_id: Qwen/Qwen3-4B\n',
  )
})

test.each([
  ['gzip', (text: string) => gzipSync(text), 'a.jsonl.gz'],
  ['zstd', (text: string) => zstdCompressSync(text), 'a.jsonl.zst'],
  ['gzip without the ending', (text: string) => gzipSync(text), 'a.jsonl'],
])('%s is read, and is the same as unpacked', async (_name, pack, name) => {
  const scene = await makeImportScene()
  const text = oldRows(qwen, 3)
  await scene.put(name, pack(text))
  await scene.import()
  await scene.put('b.jsonl', text)
  const { plan } = await scene.import()
  expect(plan.runs).toEqual([])
  expect(plan.duplicates).toMatchObject([{ inLedger: true }, { inLedger: true }])
  expect(await metas(scene)).toHaveLength(1)
})

test('a stream that ends early gives its rows, and what is lost is named', async () => {
  const scene = await makeImportScene()
  // rows that don't compress away, so that half of the stream is half of the rows
  const text = Array.from({ length: 400 }, (_, index) => `${oldRow(qwen, index, oldStart + ((index * 7919) % 997))}\n`)
  const packed = gzipSync(text.join(''))
  await scene.put('a.jsonl.gz', packed.subarray(0, packed.length >> 1))
  await scene.import()
  const [meta] = await metas(scene)
  expect(meta?.results.success).toBeGreaterThan(50)
  expect(meta?.provenance.origin?.left_out.at(-1)?.finding).toMatch(/ends early: what followed is lost/)
})

test('a few ids of a catalog dataset do not make a file its run, unless its name says so', async () => {
  const scene = await makeImportScene()
  await scene.put('qwen3-4b_other.jsonl', oldRows(qwen, 2))
  await scene.put('gemma-3-270m_people.jsonl', oldRows('google/gemma-3-270m', 2))
  await scene.import({ given: {} })
  const found = await metas(scene)
  expect(Object.fromEntries(found.map(({ model, dataset }) => [model.slug, [dataset.name, dataset.privacy]]))).toEqual({
    'qwen3-4b': ['other.jsonl', 'personal'],
    'gemma-3-270m': ['people.jsonl', 'synthetic'],
  })
})

test('several models in one file are split; rows that belong to no model refuse it', async () => {
  const scene = await makeImportScene()
  await scene.put('both.jsonl', oldRows(qwen, 3) + oldRows('google/gemma-3-270m', 3))
  const failed = JSON.stringify({ id: 'x', custom_id: 'person-9', response: null, error: 'gone' })
  await scene.put('three.jsonl', `${oldRows(qwen, 2, oldStart + 900)}${oldRows('google/gemma-3-270m', 2)}${failed}\n`)
  const { plan } = await scene.import()
  expect(plan.refused).toMatchObject([
    { rows: 5, reason: expect.stringMatching(/rows of 2 models .* and 1 that say/) as unknown },
  ])
  const found = await metas(scene)
  expect(found.map(({ model }) => model.slug).sort()).toEqual(['gemma-3-270m', 'qwen3-4b'])
  expect(plan.runs.map(({ notes }) => notes)).toEqual([
    ['one of 2 models in this file: split'],
    ['one of 2 models in this file: split'],
  ])
})

test('of two answers for one custom_id the first good one is kept, and the other is named', async () => {
  const scene = await makeImportScene()
  const failed = JSON.stringify({ id: 'x', custom_id: 'person-1', response: null, error: 'gone' })
  const late = oldRow(qwen, 0, oldStart + 77)
  await scene.put('a.jsonl', `${failed}\n${oldRow(qwen, 0)}\n${late}\n`)
  await scene.import()
  const [meta] = await metas(scene)
  expect(await rowsOf(scene, meta?.files.results ?? '')).toEqual([oldRow(qwen, 0)])
  expect(meta?.provenance.origin).toMatchObject({ rows: 3, imported: 1 })
  expect(meta?.provenance.origin?.left_out.map(({ from }) => from)).toEqual([1, 3])
  expect(meta?.provenance.conflicts).toMatchObject([{ field: 'rows' }])
})

test('{input, output}: JSON lines and CSV with columns of other names; positions are ids where there are none', async () => {
  const scene = await makeImportScene()
  await scene.put('qwen3-4b_a.jsonl', '{"input":"1+1","output":"2"}\n{"input":"2+2","output":"4"}\n{"input":"3+3"}\n')
  await scene.put('b.csv', 'key;question;said;model\r\np1;"a ""b""\nc";"x;y";m/one\r\np2;d;;m/one\r\np3;short\r\n')
  const { plan } = await scene.import({ map: { output: 'said', custom_id: 'key' } })
  expect(plan.refused).toEqual([])
  const found = await metas(scene)
  const a = found.find(({ model }) => model.slug === 'qwen3-4b')
  const b = found.find(({ model }) => model.slug === 'one')
  expect(a).toMatchObject({
    results: { total: 2, success: 2 },
    provenance: { origin: { rows: 3, left_out: [{ from: 3, finding: 'holds neither an output nor an error' }] } },
  })
  expect(a?.results).not.toHaveProperty('avg_prompt_tokens')
  expect(a?.provenance.known_from).toMatchObject({ model: 'file name', 'execution.started_at': 'file time' })
  expect((await rowsOf(scene, a?.files.results ?? '')).map((row) => JSON.parse(row) as unknown)).toMatchObject([
    {
      custom_id: 'row-000001',
      response: { body: { choices: [{ message: { role: 'assistant', content: '2' } }] } },
      error: null,
    },
    { custom_id: 'row-000002' },
  ])
  const items = await rowsOf(scene, `registry/datasets/${a?.dataset.name}`)
  expect(JSON.parse(items[0] ?? '')).toEqual({ custom_id: 'row-000001', input: '1+1' })
  expect(b).toMatchObject({ results: { total: 2 }, provenance: { origin: { rows: 3 } } })
  expect(JSON.parse((await rowsOf(scene, b?.files.results ?? ''))[0] ?? '')).toMatchObject({
    custom_id: 'p1',
    response: { body: { model: 'm/one', choices: [{ message: { content: 'x;y' } }] } },
  })
  expect((await scene.import({ map: { output: 'said', custom_id: 'key' } })).plan).toMatchObject({ runs: [] })
})

test('rows by position take the ids of a dataset that is named', async () => {
  const scene = await makeImportScene()
  await scene.put('qwen3-4b.jsonl', '{"output":"a"}\n{"output":"b"}\n')
  await scene.import({ given: { dataset: 'people' } })
  const [meta] = await metas(scene)
  expect(meta).toMatchObject({
    status: 'partial',
    dataset: { name: 'people.jsonl' },
    results: { total: 3, missing: 1 },
  })
  const rows = await rowsOf(scene, meta?.files.results ?? '')
  expect(rows.map((row) => (JSON.parse(row) as { custom_id: string }).custom_id)).toEqual(['person-1', 'person-2'])
})

test.each([
  ['lm-eval', 'lm-eval samples', 1, 'billing'],
  ['inspect', 'inspect eval', 2, 'billing'],
  ['promptfoo', 'promptfoo json', 2, 'billing'],
])('%s: what the tool itself wrote is imported row by row', async (folder, format, runs, content) => {
  const scene = await makeImportScene()
  const { plan } = await scene.import({ paths: [join(fixtures, folder)] })
  expect(plan.refused).toEqual([])
  for (const { rows, parts, leftOut } of plan.sources) {
    expect(leftOut).toEqual([])
    expect(parts.reduce((sum, part) => sum + part.customIds.length, 0)).toBe(rows)
  }
  const found = await metas(scene)
  expect(found).toHaveLength(runs)
  expect(plan.sources.map(({ source }) => source.format)).toContain(format)
  for (const meta of found) {
    expect(meta).toMatchObject({ status: 'completed', results: { total: 5, success: 5 } })
    expect(['HuggingFaceTB/SmolLM2-135M-Instruct', 'unknown/gemma-3-270m', 'google/gemma-3-270m']).toContain(
      meta.model.id,
    )
    const rows = await rowsOf(scene, meta.files.results)
    const [first] = rows.map(
      (row) => JSON.parse(row) as { response: { body: { choices: { message: { content: string } }[] } } },
    )
    expect(first?.response.body.choices[0]?.message.content).toBe(content)
  }
})

test('a crash between two renames, or between two runs, is finished by the next call', async () => {
  const scene = await makeImportScene()
  await scene.put('a.jsonl', oldRows(qwen, 3))
  await scene.put('b.jsonl', oldRows('google/gemma-3-270m', 3))
  await scene.import()
  const whole = await metas(scene)
  const [lost] = whole
  // as if the process had died before the meta of one came to its place, with its staging left behind
  await rm(join(scene.ledger.folder, lost?.files.results.replace(/jsonl$/, 'meta.json') ?? ''))
  await scene.ledger.write('results/.importing/half/x.jsonl', 'half a row')
  const { applied } = await scene.import()
  expect(applied?.imported).toEqual([lost?.run_id])
  expect(await metas(scene)).toEqual(whole)
  expect(await readdir(join(scene.ledger.folder, 'results'))).not.toContain('.importing')
})

test('nothing says the model: told, not guessed; --model names it', async () => {
  const scene = await makeImportScene()
  await scene.put('output.jsonl', '{"custom_id":"person-1","output":"a"}\n')
  expect((await scene.import()).plan.refused).toMatchObject([{ reason: expect.stringMatching(/--model/) as unknown }])
  await scene.import({ given: { model: 'tiny' } })
  expect((await metas(scene))[0]).toMatchObject({
    model: { slug: 'tiny' },
    provenance: { known_from: { model: 'given' } },
  })
})

test('datasets the catalog lacks are personal unless told; their ids travel in LFS, and no row text is told', async () => {
  const scene = await makeImportScene()
  const refused = JSON.stringify({
    id: 'x',
    custom_id: 'q-1',
    response: { status_code: 400, body: { message: 'Ada Lovelace' } },
    error: null,
  })
  await scene.put('qwen3-4b_people.jsonl', `${refused}\n{"Ada Lovelace": broken\n`)
  const { plan } = await scene.import({ given: {} })
  const [meta] = await metas(scene)
  expect(meta).toMatchObject({ dataset: { privacy: 'personal' }, status: 'failed' })
  expect(JSON.stringify([meta, plan.runs[0]?.failure, plan.runs[0]?.leftOut])).not.toMatch(/Ada|Lovelace/)
  expect(await readFile(join(scene.ledger.folder, '.gitattributes'), 'utf8')).toContain(
    `registry/datasets/${meta?.dataset.name} filter=lfs`,
  )
})
