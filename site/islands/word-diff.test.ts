import fc from 'fast-check'
import { expect, test } from 'vitest'
import { diffBounds, diffWords, type DiffPart } from './word-diff.ts'

const parts = (base: string, own: string): DiffPart[] => {
  const found = diffWords(base, own)
  if (typeof found === 'string') throw new Error(found)
  return found
}
const shown = (base: string, own: string) =>
  parts(base, own).map((part) => [part.kind, part.kind === 'gone' ? part.base : part.own])

test('words in and words out, in place', () => {
  expect(shown('The guide was kind.', 'The guide was very rude.')).toEqual([
    ['same', 'The guide was '],
    ['gone', 'kind'],
    ['new', 'very rude'],
    ['same', '.'],
  ])
})

test('white space is no difference and is kept as each text has it', () => {
  expect(parts('{"a": 1,\n "b": 2}', '{"a":1,"b":3}').filter(({ kind }) => kind !== 'same')).toEqual([
    { kind: 'gone', base: '2', own: '' },
    { kind: 'new', base: '', own: '3' },
  ])
})

test('a comma alone between two changes joins them', () => {
  expect(shown('red, green', 'blue, black')).toEqual([
    ['gone', 'red, green'],
    ['new', 'blue, black'],
  ])
})

test('scripts without spaces are compared sign by sign', () => {
  expect(shown('これは良い', 'これは悪い')).toEqual([
    ['same', 'これは'],
    ['gone', '良'],
    ['new', '悪'],
    ['same', 'い'],
  ])
})

test('equal texts are one part, an empty one is all gone or all new', () => {
  expect(shown('a b', 'a b')).toEqual([['same', 'a b']])
  expect(shown('a b', '')).toEqual([['gone', 'a b']])
  expect(shown('', 'a b')).toEqual([['new', 'a b']])
  expect(shown('', '')).toEqual([])
})

const fewWords = fc
  .array(fc.constantFrom('a', 'b', 'c', 'é', '日', ',', '"', '\ud800', '😀', '\n', '\r\n', '\u200b', '__proto__'), {
    maxLength: 40,
  })
  .chain((list) => fc.constantFrom(' ', '').map((glue) => list.join(glue)))
const anyText = fc.oneof(fewWords, fc.string({ unit: 'binary', maxLength: 60 }))

test('applying the parts gives both texts back, and a change never holds what both share around it', () => {
  fc.assert(
    fc.property(anyText, anyText, (base, own) => {
      const found = parts(base, own)
      expect(found.map((part) => part.base).join('')).toBe(base)
      expect(found.map((part) => part.own).join('')).toBe(own)
      for (const [place, part] of found.entries()) {
        expect(part.base + part.own).not.toBe('')
        expect(part.kind).not.toBe(found[place + 1]?.kind)
        if (part.kind === 'same') expect(part.base.replaceAll(/\s+/g, '')).toBe(part.own.replaceAll(/\s+/g, ''))
      }
    }),
    { numRuns: 2_000 },
  )
})

test('as few words change as the longest common run of words allows', () => {
  const letters = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 12 })
  fc.assert(
    fc.property(letters, letters, (a, b) => {
      const found = parts(a.join(' '), b.join(' '))
      const changed = found
        .filter(({ kind }) => kind !== 'same')
        .flatMap((part) => (part.base + part.own).split(' ').filter(Boolean))
      expect(changed.length).toBe(a.length + b.length - 2 * commonLength(a, b))
    }),
  )
})

function commonLength(a: readonly string[], b: readonly string[]): number {
  const table = Array.from({ length: a.length + 1 }, () => Array.from({ length: b.length + 1 }, () => 0))
  for (let i = 1; i <= a.length; i++)
    for (let j = 1; j <= b.length; j++)
      (table[i] as number[])[j] =
        a[i - 1] === b[j - 1]
          ? (table[i - 1]?.[j - 1] ?? 0) + 1
          : Math.max(table[i - 1]?.[j] ?? 0, table[i]?.[j - 1] ?? 0)
  return table[a.length]?.[b.length] ?? 0
}

test('huge texts are refused quickly instead of compared', () => {
  const many = 'word '.repeat(diffBounds.words + 1)
  expect(diffWords(many, 'short')).toBe('too long')
  const one = Array.from({ length: 2_000 }, (_, place) => `a${place}`).join(' ')
  const other = Array.from({ length: 2_000 }, (_, place) => `b${place}`).join(' ')
  const started = performance.now()
  expect(diffWords(one, other)).toBe('too different')
  expect(performance.now() - started).toBeLessThan(3_000)
  expect(typeof diffWords('x'.repeat(1_000_000), `${'x'.repeat(1_000_000)} y`)).toBe('object')
})
