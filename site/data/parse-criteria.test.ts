import { expect, test } from 'vitest'
import { parseCriteria } from './parse-criteria.ts'

test('bullets are a list, an indented line goes on with its bullet, other lines are text', () => {
  expect(parseCriteria('Polite means:\n- it greets\n  or thanks\n* asks\n\nElse it isn’t,\nmostly.\n')).toEqual([
    { kind: 'text', text: 'Polite means:' },
    { kind: 'list', entries: ['it greets or thanks', 'asks'] },
    { kind: 'text', text: 'Else it isn’t, mostly.' },
  ])
})

test('markup is no more than letters', () => {
  expect(parseCriteria('- <b>Great</b>: [x](y)')).toEqual([{ kind: 'list', entries: ['<b>Great</b>: [x](y)'] }])
})
