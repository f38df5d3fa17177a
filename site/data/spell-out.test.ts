import { expect, test } from 'vitest'
import { spellOut } from './spell-out.ts'

test.each([
  ['text', 'text'],
  [7, '7'],
  [false, 'false'],
  [null, 'null'],
  [['a', 'b'], 'a\nb'],
  [
    [
      { title: 'Engineer', years_here: 1 },
      { title: 'Clerk', at: ['x', 'y'] },
    ],
    'title: Engineer, years here: 1\ntitle: Clerk, at: (x, y)',
  ],
  [{ level: 'bachelor', school: { name: 'North' } }, 'level: bachelor\nschool: (name: North)'],
])('%j reads %j', (value, text) => {
  expect(spellOut(value)).toBe(text)
})
