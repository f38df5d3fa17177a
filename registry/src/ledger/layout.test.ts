import fc from 'fast-check'
import { expect, test } from 'vitest'
import { slugSchema } from '../formats/primitives.ts'
import { bundlePaths, mintRunId, stemOf } from './layout.ts'

test('the layout of the contract', () => {
  const runId = mintRunId('qwen-3-4b', 'batch_5k.jsonl', new Date('2024-10-28T14:33:00Z'))
  expect(runId).toBe('qwen-3-4b-batch_5k-20241028-143300')
  expect(bundlePaths({ runId, slug: 'qwen-3-4b', datasetName: 'batch_5k.jsonl' })).toEqual({
    results: 'results/qwen-3-4b/batch_5k_20241028_143300.jsonl',
    log: 'results/qwen-3-4b/batch_5k_20241028_143300.log',
    meta: 'results/qwen-3-4b/batch_5k_20241028_143300.meta.json',
  })
})

test('an id of another model or dataset has no place here', () => {
  const runId = 'qwen-3-4b-batch_5k-20241028-143300'
  expect(bundlePaths({ runId, slug: 'qwen-3', datasetName: 'batch_5k.jsonl' })).toBeUndefined()
  expect(bundlePaths({ runId, slug: 'qwen-3-4b', datasetName: 'batch.jsonl' })).toBeUndefined()
})

test('slugs and stems with dashes, dots, underscores and digits come back whole', () => {
  const name = fc.stringMatching(/^[a-z0-9]([.]?[a-z0-9_-]){0,20}[a-z0-9]$/)
  const time = fc.date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
  fc.assert(
    fc.property(name, name, time, (slug, stem, at) => {
      const datasetName = `${stem}.jsonl`
      const paths = bundlePaths({ runId: mintRunId(slug, datasetName, at), slug, datasetName })
      expect(paths?.results.startsWith(`results/${slug}/${stemOf(datasetName)}_`)).toBe(true)
    }),
  )
})

test.each(['../x', 'a/b', '.hidden', '-dash', 'a..b', 'A', '', 'a b', 'a\nb'])('%j is no slug', (slug) => {
  expect(slugSchema.safeParse(slug).success).toBe(false)
})
