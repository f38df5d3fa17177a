import { expect, test } from 'vitest'
import { samplingDifferences } from './sampling-differences.ts'

test('only what differs is told, with who has it', () => {
  expect(
    samplingDifferences([
      { model: 'A', sampling: { temperature: '0', max_tokens: '160' } },
      { model: 'B', sampling: { temperature: '0.7', max_tokens: '160', seed: '1' } },
      { model: 'C', sampling: { temperature: '0', max_tokens: '160' } },
    ]),
  ).toEqual(['temperature: 0 (A, C), 0.7 (B)', 'seed: not set (A, C), 1 (B)'])
})
