import { expect, test } from 'vitest'
import { pageName } from './page-name.ts'

test('an id that needs no escaping is its own page name', () => {
  expect(pageName('qwen-3-4b-batch_5k.v2-20241028-143300')).toBe('qwen-3-4b-batch_5k.v2-20241028-143300')
})

test.each(['a b', '../x', 'a/b', 'ü', 'a%2fb', 'a?b#c', '.hidden', 'dot.'])('%j gets a tame name', (id) => {
  expect(pageName(id)).toMatch(/^[A-Za-z0-9_-]+$/)
})

test('ids that look alike once tamed stay apart', () => {
  expect(pageName('a b')).not.toBe(pageName('a?b'))
})
