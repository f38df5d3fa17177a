import { expect, test } from 'vitest'
import { splitChunks } from './split-chunks.ts'

test('parts start where the size would be passed; one too large stands alone', () => {
  expect(splitChunks(['aaa', 'aaa', 'aaa', 'bbbbbbbbb', 'c'], 6)).toEqual([0, 2, 3, 4])
})

test('no entries, no parts', () => {
  expect(splitChunks([])).toEqual([])
})
