import { expect, test } from 'vitest'
import { tellApart } from './tell-apart.ts'

const run = (runId: string, slug: string, sampling: Record<string, string>, more = {}) => ({
  runId,
  slug,
  sampling,
  engine: 'vllm 0.11.0',
  configuration: { concurrency: '8' },
  ...more,
})

test('runs of one model by what differs among them, engine and configuration too', () => {
  const told = tellApart([
    run('a2', 'a', { temperature: '0.7', seed: '1' }),
    run('a1', 'a', { temperature: '0' }, { engine: 'vllm 0.10.2', configuration: { concurrency: '4' } }),
    run('b1', 'b', { temperature: '1' }),
  ])
  expect(Object.fromEntries(told)).toEqual({
    a2: ['engine vllm 0.11.0', 'temperature 0.7', 'seed 1', 'concurrency 8'],
    a1: ['engine vllm 0.10.2', 'temperature 0', 'seed not set', 'concurrency 4'],
  })
})

test('what only one engine knows does not tell its runs from another engine’s', () => {
  const vllm = (dtype: string) => ({ configuration: { dtype, order: 'prefix' } })
  const llama = { engine: 'llama.cpp v0.5.0', configuration: { threads: '2', order: 'input' } }
  const two = tellApart([run('a2', 'a', {}, vllm('float32')), run('a1', 'a', {}, llama)])
  expect(Object.fromEntries(two)).toEqual({
    a2: ['engine vllm 0.11.0', 'order prefix'],
    a1: ['engine llama.cpp v0.5.0', 'order input'],
  })
  const three = [run('a3', 'a', {}, vllm('float16')), run('a2', 'a', {}, vllm('float32')), run('a1', 'a', {}, llama)]
  expect(tellApart(three).get('a3')).toEqual(['engine vllm 0.11.0', 'dtype float16', 'order prefix'])
  expect(tellApart(three).get('a1')).toEqual(['engine llama.cpp v0.5.0', 'order input'])
})

test('the same settings: nothing but the date tells them apart', () => {
  expect(tellApart([run('a2', 'a', {}), run('a1', 'a', {})]).get('a1')).toEqual([])
})
