import fc from 'fast-check'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { readPlaces } from './read-places.ts'

const folder = await mkdtemp(join(tmpdir(), 'read-places-'))
afterAll(() => rm(folder, { recursive: true }))

async function read(texts: readonly string[], lines: readonly number[]): Promise<(string | undefined)[]> {
  const path = join(folder, 'lines')
  const bytes = texts.map((text) => Buffer.from(`${text}\n`))
  await writeFile(path, Buffer.concat(bytes))
  let offset = 0
  const offsets = bytes.map((line) => (offset += line.length) - line.length)
  const lengths = bytes.map((line) => line.length - 1)
  const found: (string | undefined)[] = []
  for await (const line of readPlaces(path, { offsets, lengths }, Int32Array.from(lines))) found.push(line)
  return found
}

test('any order, any of them left out', async () => {
  const line = fc.string({ unit: 'grapheme', maxLength: 40 }).map((text) => text.replaceAll(/[\n\uD800-\uDFFF]/g, ''))
  await fc.assert(
    fc.asyncProperty(
      fc
        .array(line, { minLength: 1, maxLength: 30 })
        .chain((texts) =>
          fc.tuple(
            fc.constant(texts),
            fc.shuffledSubarray([...texts.keys()]),
            fc.array(fc.constant(-1), { maxLength: 3 }),
          ),
        ),
      async ([texts, some, absent]) => {
        const lines = [...some, ...absent]
        expect(await read(texts, lines)).toEqual(lines.map((place) => texts[place]))
      },
    ),
    { numRuns: 60 },
  )
})

test('lines longer than a batch, far apart', async () => {
  const texts = ['a'.repeat(5_000_000), 'b', 'c'.repeat(100_000), 'd', 'e'.repeat(6_000_000)]
  expect(await read(texts, [4, 3, -1, 1, 0])).toEqual([texts[4], 'd', undefined, 'b', texts[0]])
})
