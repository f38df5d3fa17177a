import { expect, test } from 'vitest'
import { verdictStatuses } from '../verdicts/read-verdict.ts'
import { countConfusion } from './count-confusion.ts'
import { codeField } from './field-codes.ts'

const ok = verdictStatuses.indexOf('ok')
const truncated = verdictStatuses.indexOf('truncated')
const field = { type: 'nominal', path: '/v', required: true, scale: ['x', 'y'] } as const
const column = (says: string) => ({
  statuses: Uint8Array.from(says, (one) => (one === '?' ? truncated : ok)),
  codes: Int32Array.from(says, (one) => ['x', 'y'].indexOf(one)),
})

test('every item is in one cell; what isn’t usable has a row and a column of its own', () => {
  const codes = codeField({ ...field, scale: [...field.scale] }, [column('xxyy?x?'), column('xyyxxx?')], new Map())
  expect(countConfusion(codes, [0, 1])).toEqual([
    [2, 1, 0],
    [1, 1, 0],
    [1, 0, 1],
  ])
  expect(countConfusion(codes, [1, 0])).toEqual([
    [2, 1, 1],
    [1, 1, 0],
    [0, 0, 1],
  ])
})
