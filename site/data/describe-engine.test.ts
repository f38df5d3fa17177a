import { expect, test } from 'vitest'
import { describeEngine } from './describe-engine.ts'

test.each([
  [{ name: 'vllm', version: '0.32.0' }, 'vllm 0.32.0'],
  [
    { name: 'llama-cpp', version: 'llama.cpp v0.5.0, node-llama-cpp 3.22.1' },
    'llama.cpp v0.5.0, node-llama-cpp 3.22.1',
  ],
  [{ name: 'vllm' }, 'vllm'],
])('%j reads %s', (engine, text) => {
  expect(describeEngine(engine)).toBe(text)
})
