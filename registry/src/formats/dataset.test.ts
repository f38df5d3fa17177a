import { expect, test } from 'vitest'
import { datasetSchema } from './dataset.ts'

const entry = {
  title: 'Notes',
  format: 'records',
  file: 'registry/datasets/notes.jsonl',
  location: 'ledger',
  sha256: 'a'.repeat(64),
  count: 1,
  privacy: 'synthetic',
  created: '2026-11-24',
}
const withFacets = (count: number) => ({
  ...entry,
  item: { facets: Object.fromEntries(Array.from({ length: count }, (_, place) => [`facet ${place}`, '/a'])) },
})

test('sixteen facets are what a filter can hold; more are refused by name', () => {
  expect(datasetSchema.safeParse(withFacets(16)).success).toBe(true)
  const { error } = datasetSchema.safeParse(withFacets(17))
  expect(error?.issues.map(({ path, message }) => `${path.join('.')} ${message}`)).toEqual([
    'item.facets are more than 16: keep those that readers filter by',
  ])
})

test('personal rows don’t lie in plain Git', () => {
  const { error } = datasetSchema.safeParse({ ...entry, privacy: 'personal' })
  expect(error?.issues.map(({ path }) => path)).toEqual([['location']])
})
