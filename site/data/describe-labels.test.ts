import { fileURLToPath } from 'node:url'
import type { Dataset } from 'registry'
import { expect, test } from 'vitest'
import { describeLabels } from './describe-labels.ts'

const ledger = fileURLToPath(new URL('../../examples/ledger', import.meta.url))

test('labels are counted by file, rater, selection and field', async () => {
  const labels = 'registry/labels/synthetic_tickets_30.jsonl'
  expect(await describeLabels(ledger, { labels } as Dataset)).toEqual({
    file: labels,
    count: 30,
    items: 30,
    raters: ['generator'],
    selections: [{ selection: 'all', count: 30 }],
    fields: [{ field: 'category', count: 30 }],
    faults: 0,
  })
  expect(await describeLabels(ledger, { labels: 'registry/labels/none.jsonl' } as Dataset)).toMatchObject({
    count: 0,
    faults: 1,
  })
  expect(await describeLabels(ledger, {} as Dataset)).toBeUndefined()
})
