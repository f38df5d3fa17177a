import { expect, test } from 'vitest'
import { ChunkWriter } from './chunk-writer.ts'

async function write(entries: readonly string[], size: number) {
  const files: Record<string, string> = {}
  const writer = new ChunkWriter(
    (path, content) => {
      files[path] = String(content)
      return Promise.resolve()
    },
    'texts/',
    size,
  )
  for (const entry of entries) await writer.add(JSON.stringify(entry))
  return { files, chunks: await writer.end() }
}

test('parts start where the size would be passed; one too large stands alone', async () => {
  expect(await write(['aaa', 'aaa', 'aaa', 'bbbbbbbbb', 'c'], 10)).toEqual({
    chunks: { folder: 'texts/', starts: [0, 2, 3, 4] },
    files: {
      'texts/0.json': '["aaa","aaa"]',
      'texts/1.json': '["aaa"]',
      'texts/2.json': '["bbbbbbbbb"]',
      'texts/3.json': '["c"]',
    },
  })
})

test('no entries, no parts', async () => {
  expect(await write([], 10)).toEqual({ chunks: { folder: 'texts/', starts: [] }, files: {} })
})
