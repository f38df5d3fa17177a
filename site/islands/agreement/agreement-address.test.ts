import { expect, test } from 'vitest'
import { readAddress, writeAddress } from './agreement-address.ts'

test('the address holds runs and field, and nothing else', () => {
  expect(readAddress('?runs=a-1,b%2C2,,a-1&field=mood&x=1')).toEqual({ runs: ['a-1', 'b', '2'], field: 'mood' })
  expect(readAddress('')).toEqual({ runs: undefined, field: undefined })
  expect(readAddress('?runs=')).toEqual({ runs: [], field: undefined })
  expect(writeAddress({ runs: ['a-1', 'b.2'], field: 'mood' })).toBe('?runs=a-1,b.2&field=mood')
  expect(writeAddress({ runs: undefined, field: undefined })).toBe('?')
})
