import { mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet'
import { UserError } from 'registry'
import { metaPathOf } from 'registry/node'
import { expect, test } from 'vitest'
import { addRun, pathIn } from '../../test/support/add-run.ts'
import { addHostileRun, hostileItems, refusal } from '../../test/support/hostile-run.ts'
import { makeFolder, makeLedger, type TestLedger } from '../../test/support/make-ledger.ts'
import { parseCsv } from '../../test/support/parse-csv.ts'
import { cacheFolder } from '../adapters/cache-folder.ts'
import { loadDuckdb } from '../adapters/duckdb.ts'
import { git } from '../adapters/git.ts'
import type { ExportFormat } from './check-target.ts'
import { exportResults, type ExportInputs, type ExportOutcome } from './export-results.ts'

type Line = Record<string, unknown>

const exportAs = (ledger: TestLedger, format: ExportFormat, out: string, more: Partial<ExportInputs> = {}) =>
  exportResults({ ledger: ledger.folder, selection: { dataset: 'people' }, format, out, ...more })

const hostile = { selection: { dataset: 'hostile' } }

async function readBack({ format, files }: ExportOutcome): Promise<Line[]> {
  const lines: Line[] = []
  for (const { path } of files) {
    if (format === 'parquet') lines.push(...(await parquetReadObjects({ file: await asyncBufferFromFile(path) })))
    else if (format === 'csv') lines.push(...parseCsv(await readFile(path, 'utf8')))
    else
      lines.push(
        ...(await readFile(path, 'utf8'))
          .trimEnd()
          .split('\n')
          .map((line) => JSON.parse(line) as Line),
      )
  }
  return lines
}

test('the three formats say the same of the same runs', async () => {
  const ledger = await makeLedger(5)
  await addRun(ledger, { at: '2026-11-24T08:00:00Z' })
  const { meta } = await addRun(ledger, { salt: 1, at: '2026-11-24T09:00:00Z' })
  const out = join(dirname(ledger.folder), 'out')
  const [csv, json, parquet] = [
    await exportAs(ledger, 'csv', join(out, 'people.csv')),
    await exportAs(ledger, 'json', `${out}/json/`),
    await exportAs(ledger, 'parquet', join(out, 'parquet')),
  ]
  // the newest run of the model
  expect(csv).toMatchObject({ runs: [meta.run_id], rows: 5, missing: 0, warnings: [] })
  expect(json.files[0]?.path).toBe(join(out, 'json/people.jsonl'))
  expect(parquet.files[0]?.path).toBe(join(out, 'parquet/dataset=people/model=tiny/part-0.parquet'))
  for (const outcome of [csv, json, parquet])
    for (const { path, bytes } of outcome.files) expect((await stat(path)).size).toBe(bytes)
  const fromJson = await readBack(json)
  expect(fromJson[1]).toMatchObject({
    dataset: 'people',
    model: 'tiny',
    run_id: meta.run_id,
    custom_id: 'person-2',
    position: 1,
    status: 'ok',
    verdict_recommendation: 'Yes',
    code_recommendation: 3,
    reasoning_recommendation: 'years',
  })
  const asText = (lines: Line[], without: string[]) =>
    lines.map((line) =>
      Object.entries(line)
        .filter(([name, value]) => !without.includes(name) && value !== undefined && value !== null && value !== '')
        .map(([name, value]) => `${name}=${String(value)}`),
    )
  expect(asText(await readBack(csv), [])).toEqual(asText(fromJson, []))
  expect(asText(await readBack(parquet), [])).toEqual(asText(fromJson, ['dataset', 'model']))
})

test('hostile text stays text: no cell of the CSV starts a formula, JSON and Parquet hold every character', async () => {
  const ledger = await makeLedger()
  await addHostileRun(ledger)
  const out = join(dirname(ledger.folder), 'out')
  const csv = await readBack(await exportAs(ledger, 'csv', join(out, 'h.csv'), hostile))
  expect(csv).toHaveLength(hostileItems.length)
  const numbers = new Set(['position', 'code_recommendation', 'prompt_tokens', 'completion_tokens', 'http_status'])
  for (const line of csv)
    for (const [name, cell] of Object.entries(line))
      expect(cell).toMatch(numbers.has(name) ? /^\d*$/ : /^(?![=+\-@\t\r\n])[^\0]*$/)
  expect(csv[0]).toMatchObject({ custom_id: "'=cmd()", facet_team: "'=even", reasoning_recommendation: "'=1+1" })
  expect(csv[3]).toMatchObject({ custom_id: "'-1", title: 'nul ␀ inside' })
  expect(csv[9]).toMatchObject({ status: 'request_error', error: `'${refusal}`, http_status: '400' })
  for (const format of ['json', 'parquet'] as const) {
    const lines = await readBack(await exportAs(ledger, format, join(out, format), hostile))
    expect(lines.map((line) => line['custom_id'])).toEqual(hostileItems.map(({ id }) => id))
    expect(lines.map((line) => line['title'])).toEqual(hostileItems.map(({ title }) => title))
    for (const [index, { answer }] of hostileItems.entries())
      // the file is UTF-8, which has no half pairs
      expect(lines[index]?.['content'] ?? undefined).toBe(format === 'json' ? answer : answer?.toWellFormed())
    expect(lines[7]).toMatchObject({ status: 'repaired', repaired_recommendation: 'Yes' })
    expect(lines[7]?.['verdict_recommendation'] ?? undefined).toBeUndefined()
    expect(lines[8]).toMatchObject({ status: 'no_json' })
  }
})

test('an item without a row is a line too, with status missing', async () => {
  const ledger = await makeLedger(5)
  const { meta } = await addRun(ledger, { inputs: { limit: 3 } })
  const selection = { dataset: 'people', runs: [meta.run_id] }
  const outcome = await exportAs(ledger, 'json', join(dirname(ledger.folder), 'out.jsonl'), { selection })
  expect(outcome).toMatchObject({ rows: 5, missing: 2 })
  expect((await readBack(outcome)).map((line) => line['status'])).toEqual(['ok', 'ok', 'ok', 'missing', 'missing'])
  // without the dataset they can't be named, and that is said
  await writeFile(pathIn(ledger, 'registry/datasets/people.jsonl'), '{}\n')
  const without = await exportAs(ledger, 'json', join(dirname(ledger.folder), 'less.jsonl'), { selection })
  expect(without).toMatchObject({ rows: 3, missing: 0 })
  expect(without.warnings.join('\n')).toMatch(/people\.yaml: sha256 is[\s\S]*2 missing items are not among the lines/)
})

test('a target is never half there: faulty rows, pointers and an interruption leave what was there', async () => {
  const ledger = await makeLedger(5)
  const { meta } = await addRun(ledger)
  const out = join(dirname(ledger.folder), 'out')
  const path = join(out, 'people.csv')
  await exportAs(ledger, 'csv', path)
  const before = await readFile(path, 'utf8')
  await expect(exportAs(ledger, 'csv', path)).rejects.toMatchObject({
    problems: [expect.stringMatching(/people\.csv is there already: .*--force/)],
  })
  const rows = pathIn(ledger, meta.files.results)
  const good = await readFile(rows, 'utf8')
  const [first = '', ...rest] = good.split('\n')
  await writeFile(rows, [first, '{torn', first, ...rest].join('\n'))
  await expect(exportAs(ledger, 'csv', path, { force: true })).rejects.toMatchObject({
    problems: [
      expect.stringMatching(/jsonl:2: /),
      expect.stringMatching(/jsonl:3: the custom_id stands in line 1 too/),
      'batchledger verify tells more',
    ],
  })
  await writeFile(rows, `${rest.filter(Boolean).join('\n')}\n${first}\n`)
  await expect(exportAs(ledger, 'csv', path, { force: true })).rejects.toMatchObject({
    problems: [expect.stringMatching(/jsonl:5: .*out of the dataset’s order; 1 rows/), expect.any(String)],
  })
  await writeFile(rows, 'version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n')
  await expect(exportAs(ledger, 'csv', path, { force: true })).rejects.toMatchObject({
    problems: [expect.stringMatching(/git lfs pull --include "results\/tiny/)],
  })
  await writeFile(rows, good)
  const inputs = {
    ledger: ledger.folder,
    selection: { dataset: 'people' },
    format: 'csv',
    out: path,
    force: true,
  } as const
  await expect(exportResults(inputs, AbortSignal.abort('SIGINT'))).rejects.toBe('SIGINT')
  expect(await readFile(path, 'utf8')).toBe(before)
  expect(await readdir(out)).toEqual(['people.csv'])
  await exportAs(ledger, 'csv', path, { force: true })
})

test('DuckDB reads the partitions as one table, with dataset and model out of the folders’ names', async () => {
  const ledger = await makeLedger(5)
  await addRun(ledger)
  await addHostileRun(ledger)
  const out = join(dirname(ledger.folder), 'out')
  await exportAs(ledger, 'parquet', out)
  await exportAs(ledger, 'parquet', out, hostile)
  const instance = await loadDuckdb(cacheFolder(process.env)).DuckDBInstance.create(':memory:', {})
  const connection = await instance.connect()
  const result = await connection.run(
    `SELECT dataset, model, count(*)::INT, count(verdict_recommendation)::INT, count(repaired_recommendation)::INT,
       sum(code_recommendation)::INT, max(length(content))::INT, max(error), any_value(custom_id ORDER BY position)
     FROM read_parquet('${out}/**/*.parquet', hive_partitioning = true, union_by_name = true) GROUP BY ALL ORDER BY 1`,
  )
  const longest = JSON.stringify({ recommendation: { value: 'Maybe', reasoning: 'years' } })
  expect((await result.fetchChunk())?.getRows()).toEqual([
    ['hostile', 'tiny', 10, 7, 1, 3 + 1 + 2 + 3 + 4 + 0 + 3, hostileItems[6].answer.length, refusal, '=cmd()'],
    ['people', 'tiny', 5, 5, 0, 1 + 2 + 3 + 1 + 2, longest.length, null, 'person-1'],
  ])
  connection.closeSync()
  instance.closeSync()
})

test('a partition is replaced whole, and other datasets beside it stay', async () => {
  const ledger = await makeLedger(5)
  await addRun(ledger)
  await addHostileRun(ledger)
  const out = join(dirname(ledger.folder), 'out')
  await exportAs(ledger, 'parquet', out)
  await exportAs(ledger, 'parquet', out, hostile)
  await writeFile(join(out, 'dataset=people/old.parquet'), '')
  await exportAs(ledger, 'parquet', out, { force: true })
  expect((await readdir(out, { recursive: true })).filter((name) => name.endsWith('.parquet')).sort()).toEqual([
    'dataset=hostile/model=tiny/part-0.parquet',
    'dataset=people/model=tiny/part-0.parquet',
  ])
  expect(await readdir(out)).toHaveLength(2)
})

test('names that the ledger does not know are told at once', async () => {
  const ledger = await makeLedger(2)
  await addRun(ledger)
  const selection = { dataset: 'people', runs: ['nobody'], models: ['huge'] }
  await expect(exportAs(ledger, 'csv', '/tmp/x', { selection })).rejects.toMatchObject({
    problems: [expect.stringMatching(/"nobody" is not in/), expect.stringMatching(/"huge" has no runs of people/)],
  })
  await expect(exportAs(ledger, 'csv', '/tmp/x', { selection: { dataset: 'cats' } })).rejects.toMatchObject({
    problems: [expect.stringMatching(/"cats" has no runs .*there are runs of people/)],
  })
})

async function makePersonal(): Promise<TestLedger> {
  const ledger = await makeLedger(3)
  const { meta } = await addRun(ledger)
  const path = pathIn(ledger, metaPathOf(meta))
  await writeFile(path, (await readFile(path, 'utf8')).replace('"privacy": "synthetic"', '"privacy": "personal"'))
  return ledger
}

test('personal rows go into files for their owner alone, and into no work tree that would take them along', async () => {
  const ledger = await makePersonal()
  const root = dirname(ledger.folder)
  const { files } = await exportAs(ledger, 'parquet', join(root, 'out'))
  for (const { path } of files) {
    expect((await stat(path)).mode & 0o777).toBe(0o600)
    expect((await stat(dirname(path))).mode & 0o777).toBe(0o700)
  }
  const tree = join(root, 'tree')
  await mkdir(tree)
  await git(tree, ['init', '--quiet'])
  await writeFile(join(tree, '.gitignore'), '/kept/\n*.secret\n')
  await symlink(tree, join(root, 'link'))
  const refused = { problems: [expect.stringMatching(/in the Git work tree .*tree and not ignored, .*\.gitignore/)] }
  await expect(exportAs(ledger, 'csv', join(tree, 'deep/people.csv'))).rejects.toMatchObject(refused)
  await expect(exportAs(ledger, 'parquet', tree)).rejects.toMatchObject(refused)
  await expect(exportAs(ledger, 'csv', join(root, 'link/people.csv'))).rejects.toMatchObject(refused)
  expect(await readdir(tree)).toEqual(['.git', '.gitignore'])
  await exportAs(ledger, 'csv', join(tree, 'people.secret'))
  await exportAs(ledger, 'parquet', join(tree, 'kept'))
  // rows of other datasets may lie there
  const open = await makeLedger(2)
  await addRun(open)
  await exportAs(open, 'csv', join(tree, 'open.csv'))
})

test('an address, a link or another kind of thing is no target', async () => {
  const ledger = await makeLedger(2)
  await addRun(ledger)
  const folder = await makeFolder()
  await symlink('/tmp/nowhere', join(folder, 'link.csv'))
  await writeFile(join(folder, 'dataset=people'), '')
  await expect(exportAs(ledger, 'csv', 'https://host/rows.csv')).rejects.toThrow(UserError)
  await expect(exportAs(ledger, 'csv', join(folder, 'link.csv'), { force: true })).rejects.toMatchObject({
    problems: [expect.stringMatching(/is a link: name another place/)],
  })
  await expect(exportAs(ledger, 'parquet', folder, { force: true })).rejects.toMatchObject({
    problems: [expect.stringMatching(/is no folder/)],
  })
})
