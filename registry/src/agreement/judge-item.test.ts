import fc from 'fast-check'
import { expect, test } from 'vitest'
import { judgeItem, type Say } from './judge-item.ts'

test.each<[string, Say[], Partial<ReturnType<typeof judgeItem>>]>([
  ['all equal', ['Yes', 'Yes', 'Yes'], { agree: true, disagree: false, error: false, majority: { value: 'Yes' } }],
  [
    'one differs',
    ['Yes', 'No', 'Yes'],
    { agree: false, disagree: true, majority: { value: 'Yes' }, outlier: [false, true, false] },
  ],
  ['all differ', ['Yes', 'No', 'Maybe'], { disagree: true, majority: 'split', outlier: [false, false, false] }],
  ['half is no majority', ['Yes', 'Yes', 'No', 'No'], { disagree: true, majority: 'split' }],
  ['two have no majority', ['Yes', 'No'], { disagree: true, majority: null, outlier: [false, false] }],
  ['error overlaps agree', ['Yes', null, 'Yes'], { agree: true, error: true, majority: null }],
  ['error overlaps disagree', ['Yes', null, 'No'], { disagree: true, error: true }],
  ['one usable is neither', ['Yes', null], { agree: false, disagree: false, error: true }],
  ['none usable', [null, null], { agree: false, disagree: false, error: true, majority: null }],
])('%s', (_name, says, expected) => {
  expect(judgeItem(says)).toMatchObject(expected)
})

test('numbers within the tolerance are equal', () => {
  expect(judgeItem([1, 1.25, 1.5], 0.5).agree).toBe(true)
  expect(judgeItem([1, 1.5, 2.25], 0.5)).toMatchObject({ disagree: true, outlier: [false, false, true] })
  expect(judgeItem([1.5, 1, 2], 0.5).agree).toBe(false)
})

test('the order of runs changes nothing but the order of outliers', () => {
  const says = fc.array(fc.constantFrom<Say>('a', 'b', 'c', null), { maxLength: 8 })
  fc.assert(
    fc.property(says, (list) => {
      const there = judgeItem(list)
      const back = judgeItem([...list].reverse())
      expect(back).toEqual({ ...there, outlier: [...there.outlier].reverse() })
      expect(there.agree && there.disagree).toBe(false)
    }),
  )
})
