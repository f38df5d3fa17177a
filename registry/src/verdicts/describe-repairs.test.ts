import { expect, test } from 'vitest'
import { rubricSchema } from '../formats/rubric.ts'
import { describeRepairs } from './describe-repairs.ts'

const rubric = rubricSchema.parse({
  title: 'R',
  prompt: { user: '{{record}}' },
  criteria: {},
  fields: {
    mood: { type: 'ordinal', scale: ['Bad', 'Good'], path: '/mood', primary: true },
    polite: { type: 'boolean', path: '/polite' },
    score: { type: 'number', path: '/score' },
  },
})

test.each([
  ['{"mood":"Good","polite":true,"score":1}', []],
  [
    '{"mood":" good","polite":"True","score":"1.5"}',
    ['mood: " good" was read as "Good"', 'polite: "True" was read as true', 'score: "1.5" was read as 1.5'],
  ],
  ['<think>{"mood":"bad"}</think>{"mood":"Bad","polite":true,"score":1,}', ['the JSON was mended']],
  ['{"mood":"Awful"}', []],
  ['no JSON at all', []],
])('%s', (content, lines) => {
  expect(describeRepairs({ content }, rubric)).toEqual(lines)
})

test('a cut answer is not mended', () => {
  expect(describeRepairs({ content: '{"mood":"Bad",', finishReason: 'length' }, rubric)).toEqual([])
})
