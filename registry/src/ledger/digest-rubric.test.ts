import { expect, test } from 'vitest'
import { rubricSchema } from '../formats/rubric.ts'
import { extractionSha256, promptSha256 } from './digest-rubric.ts'

const rubric = rubricSchema.parse({
  title: 'T',
  prompt: { user: '{{criteria}} {{record}}' },
  criteria: { a: 'one', b: 'two' },
  response_schema: { type: 'object' },
  fields: { verdict: { type: 'nominal', path: '/v', scale: ['x', 'y'], primary: true } },
})

test('fields and scales touch only the extraction digest', () => {
  const field = rubric.fields['verdict']!
  const other = { ...rubric, fields: { verdict: { ...field, path: '/verdict' } } }
  expect(promptSha256(other)).toBe(promptSha256(rubric))
  expect(extractionSha256(other)).not.toBe(extractionSha256(rubric))
})

test.each([
  ['the template', { prompt: { user: '{{record}} {{criteria}}' } }],
  ['a criterion', { criteria: { a: 'one', b: 'three' } }],
  ['the order of criteria', { criteria: { b: 'two', a: 'one' } }],
  ['the response schema', { response_schema: { type: 'array' } }],
])('%s touches only the prompt digest', (_name, change) => {
  const other = { ...rubric, ...change }
  expect(promptSha256(other)).not.toBe(promptSha256(rubric))
  expect(extractionSha256(other)).toBe(extractionSha256(rubric))
})

test('title and description touch neither', () => {
  const other = { ...rubric, title: 'Other', description: 'more' }
  expect([promptSha256(other), extractionSha256(other)]).toEqual([promptSha256(rubric), extractionSha256(rubric)])
})
