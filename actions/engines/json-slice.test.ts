import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sliceMember } from './json-slice.ts'

test.each([
  ['{"a": {"b":[1,2,{"c":"}\\""}]} , "d":1.50}', 'a', '{"b":[1,2,{"c":"}\\""}]}'],
  ['{"a": {"b":[1]} , "d":1.50}', 'd', '1.50'],
  ['{"d":1.50 , "e":null}', 'd', '1.50'],
  ['{"a":{"d":1},"d":2}', 'd', '2'],
  ['{"x":"\\\\","d":"\\u0061"}', 'd', '"\\u0061"'],
  ['{"\\u0064":true}', 'd', 'true'],
  ['{"d":1,"d":2}', 'd', '2'],
  ['{}', 'd', undefined],
  ['[{"d":1}]', 'd', undefined],
])('%s at %s is %s', (text, name, expected) => {
  expect(sliceMember(text, name)).toBe(expected)
})

test('whatever the members are, a slice reads as the member’s value', () => {
  fc.assert(
    fc.property(
      fc.dictionary(fc.string(), fc.jsonValue(), { minKeys: 1 }),
      fc.constantFrom(0, 1, 4),
      (object, indent) => {
        const text = JSON.stringify(object, null, indent)
        const parsed = JSON.parse(text) as Record<string, unknown>
        for (const name of Object.keys(parsed)) expect(JSON.parse(sliceMember(text, name) ?? '')).toEqual(parsed[name])
      },
    ),
  )
})
