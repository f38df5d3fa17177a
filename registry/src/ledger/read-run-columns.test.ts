import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { ColumnsBuilder } from '../columns/run-columns.ts'
import { rubricSchema } from '../formats/rubric.ts'
import { RowCounter } from '../rows/count-rows.ts'
import { parseRow } from '../rows/parse-row.ts'
import { UserError } from '../user-error.ts'
import { readLines } from './read-lines.ts'
import { readRunColumns, type ReadRun } from './read-run-columns.ts'

const folder = await mkdtemp(join(tmpdir(), 'read-run-columns-'))
afterAll(() => rm(folder, { recursive: true }))

const rubric = rubricSchema.parse({
  title: 'T',
  prompt: { user: '{{record}}' },
  criteria: {},
  fields: {
    verdict: { type: 'ordinal', path: '/verdict', scale: ['No', 'Maybe', 'Yes'], primary: true },
    sure: { type: 'boolean', path: '/sure', required: false },
    score: { type: 'number', path: '/score', required: false },
  },
})
const path = 'rows.jsonl'
const meta = {
  files: { results: path, log: 'l', input: 'i', sha256: { results: '', log: '' }, bytes: { results: 0, log: 0 } },
  dataset: { name: 'd.jsonl', count: 5, sha256: '', privacy: 'synthetic' as const },
}

/** The definition: line by line, one parse each. */
async function readPlainly(): Promise<ReadRun> {
  const builder = new ColumnsBuilder(rubric)
  const counter = new RowCounter('synthetic')
  const problems: string[] = []
  const seen = new Map<string, number>()
  for await (const { text, offset, length, number } of readLines(join(folder, path))) {
    const { row, problem } = parseRow(text)
    if (row === undefined) {
      problems.push(`${path}:${number}: ${problem}`)
      continue
    }
    const earlier = seen.get(row.customId)
    if (earlier === undefined) seen.set(row.customId, number)
    else problems.push(`${path}:${number}: the custom_id stands in line ${earlier} too`)
    builder.addRow(row, offset, length)
    counter.add(row)
  }
  const bytes = await readFile(join(folder, path))
  const digest = { sha256: createHash('sha256').update(bytes).digest('hex'), bytes: bytes.length }
  return { columns: builder.finish(), results: counter.results(5), problems, digest }
}

function rowOf(customId: string, content: unknown, more: object = {}): string {
  const choices = [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }]
  const body = { model: 'm', choices, usage: { prompt_tokens: 7, completion_tokens: 3 }, ...more }
  return JSON.stringify({ id: 'x', custom_id: customId, response: { status_code: 200, body }, error: null })
}

const errorRow = (customId: string, message: string) =>
  JSON.stringify({ id: 'x', custom_id: customId, response: null, error: message })

const line = fc
  .oneof(
    { weight: 4, arbitrary: fc.tuple(fc.string({ maxLength: 2 }), fc.constantFrom('Yes', 'no', 'Never', 3)) },
    { weight: 1, arbitrary: fc.tuple(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' })) },
  )
  .chain(([id, verdict]) => {
    const content = JSON.stringify({ verdict, sure: true, score: 2.5 })
    return fc.constantFrom(
      rowOf(id, content),
      rowOf(id, `So: ${content}`),
      rowOf(id, content).replace('"custom_id"', '"custom_id":"other","custom_id"'),
      rowOf(id, `${content} \ud800 é 日 😀`),
      rowOf(id, null),
      rowOf(id, content, { usage: { prompt_tokens: -1, completion_tokens: 2 ** 40 } }),
      rowOf(id, content).slice(0, 60),
      `${rowOf(id, content)}\r`,
      rowOf(id, content).replace('{"id"', '{ "id"'),
      errorRow(id, `refused ${verdict}`),
      '',
      ' ',
      'null',
      '\u0000',
    )
  })

const file = fc
  .tuple(
    fc.array(line, { maxLength: 30 }),
    fc.boolean(),
    fc.option(fc.uint8Array({ maxLength: 9 }), { nil: undefined }),
  )
  .map(([lines, ended, noise]) => {
    const text = Buffer.from(lines.join('\n') + (ended ? '\n' : ''))
    return noise === undefined ? text : Buffer.concat([text, noise])
  })

test('the same as line by line, for any bytes and wherever chunks end', async () => {
  await fc.assert(
    fc.asyncProperty(file, fc.integer({ min: 1, max: 3000 }), async (bytes, chunkBytes) => {
      await writeFile(join(folder, path), bytes)
      const plain = await readPlainly()
      expect(await readRunColumns(folder, meta, rubric, { threads: 0, chunkBytes })).toEqual(plain)
    }),
    { numRuns: 300 },
  )
})

test('the same in threads', async () => {
  await fc.assert(
    fc.asyncProperty(file, fc.integer({ min: 100, max: 1000 }), async (bytes, chunkBytes) => {
      await writeFile(join(folder, path), bytes)
      const plain = await readPlainly()
      expect(await readRunColumns(folder, meta, rubric, { threads: 2, chunkBytes })).toEqual(plain)
    }),
    { numRuns: 10 },
  )
})

test('with more causes of errors than are listed, the same ones are', async () => {
  const letters = 'a b c d e f g h i j'.split(' ')
  const causes = letters.flatMap((a) => letters.map((b) => `cause ${a}${b}`))
  const lines = [...causes, ...causes.toReversed()].map((cause, index) => errorRow(`c-${index}`, cause))
  await writeFile(join(folder, path), lines.join('\n'))
  const plain = await readPlainly()
  expect(plain.results.error_causes).toHaveLength(51)
  expect(await readRunColumns(folder, meta, rubric, { threads: 0, chunkBytes: 1000 })).toEqual(plain)
})

test('a pointer and a file that isn’t there name their mends', async () => {
  await writeFile(join(folder, path), 'version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n')
  await expect(readRunColumns(folder, meta, rubric)).rejects.toThrow(UserError)
  await rm(join(folder, path))
  await expect(readRunColumns(folder, meta, rubric)).rejects.toThrow(UserError)
})
