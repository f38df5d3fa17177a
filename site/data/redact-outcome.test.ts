import { expect, test } from 'vitest'
import type { RunOutcome } from './describe-outcome.ts'
import { makeHistogram } from './make-histogram.ts'
import { redactOutcome } from './redact-outcome.ts'

const outcome = {
  rows: 3,
  promptTokens: { ...makeHistogram([1, 2]), marker: 'MARK' },
  outputTokens: makeHistogram([]),
  promptTokensSum: 3,
  fields: [
    {
      name: 'salary',
      title: 'Salary',
      type: 'number',
      primary: true,
      usable: 2,
      repaired: 0,
      values: [],
      numbers: makeHistogram([41_000, 97_123]),
      unusable: [
        { status: 'no_json', count: 1 },
        { status: 'MARK', count: 1 },
      ],
      marker: 'MARK',
    },
  ],
  marker: 'MARK',
} as unknown as RunOutcome

test('only what is named goes out, and no person’s own number', () => {
  const told = JSON.stringify(redactOutcome(outcome, true))
  expect(told).not.toContain('MARK')
  expect(told).not.toContain('97123')
  expect(redactOutcome(outcome, true).fields[0]).toMatchObject({
    usable: 2,
    unusable: [{ status: 'no_json', count: 1 }],
  })
  expect(redactOutcome(outcome, false).fields[0]?.numbers?.spread?.largest).toBe(97_123)
})
