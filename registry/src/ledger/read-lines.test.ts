import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readLines, type FileLine } from './read-lines.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lines-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function linesOf(text: string): Promise<FileLine[]> {
  const path = join(folder, 'file')
  await writeFile(path, text)
  return Array.fromAsync(readLines(path))
}

test('lines, offsets and lengths are those of the bytes', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.string({ unit: 'grapheme' }).map((text) => text.replaceAll('\n', ''))),
      fc.boolean(),
      async (texts, ended) => {
        const whole = texts.join('\n') + (ended && texts.length > 0 ? '\n' : '')
        const lines = await linesOf(whole)
        const bytes = Buffer.from(whole)
        for (const line of lines)
          expect(bytes.subarray(line.offset, line.offset + line.length).toString()).toBe(line.text)
        const expected = whole.split('\n')
        if (expected.at(-1) === '') expected.pop()
        expect(lines.map((line) => line.text)).toEqual(expected)
      },
    ),
    { numRuns: 50 },
  )
})

test('a line longer than a chunk comes whole; a last line without a break is marked', async () => {
  const long = 'ü'.repeat(400_000)
  const lines = await linesOf(`${long}\ntorn`)
  expect(lines.map(({ length, ended }) => [length, ended])).toEqual([
    [800_000, true],
    [4, false],
  ])
  expect(lines[0]?.text).toBe(long)
})
