import { appendFile, cp, mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, expect, test, vi } from 'vitest'
import { rubricSchema, type Rubric } from '../formats/rubric.ts'
import { sha256 } from './digest.ts'
import { readRunColumns } from './read-run-columns.ts'
import { readRunColumnsCached } from './read-run-columns-cached.ts'

const folder = await mkdtemp(join(tmpdir(), 'columns-cache-'))
afterAll(() => rm(folder, { recursive: true }))

const ledger = join(folder, 'ledger')
const cache = join(folder, 'cache')
const path = 'rows.jsonl'
const rubric = rubricSchema.parse({
  title: 'T',
  prompt: { user: '{{record}}' },
  criteria: {},
  fields: {
    verdict: { type: 'nominal', path: '/verdict', scale: ['No', 'Yes'], primary: true },
    score: { type: 'number', path: '/score', required: false },
    sure: { type: 'boolean', path: '/sure', required: false },
  },
})

const rowOf = (customId: string, verdict: string) => {
  const content = JSON.stringify({ verdict, score: 0.5, sure: true })
  const body = { choices: [{ message: { content }, finish_reason: 'stop' }], usage: { prompt_tokens: 5 } }
  return `${JSON.stringify({ id: 'x', custom_id: customId, response: { status_code: 200, body }, error: null })}\n`
}
const rows = rowOf('a', 'Yes') + rowOf('\ud800', 'no') + 'no row\n' + rowOf('日', 'Never') + rowOf('a', 'No')

function metaOf(text: string, count = 4) {
  return {
    files: {
      results: path,
      log: 'l',
      input: 'i',
      sha256: { results: sha256(text), log: '' },
      bytes: { results: 0, log: 0 },
    },
    dataset: { name: 'd.jsonl', count, sha256: '', privacy: 'synthetic' as const },
  }
}

/** How many bytes of rows this process read while it worked. */
async function bytesRead(work: () => Promise<unknown>): Promise<number> {
  const read = async () => Number(/^rchar: (\d+)$/m.exec(await readFile('/proc/self/io', 'utf8'))?.[1])
  const before = await read()
  await work()
  return (await read()) - before
}

const read = (text = rows, of: Pick<Rubric, 'fields' | 'accept'> = rubric) =>
  readRunColumnsCached(ledger, metaOf(text), of, { cache })
const plainly = (text = rows, of: Pick<Rubric, 'fields' | 'accept'> = rubric) =>
  readRunColumns(ledger, metaOf(text), of)

async function entries(): Promise<string[]> {
  const found = await readdir(join(cache, 'columns'), { recursive: true })
  return found.filter((name) => name.endsWith('.columns')).map((name) => join(cache, 'columns', name))
}

/** The clock goes on, so that files are no longer young. */
function later(): void {
  vi.spyOn(Date, 'now').mockReturnValue(performance.timeOrigin + performance.now() + 10_000)
}

beforeEach(async () => {
  vi.restoreAllMocks()
  await rm(cache, { recursive: true, force: true })
  await mkdir(ledger, { recursive: true })
  await writeFile(join(ledger, path), rows)
})

test('a hit is the same as a reading of the rows', async () => {
  const plain = await plainly()
  expect(plain.problems).toHaveLength(2)
  for (let time = 0; time < 3; time++) expect(await read()).toEqual(plain)
  expect(await entries()).toHaveLength(1)
})

test('the second time the rows are not read, and once they are touched they are digested anew', async () => {
  later()
  const large = Array.from({ length: 20_000 }, (_, index) => rowOf(`id-${index}`, 'Yes')).join('')
  await writeFile(join(ledger, path), large)
  const first = await bytesRead(() => read(large))
  expect(first).toBeGreaterThan(large.length)
  expect(await bytesRead(() => read(large))).toBeLessThan(large.length / 3)
  await utimes(join(ledger, path), 1, 1)
  expect(await bytesRead(() => read(large))).toBeGreaterThan(large.length)
  expect(await bytesRead(() => read(large))).toBeLessThan(large.length / 3)
})

test('changed rows are never answered with the old columns, whatever the meta and the times say', async () => {
  later()
  await read()
  const { atime, mtime } = await stat(join(ledger, path))
  const changed = rows.replace('Yes', 'Not')
  await writeFile(join(ledger, path), changed)
  await utimes(join(ledger, path), atime, mtime)
  const found = await read()
  expect(found.digest.sha256).toBe(sha256(changed))
  expect(found).toEqual(await plainly())
  await appendFile(join(ledger, path), rowOf('b', 'Yes'))
  expect((await read()).columns.customIds).toHaveLength(5)
})

test('a file so young that it may change unseen is digested each time', async () => {
  await read()
  expect(await readdir(join(cache, 'columns'))).not.toContain('stamps')
  await writeFile(join(ledger, path), rows.replace('Yes', 'Not'))
  expect((await read()).columns.statuses).toEqual((await plainly()).columns.statuses)
})

test('another scale, another count and another order of fields each get their own answer', async () => {
  await read()
  const scale = { ...rubric.fields['verdict'], scale: ['Yes', 'No'] } as Rubric['fields'][string]
  const turned = { ...rubric, fields: { ...rubric.fields, verdict: scale } }
  expect(await read(rows, turned)).toEqual(await plainly(rows, turned))
  expect(await entries()).toHaveLength(2)
  const reversed = { ...rubric, fields: Object.fromEntries(Object.entries(rubric.fields).toReversed()) }
  expect(Object.keys((await read(rows, reversed)).columns.fields)).toEqual(['sure', 'score', 'verdict'])
  const counted = await readRunColumnsCached(ledger, metaOf(rows, 9), rubric, { cache })
  expect(counted.results.missing).toBe(5)
  expect((await read()).results.missing).toBe(0)
})

test.each<[string, (bytes: Buffer) => Buffer]>([
  ['cut', (bytes) => bytes.subarray(0, bytes.length - 9)],
  ['empty', () => Buffer.alloc(0)],
  ['foreign', () => Buffer.from('not ours')],
  ['of another format', (bytes) => Buffer.concat([Buffer.from('batchledger columns 0'), bytes.subarray(21)])],
  ['changed in one bit', (bytes) => Buffer.from(bytes.with(bytes.length - 20, (bytes.at(-20) ?? 0) ^ 1))],
])('an entry that is %s is read past and written anew', async (_name, damage) => {
  await read()
  const [entry = ''] = await entries()
  const whole = await readFile(entry)
  await writeFile(entry, damage(whole))
  expect(await read()).toEqual(await plainly())
  expect(await readFile(entry)).toEqual(whole)
})

test('two readers at once leave one whole entry and no drafts; only the owner can read it', async () => {
  const all = await Promise.all(Array.from({ length: 8 }, () => read()))
  const plain = await plainly()
  for (const found of all) expect(found).toEqual(plain)
  const [entry = ''] = await entries()
  expect((await stat(entry)).mode & 0o077).toBe(0)
  const names = await readdir(join(cache, 'columns'), { recursive: true })
  expect(names.filter((name) => name.endsWith('.draft'))).toEqual([])
})

test('where the cache can’t be written, rows are read all the same', async () => {
  await writeFile(cache, 'a file in the way')
  expect(await read()).toEqual(await plainly())
  await rm(cache)
})

test('a copy of the ledger finds the same entry', async () => {
  await read()
  await cp(ledger, join(folder, 'copy'), { recursive: true })
  const found = await readRunColumnsCached(join(folder, 'copy'), metaOf(rows), rubric, { cache })
  expect(found).toEqual(await plainly())
  expect(await entries()).toHaveLength(1)
})
