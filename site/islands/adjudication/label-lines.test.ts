import fc from 'fast-check'
import { labelSchema, type Label } from 'registry'
import { expect, test } from 'vitest'
import { exportLabels, readLabelLines, unfinishedWalks, writeLabelLines } from './label-lines.ts'

const anyLabel: fc.Arbitrary<Label> = fc.record(
  {
    custom_id: fc.string({ unit: 'binary', minLength: 1, maxLength: 8 }),
    field: fc.constantFrom('mood', 'is_polite'),
    value: fc.oneof(fc.string({ unit: 'binary', maxLength: 5 }), fc.boolean(), fc.integer()),
    rater: fc.constantFrom('ann', 'bo'),
    date: fc.constant('2026-11-24'),
    prompt_sha256: fc.constant('a'.repeat(64)),
    selection: fc.constantFrom('random' as const, 'disagreement' as const, 'all' as const),
    note: fc.string({ unit: 'binary', maxLength: 9 }),
  },
  { requiredKeys: ['custom_id', 'field', 'value', 'rater', 'date', 'prompt_sha256', 'selection'] },
)

test('every line passes the registry’s schema and is read back as it was', () => {
  fc.assert(
    fc.property(fc.array(anyLabel), (labels) => {
      const text = writeLabelLines({ labels, strange: [] })
      expect(text.split('\n').filter(Boolean)).toHaveLength(labels.length)
      for (const line of text.split('\n').filter(Boolean)) labelSchema.parse(JSON.parse(line))
      expect(readLabelLines(text)).toEqual({ labels, strange: [] })
    }),
  )
})

test('the same labels in any order are the same bytes', () => {
  fc.assert(
    fc.property(
      fc
        .uniqueArray(anyLabel, {
          selector: ({ custom_id: id, field, rater }) => JSON.stringify([id, field, rater]),
        })
        .chain((labels) => fc.tuple(fc.constant(labels), fc.shuffledSubarray(labels, { minLength: labels.length }))),
      ([labels, shuffled]) => {
        const write = (list: Label[]) => writeLabelLines({ labels: exportLabels(list, 100), strange: [] })
        expect(write(shuffled)).toBe(write(labels))
      },
    ),
  )
})

const label = (id: string, rest: Partial<Label> = {}): Label => ({
  custom_id: id,
  field: 'mood',
  value: 'Good',
  rater: 'ann',
  date: '2026-11-24',
  prompt_sha256: 'a'.repeat(64),
  selection: 'all',
  ...rest,
})

test('`all` is said only of a walk that reached every item; an item drawn at random counts in it', () => {
  const walk = [label('a'), label('b'), label('c', { selection: 'random' })]
  const selections = (labels: Label[], count: number) => exportLabels(labels, count).map(({ selection }) => selection)
  expect(selections(walk, 3)).toEqual(['all', 'all', 'random'])
  expect(selections(walk, 4)).toEqual(['disagreement', 'disagreement', 'random'])
  expect(unfinishedWalks(walk, 4)).toMatchObject([{ rater: 'ann', field: 'mood', done: 3 }])
  const picked = [label('a'), label('b'), label('c', { selection: 'disagreement' })]
  expect(selections(picked, 3)).toEqual(['disagreement', 'disagreement', 'disagreement'])
  expect(selections([label('a'), label('b', { rater: 'bo' })], 2)).toEqual(['disagreement', 'disagreement'])
  expect(selections([label('a'), label('b', { field: 'is_polite' })], 2)).toEqual(['disagreement', 'disagreement'])
  expect(unfinishedWalks([label('a', { selection: 'random' })], 9)).toEqual([])
})
