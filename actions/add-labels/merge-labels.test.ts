import fc from 'fast-check'
import type { Label } from 'registry'
import { describe, expect, test } from 'vitest'
import { mergeLabels, type LabelLine } from './merge-labels.ts'

const label = (more: Partial<Label> = {}): Label => ({
  custom_id: 'a',
  field: 'mood',
  value: 'Good',
  rater: 'ann',
  date: '2026-11-20',
  prompt_sha256: '0'.repeat(64),
  selection: 'random',
  ...more,
})
const lines = (...labels: Label[]): LabelLine[] => labels.map((one, at) => ({ label: one, where: `f:${at + 1}` }))
const read = (text: string) =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Label)

describe('one word of a rater on an item’s field', () => {
  test('a later day’s, or what is added on the same day, replaces; an earlier one does not; another rater stands beside', () => {
    const there = [label(), label({ custom_id: 'b', date: '2026-11-22' }), label({ custom_id: 'c' })]
    const merged = mergeLabels(
      there,
      lines(
        label({ value: 'Bad' }),
        label({ custom_id: 'b', value: 'Bad' }),
        label({ custom_id: 'c' }),
        label({ custom_id: 'c', rater: 'bob', value: 'Bad' }),
      ),
    )
    expect(merged).toMatchObject({ unchanged: 1, older: 1, problems: [] })
    expect([merged.added.length, merged.replaced.length]).toEqual([1, 1])
    expect(read(merged.text).map(({ custom_id, rater, value }) => [custom_id, rater, value])).toEqual([
      ['a', 'ann', 'Bad'],
      ['b', 'ann', 'Good'],
      ['c', 'ann', 'Good'],
      ['c', 'bob', 'Bad'],
    ])
  })

  test('two words of one day in one file are a fault with both places; of two days the later counts', () => {
    const merged = mergeLabels(
      [],
      lines(
        label(),
        label({ value: 'Bad' }),
        label({ custom_id: 'b' }),
        label({ custom_id: 'b', date: '2026-11-21', value: 'Bad' }),
      ),
    )
    expect(merged.problems).toEqual([expect.stringMatching(/^f:2: says otherwise than f:1 /)])
    expect(read(merged.text).find(({ custom_id }) => custom_id === 'b')?.value).toBe('Bad')
  })
})

test('the order of lines doesn’t matter, and adding once more changes nothing', () => {
  const some = fc.uniqueArray(
    fc.record({
      custom_id: fc.constantFrom('a', 'b', 'é', '__proto__', 'a\n'),
      field: fc.constantFrom('mood', 'constructor'),
      rater: fc.constantFrom('ann', 'bob'),
      value: fc.oneof(fc.string(), fc.boolean(), fc.integer()),
    }),
    { selector: ({ custom_id, field, rater }) => JSON.stringify([custom_id, field, rater]) },
  )
  fc.assert(
    fc.property(some, some, (before, after) => {
      const existing = before.map((one) => label(one))
      const added = after.map((one) => label({ ...one, date: '2026-11-21' }))
      const { text } = mergeLabels(existing, lines(...added))
      expect(mergeLabels(existing.toReversed(), lines(...added.toReversed())).text).toBe(text)
      const again = mergeLabels(text === '' ? [] : read(text), lines(...added))
      expect(again).toMatchObject({ text, added: [], replaced: [], unchanged: added.length })
    }),
  )
})
