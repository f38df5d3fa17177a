import { homedir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { cacheFolder, llamaCppFolder, weightsPath } from './cache-folder.ts'

test.each([
  [{ BATCHLEDGER_CACHE: '/c', XDG_CACHE_HOME: '/x' }, '/c'],
  [{ XDG_CACHE_HOME: '/x' }, '/x/batchledger'],
  [{ XDG_CACHE_HOME: 'relative' }, join(homedir(), '.cache/batchledger')],
  [{}, join(homedir(), '.cache/batchledger')],
])('%j: the cache is %s', (env, expected) => {
  expect(cacheFolder(env)).toBe(expected)
})

test('weights lie under their digest, the engine under its release', () => {
  expect(weightsPath('/c', { sha256: 'ab', file: 'm.gguf' })).toBe('/c/weights/ab/m.gguf')
  expect(llamaCppFolder('/c')).toMatch(/^\/c\/tools\/node-llama-cpp-\d+\.\d+\.\d+$/)
})
