import { expect, test } from 'vitest'
import { rootFrom } from './root-from.ts'

test.each([
  ['/', './'],
  ['/compare/', '../'],
  ['/runs/x/', '../../'],
])('from %s the root is %s', (path, root) => {
  expect(rootFrom(path)).toBe(root)
})
