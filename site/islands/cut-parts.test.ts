import { expect, test } from 'vitest'
import { cutParts } from './cut-parts.ts'
import type { DiffPart } from './word-diff.ts'

const parts: DiffPart[] = [
  { kind: 'same', base: 'one\n', own: 'one\n' },
  { kind: 'gone', base: 'two\n', own: '' },
  { kind: 'new', base: '', own: 'three\nfour' },
]

test('short enough is not cut', () => {
  expect(cutParts(parts, 18, 4)).toBeUndefined()
  expect(cutParts([], 18, 4)).toBeUndefined()
})

test('cut at characters over all parts, or at lines', () => {
  expect(cutParts(parts, 10, 9)).toEqual([
    { kind: 'same', text: 'one\n' },
    { kind: 'gone', text: 'two\n' },
    { kind: 'new', text: 'th' },
  ])
  expect(cutParts(parts, 99, 3)).toEqual([
    { kind: 'same', text: 'one\n' },
    { kind: 'gone', text: 'two\n' },
    { kind: 'new', text: 'three' },
  ])
  expect(cutParts(parts, 8, 9)).toEqual([
    { kind: 'same', text: 'one\n' },
    { kind: 'gone', text: 'two\n' },
  ])
})
