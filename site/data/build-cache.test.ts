import { mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { BuildCache } from './build-cache.ts'
import type { PutFile } from './chunk-writer.ts'

const scratch = await mkdtemp(join(tmpdir(), 'build-cache-'))
afterAll(() => rm(scratch, { recursive: true, force: true }))
let folders = 0
const freshFolder = () => join(scratch, String(folders++))

/** What a page would be made from: the files that were put, and how often they had to be written. */
function pages(cache: BuildCache) {
  let written = 0
  const reuse = async (key: string) => {
    const files: Record<string, string> = {}
    const put: PutFile = (path, content) => {
      files[path] = Buffer.from(content).toString('latin1')
      return Promise.resolve()
    }
    const result = await cache.reuse([key], put, async (putBoth) => {
      written++
      await putBoth(`${key}/a`, 'ä'.repeat(1000))
      await putBoth(`${key}/b`, Uint8Array.of(0, 255, 10))
      await putBoth(`${key}/c`, '')
      return { key, absent: undefined, columns: 3 }
    })
    return { files, result }
  }
  return { reuse, written: () => written }
}

async function entries(folder: string): Promise<string[]> {
  const names = await readdir(join(folder, 'site'), { recursive: true, withFileTypes: true })
  return names.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
}

test('the second build gets the same files and the same result without writing them', async () => {
  const folder = freshFolder()
  const { reuse, written } = pages(await BuildCache.open(folder))
  const first = await reuse('x')
  const second = await reuse('x')
  expect(second).toEqual(first)
  expect(Object.keys(second.files)).toEqual(['x/a', 'x/b', 'x/c'])
  expect(written()).toBe(1)
  await reuse('y')
  expect(written()).toBe(2)
  const [path = ''] = await entries(folder)
  expect((await stat(path)).mode & 0o777).toBe(0o600)
  expect(await entries(folder)).toHaveLength(2)
})

test('an entry with any byte changed, or cut anywhere, is written anew', async () => {
  const folder = freshFolder()
  const cache = await BuildCache.open(folder)
  const good = await pages(cache).reuse('x')
  const [path = ''] = await entries(folder)
  const bytes = await readFile(path)
  const places = [0, 1999, 2001, 2002, 2003, 2100, bytes.length - 70, bytes.length - 60, bytes.length - 1]
  for (const place of places) {
    const spoilt = Buffer.from(bytes)
    spoilt[place] = (spoilt[place] ?? 0) ^ 1
    for (const content of [spoilt, bytes.subarray(0, place)]) {
      await writeFile(path, content)
      const { reuse, written } = pages(cache)
      expect(await reuse('x')).toEqual(good)
      expect([place, written()]).toEqual([place, 1])
      expect(await readFile(path)).toEqual(bytes)
    }
  }
})

test('what fails while it is written leaves no entry behind', async () => {
  const folder = freshFolder()
  const cache = await BuildCache.open(folder)
  const put: PutFile = () => Promise.resolve()
  const broken = cache.reuse(['x'], put, async (putBoth) => {
    await putBoth('a', 'a')
    throw new Error('rows ended early')
  })
  await expect(broken).rejects.toThrow('rows ended early')
  expect(await entries(folder)).toEqual([])
})

test('a folder that can’t be used is no cache', async () => {
  const folder = freshFolder()
  await writeFile(folder, 'a file stands here')
  const { reuse, written } = pages(await BuildCache.open(folder))
  expect(await reuse('x')).toEqual(await reuse('x'))
  expect(written()).toBe(2)
})

test('entries that no build used for two weeks go; those in use stay', async () => {
  const folder = freshFolder()
  const cache = await BuildCache.open(folder)
  const { reuse } = pages(cache)
  for (const key of ['x', 'y']) await reuse(key)
  const long = new Date(Date.now() - 15 * 86_400_000)
  for (const path of await entries(folder)) await utimes(path, long, long)
  await reuse('y')
  await cache.prune()
  expect(await entries(folder)).toHaveLength(1)
  const again = pages(cache)
  await again.reuse('y')
  expect(again.written()).toBe(0)
  await again.reuse('x')
  expect(again.written()).toBe(1)
})
