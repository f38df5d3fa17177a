import { expect, test } from 'vitest'
import { cutText } from './cut-text.ts'

test('short text is not cut', () => {
  expect(cutText('one\ntwo', 10, 2)).toBeUndefined()
  expect(cutText('', 10, 2)).toBeUndefined()
})

test('cut at characters or at lines, whichever comes first', () => {
  expect(cutText('abcdefghijk', 10, 2)).toBe('abcdefghij')
  expect(cutText('a\nb\nc', 10, 2)).toBe('a\nb')
})

test('a surrogate pair stays whole', () => {
  expect(cutText('ab😀cd', 3, 9)).toBe('ab')
  expect(cutText('ab😀cd', 4, 9)).toBe('ab😀')
})
