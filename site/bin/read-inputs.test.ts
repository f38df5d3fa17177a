import { UserError } from 'registry'
import { expect, test } from 'vitest'
import { readRepository } from './read-inputs.ts'

test.each([
  ['https://forge.example/owner/name', 'https://forge.example/owner/name'],
  ['http://127.0.0.1:3000/o/n/', 'http://127.0.0.1:3000/o/n'],
  ['https://forge.example/owner/name.git', 'https://forge.example/owner/name'],
])('%s is a repository’s address', (address, read) => {
  expect(readRepository(address)).toBe(read)
})

test.each([
  'javascript:alert(1)',
  'git@forge.example:owner/name',
  'ssh://git@forge.example/owner/name',
  'owner/name',
  'https://forge.example/o/n?x=1',
  'data:text/html,x',
  '',
])('%s is refused', (address) => {
  expect(() => readRepository(address)).toThrow(UserError)
})

test('a token in the address is not told on', () => {
  const told = (() => {
    try {
      return readRepository('https://user:s3cret@forge.example/o/n')
    } catch (error) {
      return (error as UserError).problems.join()
    }
  })()
  expect(told).toMatch(/^--repository: found "https:\/\/…@forge\.example\/o\/n", expected/)
})
