import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isDegenerate } from './is-degenerate.ts'

/** The definition, word by word. */
function isDegenerateByDefinition(text: string): boolean {
  const tokens = text.match(/[\p{L}\p{N}_]+|([^\p{L}\p{N}_\s])\1*/gu) ?? []
  for (let unit = 1; unit <= 20; unit++)
    for (let start = 0; start + 8 * unit <= tokens.length; start++) {
      const first = tokens.slice(start, start + unit)
      const isRepeated = [1, 2, 3, 4, 5, 6, 7].every((time) =>
        first.every((token, place) => token === tokens[start + time * unit + place]),
      )
      if (isRepeated) return true
    }
  return false
}

test.each([
  ['a unit of one token', 'no '.repeat(8), 'no '.repeat(7)],
  ['a unit of three', 'a b, '.repeat(8), 'a b, '.repeat(7)],
  [
    'a unit of twenty',
    'a b c d e f g h i j k l m n o p q r s t '.repeat(8),
    'a b c d e f g h i j k l m n o p q r s t '.repeat(7),
  ],
  ['amid other text', `It is ${'ha-'.repeat(8)} good`, `It is ${'ha-'.repeat(7)} good`],
  ['letters of another script', 'да нет '.repeat(8), 'да нет '.repeat(7)],
  ['signs outside the basic plane', '😀 '.repeat(8), '😀 '.repeat(7)],
  [
    'the loop of a small model',
    `{"a": {"value": 1}, ${'{"value": Software, True], '.repeat(8)}`,
    '{"value": Software, True], '.repeat(7),
  ],
])('%s: eight times running is degenerate, seven is not', (_name, eight, seven) => {
  expect(isDegenerate(eight)).toBe(true)
  expect(isDegenerate(seven)).toBe(false)
})

test('a unit of 21 tokens and a ruled line are none', () => {
  expect(isDegenerate('a b c d e f g h i j k l m n o p q r s t u '.repeat(9))).toBe(false)
  expect(isDegenerate('-'.repeat(500))).toBe(false)
})

test('the same as the definition, for any text', () => {
  const piece = fc.oneof(
    {
      weight: 3,
      arbitrary: fc.constantFrom('a', 'b', ',', ' ', '. ', 'ab', 'é', '日', '😀', '\ud800', '--', '\n', '_1'),
    },
    fc.string({ unit: 'binary', maxLength: 3 }),
  )
  const loop = fc
    .tuple(fc.array(piece, { maxLength: 24 }), fc.integer({ min: 1, max: 10 }))
    .map(([unit, times]) => unit.join('').repeat(times))
  const text = fc.array(fc.oneof(piece, loop), { maxLength: 12 }).map((parts) => parts.join(''))
  fc.assert(
    fc.property(text, (value) => {
      expect(isDegenerate(value)).toBe(isDegenerateByDefinition(value))
    }),
    { numRuns: 2000 },
  )
})
