import { expect, test } from 'vitest'
import { PartCache } from './part-cache.ts'

test('each part is made once; the one longest unused goes first', async () => {
  const cache = new PartCache(2)
  let made = 0
  const take = (path: string) => cache.once(path, () => Promise.resolve(made++))
  expect([await take('a'), await take('b'), await take('a')]).toEqual([0, 1, 0])
  expect(await take('c')).toBe(2)
  expect([await take('a'), await take('b')]).toEqual([0, 3])
})

test('one that failed may be tried again', async () => {
  const cache = new PartCache(2)
  await expect(cache.once('a', () => Promise.reject(new Error('gone')))).rejects.toThrow('gone')
  expect(await cache.once('a', () => Promise.resolve(1))).toBe(1)
})
