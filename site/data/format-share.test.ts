import { expect, test } from 'vitest'
import { formatShare } from './format-share.ts'

test('one failure in many shows, and so does one success', () => {
  expect([1, 0.999_99, 0.5, 0.000_01, 0, undefined].map(formatShare)).toEqual([
    '100 %',
    '99.9 %',
    '50.0 %',
    '0.1 %',
    '0 %',
    '–',
  ])
})
