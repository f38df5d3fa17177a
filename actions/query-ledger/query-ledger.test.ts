import { appendFile, readFile, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { UserError } from 'registry'
import { metaPathOf } from 'registry/node'
import { expect, test } from 'vitest'
import { addRun, pathIn } from '../../test/support/add-run.ts'
import { addHostileRun, hostileItems, refusal } from '../../test/support/hostile-run.ts'
import { makeFolder, makeLedger } from '../../test/support/make-ledger.ts'
import { cacheFolder } from '../adapters/cache-folder.ts'
import { loadDuckdb, withDuckdb } from '../adapters/duckdb.ts'
import type { Plain } from './plain-value.ts'
import { queryLedger, type QueryInputs } from './query-ledger.ts'

const cache = cacheFolder(process.env)
const examples = fileURLToPath(new URL('../../examples/ledger', import.meta.url))

async function ask(ledger: string, sql: string, more: Partial<QueryInputs> = {}, signal?: AbortSignal) {
  const rows: Plain[][] = []
  let columns: string[] = []
  const outcome = await queryLedger(
    { ledger, sql, ...more },
    {
      cache,
      onColumns: (found) => (columns = found.map(({ name, type }) => `${name} ${type}`)),
      onRows: (found) => void rows.push(...found),
      ...(signal ? { signal } : {}),
    },
  )
  return { ...outcome, columns, answer: rows }
}

test('the example ledger answers: runs, rows, verdicts, items and labels', async () => {
  const counted = await ask(
    examples,
    "SELECT model, count(*) n, sum(total) total FROM runs WHERE dataset = 'synthetic_tickets_30' GROUP BY ALL ORDER BY 1",
  )
  expect(counted).toMatchObject({ columns: ['model VARCHAR', 'n BIGINT', 'total HUGEINT'], warnings: [] })
  expect(counted.answer).toEqual([
    ['gemma-3-270m', 1, 30],
    ['smollm2-135m', 1, 30],
  ])
  const joined = await ask(
    examples,
    `SELECT count(*), count(v.value), count(l.value), min(i.position), max(r.position), bool_and(i.title IS NOT NULL),
       count(DISTINCT i.facets->>'plan') > 1
     FROM items i JOIN rows r USING (dataset, custom_id) JOIN verdicts v USING (run_id, custom_id)
       JOIN labels l ON (l.dataset, l.custom_id, l.field) = (i.dataset, i.custom_id, v.field)`,
    { selection: { dataset: 'synthetic_tickets_30' } },
  )
  expect(joined.answer).toEqual([[60, 60, 60, 0, 29, true, true]])
})

test('hostile text comes through as it is, and statuses as the rubric reads them', async () => {
  const ledger = await makeLedger()
  await addHostileRun(ledger)
  const { answer } = await ask(ledger.folder, 'SELECT custom_id, content, error, status FROM rows ORDER BY position')
  for (const [index, { id, answer: content }] of hostileItems.entries())
    expect(answer[index]?.slice(0, 2)).toEqual([id, content?.toWellFormed() ?? null])
  expect(answer[9]?.slice(2)).toEqual([refusal, 'request_error'])
  const verdicts = await ask(
    ledger.folder,
    'SELECT custom_id, status, value, code, repaired_value FROM verdicts WHERE position >= 6 ORDER BY position',
  )
  expect(verdicts.answer).toEqual([
    ['long', 'ok', 'Yes', 3, null],
    ['case', 'repaired', null, null, 'Yes'],
    ['prose', 'no_json', null, null, null],
    ['refused', 'request_error', null, null, null],
  ])
  const items = await ask(ledger.folder, "SELECT title, facets->>'team' FROM items WHERE custom_id = '=cmd()'")
  expect(items.answer).toEqual([['=HYPERLINK("http://x","y")', '=even']])
})

test.each([
  ["COPY rows TO '/tmp/stolen.csv'", /is not a SELECT/],
  ["COPY (SELECT 1) TO '/tmp/stolen.csv'", /is not a SELECT/],
  ["EXPORT DATABASE '/tmp/stolen'", /is not a SELECT/],
  ['INSTALL httpfs', /is not a SELECT/],
  ['LOAD httpfs', /is not a SELECT/],
  ["ATTACH '/tmp/other.duckdb'", /is not a SELECT/],
  ['SET enable_external_access = true', /is not a SELECT/],
  ['PRAGMA enable_profiling', /is not a SELECT/],
  ['CREATE TEMP TABLE x (a INT)', /is not a SELECT/],
  ['DROP TABLE rows', /is not a SELECT/],
  ['DELETE FROM rows', /is not a SELECT/],
  ["CALL enable_logging(storage = 'stdout')", /is not a SELECT/],
  ["EXPLAIN ANALYZE COPY rows TO '/tmp/stolen.csv'", /is not a SELECT/],
  ["SELECT * FROM read_csv('/etc/passwd')", /calls read_csv/],
  ["SELECT * FROM read_text('/etc/passwd')", /calls read_text/],
  ["SELECT (SELECT content FROM read_blob('/etc/passwd'))", /calls read_blob/],
  ["WITH x AS (FROM glob('/etc/*')) SELECT * FROM x", /calls glob/],
  ["SELECT * FROM read_json('http://127.0.0.1:9/x')", /calls read_json/],
  ["SELECT * FROM enable_logging('QueryLog', storage = 'file')", /calls enable_logging/],
  ["SELECT * FROM query('COPY rows TO ''/tmp/x''')", /calls query/],
  ["FROM query_table('rows')", /calls query_table/],
  ['SELECT * FROM checkpoint()', /calls checkpoint/],
  ["SELECT * FROM '/etc/passwd'", /\/etc\/passwd does not exist/],
  ["SELECT * FROM 'https://127.0.0.1:9/x.parquet'", /Cannot access file/],
  ['SELECT 1; DROP TABLE rows', /is not a SELECT/],
  ['SELECT 1; SELECT 2', /holds 2 statements/],
  ['', /holds 0 statements/],
  ['SELEC 1', /syntax error/],
  ['SELECT nothing FROM runs', /"nothing" not found/],
  ['SELECT CAST(model AS INT) FROM runs', /Could not convert/],
  ["SELECT getenv('HOME')", /getenv does not exist/],
])('%s is refused', async (sql, finding) => {
  const asked = ask(examples, sql)
  await expect(asked).rejects.toBeInstanceOf(UserError)
  await expect(asked).rejects.toMatchObject({ problems: expect.arrayContaining([expect.stringMatching(finding)]) })
})

test('SQL with a NUL is refused', async () => {
  await expect(ask(examples, "SELECT '\0'")).rejects.toMatchObject({ problems: [expect.stringMatching(/NUL/)] })
})

test('were such SQL to get through, the database itself refuses it', async () => {
  const folder = await makeFolder()
  const duckdb = loadDuckdb(cache)
  const [path, spill] = [join(folder, 'x.duckdb'), join(folder, 'spill')]
  for (const to of ['fill', 'read'] as const)
    await withDuckdb(duckdb, { memory: '256MB', spill, file: { path, to } }, async (connection) => {
      if (to === 'fill') await connection.run('CREATE TABLE rows (a INT)')
      for (const sql of [
        `COPY rows TO '${folder}/stolen.csv'`,
        "SELECT * FROM read_text('/etc/passwd')",
        "SELECT * FROM '/etc/passwd.csv'",
        `ATTACH '${folder}/other.duckdb'`,
        'INSTALL httpfs',
        'LOAD httpfs',
        'SET enable_external_access = true',
        "SET temp_directory = '/tmp'",
        ...(to === 'read' ? ['DROP TABLE rows', 'INSERT INTO rows VALUES (1)'] : []),
      ])
        await expect(connection.run(sql)).rejects.toThrow(/disabled|locked|read-only|does not exist|Permission Error/)
    })
  expect(await readdir(folder)).toEqual(['x.duckdb'])
})

test('only what a query names is read: pointers stop no question about runs, and else the mend is told', async () => {
  const ledger = await makeLedger(3)
  const { meta } = await addRun(ledger)
  await writeFile(
    pathIn(ledger, meta.files.results),
    'version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n',
  )
  expect((await ask(ledger.folder, 'SELECT run_id FROM runs')).answer).toEqual([[meta.run_id]])
  for (const table of ['rows', 'VERDICTS', '(SELECT 1) x, main.rows'])
    await expect(ask(ledger.folder, `SELECT count(*) FROM ${table}`)).rejects.toMatchObject({
      problems: [expect.stringMatching(/git lfs pull --include "results\/tiny/), expect.stringMatching(/--runs/)],
    })
})

test('faulty lines and a dataset that is not here are told, and the rest is answered', async () => {
  const ledger = await makeLedger(3)
  const { meta } = await addRun(ledger)
  await appendFile(pathIn(ledger, meta.files.results), '{torn\n')
  const torn = await ask(ledger.folder, 'SELECT count(*), count(position) FROM rows')
  expect(torn.answer).toEqual([[3, 3]])
  expect(torn.warnings.join('\n')).toMatch(/jsonl:4: [\s\S]*1 lines are faulty: batchledger verify/)
  await writeFile(pathIn(ledger, 'registry/datasets/people.jsonl'), '')
  const without = await ask(ledger.folder, 'SELECT count(*), count(position) FROM rows')
  expect(without.answer).toEqual([[3, 0]])
  expect(without.warnings.join('\n')).toMatch(/people\.yaml: sha256 is[\s\S]*no item has a position/)
})

test('a limit cuts the answer and says so', async () => {
  expect(await ask(examples, 'SELECT * FROM range(5000)', { limit: 3 })).toMatchObject({
    answer: [[0], [1], [2]],
    rows: 3,
    truncated: true,
  })
  expect(await ask(examples, 'SELECT * FROM range(5000)', { limit: 5000 })).toMatchObject({ truncated: false })
})

test('values come as JSON has them', async () => {
  const { answer } = await ask(
    examples,
    `SELECT 9007199254740993, 1::HUGEINT, 1.25, 'nan'::DOUBLE, NULL, DATE '2026-11-24', TIMESTAMP '2026-11-24 08:00:00',
       {'a': [1, NULL]}, MAP {'k': 2}, '{"j": 1}'::JSON, true`,
  )
  expect(answer).toEqual([
    [
      '9007199254740993',
      1,
      1.25,
      'NaN',
      null,
      '2026-11-24',
      '2026-11-24 08:00:00',
      { a: [1, null] },
      { k: 2 },
      '{"j": 1}',
      true,
    ],
  ])
})

test('in a job, whose log others read, personal rows are refused; figures of runs are not', async () => {
  const ledger = await makeLedger(3)
  const { meta } = await addRun(ledger)
  const path = pathIn(ledger, metaPathOf(meta))
  await writeFile(path, (await readFile(path, 'utf8')).replace('"privacy": "synthetic"', '"privacy": "personal"'))
  const job = { toJobLog: true }
  await expect(ask(ledger.folder, 'SELECT custom_id FROM rows', job)).rejects.toMatchObject({
    problems: [expect.stringMatching(/people\.jsonl: is personal, and this is a job/)],
  })
  expect((await ask(ledger.folder, 'SELECT total FROM runs', job)).answer).toEqual([[3]])
  expect((await ask(ledger.folder, 'SELECT count(*) FROM rows')).answer).toEqual([[3]])
})

test('an interrupted query stops', async () => {
  await expect(ask(examples, 'SELECT count(*) FROM rows', {}, AbortSignal.abort('SIGINT'))).rejects.toBe('SIGINT')
})

test('where DuckDB is not installed, the command that installs it is named', async () => {
  const empty = await makeFolder()
  const deps = { cache: empty, onColumns: () => undefined, onRows: () => undefined }
  await expect(queryLedger({ ledger: examples, sql: 'SELECT 1' }, deps)).rejects.toMatchObject({
    problems: [expect.stringMatching(/duckdb-1\.5\.6-r\.1: no @duckdb\/node-api there, .*batchledger fetch --duckdb$/)],
  })
})
