import { readField, scaleOf, type Field } from 'registry'
import { expect, test } from 'vitest'
import { parseValue, valuesOf } from './parse-value.ts'

const base = { path: '/v', required: true }
const named = { title: 'Clarity' }

test.each(['0', '-1', '3.50', ' 7 ', '007'])('%s is a number that the rubric takes', (typed) => {
  const parsed = parseValue({ ...named, type: 'number' }, typed)
  expect(parsed).toEqual({ value: Number(typed) })
  const field: Field = { ...base, type: 'number', tolerance: 0 }
  expect(readField((parsed as { value: number }).value, field).status).toBe('ok')
})

test.each(['', ' ', 'three', '1e3', '1,5', '.5', '0x10', 'Infinity', `1${'0'.repeat(400)}`])('%s is none', (typed) => {
  expect(parseValue({ ...named, type: 'number' }, typed)).toEqual({ fault: expect.stringContaining('Clarity: ') })
})

test('a text is what was typed, but not nothing', () => {
  expect(parseValue({ ...named, type: 'text' }, ' kind words ')).toEqual({ value: 'kind words' })
  expect(parseValue({ ...named, type: 'text' }, '\n')).toEqual({ fault: expect.stringContaining('a text') })
})

test('every button’s value is one the rubric takes', () => {
  const fields: Field[] = [
    { ...base, type: 'boolean' },
    { ...base, type: 'ordinal', scale: ['Bad', 'Fair', 'Good'] },
    { ...base, type: 'nominal', scale: ['true', 'false', '1'] },
  ]
  for (const field of fields) {
    const values = valuesOf({ type: field.type, scale: scaleOf(field) })
    expect(values).toHaveLength(scaleOf(field).length)
    for (const value of values) expect(readField(value, field)).toEqual({ status: 'ok', value })
  }
})
