import { cp, mkdir, readFile, readdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { expectGolden } from '../../test/support/expect-golden.ts'
import { addHostileRun, hostileItems } from '../../test/support/hostile-run.ts'
import { makeFolder, makeLedger } from '../../test/support/make-ledger.ts'
import { parseCsv } from '../../test/support/parse-csv.ts'
import { runCli } from '../../test/support/run-cli.ts'
import { cacheFolder } from '../adapters/cache-folder.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** The example ledger in a folder of its own. */
async function copyExamples(): Promise<string> {
  const folder = join(await makeFolder(), 'ledger')
  await cp(join(root, 'examples/ledger'), folder, { recursive: true })
  return folder
}

test('query answers as a table, as CSV and as one JSON object of the golden’s shape, and leaves nothing behind', async () => {
  const ledger = await copyExamples()
  const temporary = join(dirname(ledger), 'tmp')
  // what a killed query left
  await mkdir(join(temporary, 'batchledger-query-999999999-abc'), { recursive: true })
  const cwd = dirname(ledger)
  const query = (...args: string[]) =>
    runCli(['query', '--ledger', ledger, ...args], { cwd, env: { TMPDIR: temporary } })
  const sql =
    'SELECT model, v.value, count(*) n, avg(position) middle FROM verdicts v WHERE field = $$category$$ GROUP BY ALL ORDER BY ALL LIMIT 3'
  const json = await query(sql, '--json', '--limit', '2')
  expect(json).toMatchObject({ code: 0 })
  expect(json.stderr).toBe('warning: the answer has more than 2 rows: --limit 0 gives all\n')
  await expectGolden('query', json.stdout, cwd)
  const table = await query('SELECT model, status, count(*) n FROM rows GROUP BY ALL ORDER BY ALL')
  expect(table).toEqual({
    code: 0,
    stderr: '',
    stdout:
      'model         status       n\ngemma-3-270m  ok          80\nsmollm2-135m  ok         117\nsmollm2-135m  truncated   13\n',
  })
  const csv = await query('--csv', 'SELECT \'=1+1\' AS "=cmd()", -1 AS n, NULL AS nothing, [1, 2] AS list')
  expect(csv).toEqual({ code: 0, stderr: '', stdout: '\'=cmd(),n,nothing,list\r\n\'=1+1,-1,,"[1,2]"\r\n' })
  expect(await readdir(temporary)).toEqual([])
})

test('what a query shows in a terminal can’t steer it, and long text is cut', async () => {
  const ledger = await makeLedger()
  await addHostileRun(ledger)
  const args = ['query', '--ledger', ledger.folder, 'SELECT custom_id, content FROM rows ORDER BY position']
  const { stdout } = await runCli(args, { cwd: ledger.folder })
  const lines = stdout.trimEnd().split('\n')
  expect(lines).toHaveLength(1 + hostileItems.length)
  for (const line of lines) {
    expect(line.length).toBeLessThan(140)
    expect(line).not.toMatch(/[\0-\u001F]|::/)
  }
})

test('mistakes are exit code 2 with their mend, as one JSON object too', async () => {
  const ledger = await copyExamples()
  const refused = await runCli(['query', '--ledger', ledger, '--json', "COPY runs TO '/tmp/x'"], { cwd: ledger })
  expect(refused).toMatchObject({ code: 2, stderr: expect.stringMatching(/is not a SELECT/) })
  expect(JSON.parse(refused.stdout)).toHaveProperty('error.problems')
  const env = { BATCHLEDGER_CACHE: join(ledger, 'empty') }
  const missing = await runCli(['query', '--ledger', ledger, 'SELECT 1'], { cwd: ledger, env })
  expect(missing).toMatchObject({ code: 2, stderr: expect.stringMatching(/with: batchledger fetch --duckdb$/m) })
  const args = ['export', '--ledger', ledger, '--dataset', 'nothing', '--runs', 'a,b', '--out', 'x.csv']
  const unknown = await runCli(args, { cwd: ledger })
  expect(unknown.code).toBe(2)
  expect(unknown.stderr.split('\n').filter(Boolean)).toHaveLength(4)
  expect((await runCli([...args, '--format', 'xlsx'], { cwd: ledger })).code).toBe(2)
})

test('export tells what it wrote, in the golden’s shape', async () => {
  const ledger = await copyExamples()
  const cwd = dirname(ledger)
  const args = ['export', '--ledger', ledger, '--dataset', 'synthetic_tickets_30', '--json']
  const csv = await runCli([...args, '--out', 'tickets.csv'], { cwd })
  expect(csv).toMatchObject({ code: 0, stderr: '' })
  await expectGolden('export', csv.stdout, cwd)
  const lines = parseCsv(await readFile(join(cwd, 'tickets.csv'), 'utf8'))
  expect(lines).toHaveLength(60)
  expect(lines[0]).toMatchObject({ model: 'gemma-3-270m', position: '0', status: 'ok', verdict_category: 'other' })
  const parquet = await runCli([...args, '--format', 'parquet', '--out', 'tables', '--models', 'smollm2-135m'], { cwd })
  expect(parquet).toMatchObject({ code: 0, stderr: '' })
  await expectGolden('export-parquet', parquet.stdout, cwd)
})

test('fetch --duckdb asks for no ledger, and says what is there', async () => {
  const result = await runCli(['fetch', '--duckdb', '--json'], { cwd: await makeFolder() })
  expect(result).toMatchObject({ code: 0, stderr: '' })
  await expectGolden('fetch-duckdb', result.stdout, cacheFolder(process.env))
})

test('the hostile ledger can be asked and exported, and what it lacks is told', async () => {
  const folder = await makeFolder()
  const ledger = join(root, 'test/ledgers/hostile-output')
  const args = ['export', '--ledger', ledger, '--dataset', 'odd_notes_12', '--out', 'odd.csv']
  const exported = await runCli(args, { cwd: folder })
  expect(exported.code).toBe(0)
  expect(exported.stderr).toMatch(/^warning: registry\/rubrics\/retired_v0\.yaml: no such rubric/)
  const lines = parseCsv(await readFile(join(folder, 'odd.csv'), 'utf8'))
  expect(new Set(lines.map((line) => line['custom_id']))).toContain('__proto__')
  for (const cell of lines.flatMap((line) => Object.values(line))) expect(cell).not.toMatch(/^[=+\-@\t\r\n]|\0/)
  const sql = 'SELECT count(*) n, count(DISTINCT run_id) runs, bool_or(status = $$missing$$) missing FROM rows'
  const asked = await runCli(['query', '--ledger', ledger, '--dataset', 'odd_notes_12', sql], { cwd: folder })
  expect(asked.stdout).toBe(' n  runs  missing\n68     6  false\n')
})
