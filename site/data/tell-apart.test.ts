import type { RunMeta } from 'registry'
import { expect, test } from 'vitest'
import { tellApart } from './tell-apart.ts'

type Told = Pick<RunMeta, 'run_id' | 'model' | 'dataset' | 'execution'>

function run(id: string, slug: string, execution: object): Told {
  return {
    run_id: id,
    model: { name: slug, id: slug, slug },
    dataset: { name: 'd.jsonl', count: 1, sha256: '', privacy: 'public', rubric: 'r1' },
    execution: { engine: { name: 'vllm', args: {} }, sampling: { temperature: 0, max_tokens: 9 }, ...execution },
  } as unknown as Told
}

test('only what differs between the runs of one model is told, absent values too', () => {
  const told = tellApart([
    run('a1', 'a', { concurrency: 4, order: 'input' }),
    run('a2', 'a', { concurrency: 8, order: 'input', engine: { name: 'vllm', args: { max_model_len: 2048 } } }),
    run('b1', 'b', { concurrency: 64 }),
    run('c1', 'c', { sampling: { temperature: 0.7, max_tokens: 9, top_k: 5 } }),
    run('c2', 'c', {}),
    run('d1', 'd', {}),
    run('d2', 'd', {}),
  ])
  expect(Object.fromEntries(told)).toEqual({
    a1: ['concurrency 4', 'max_model_len not set'],
    a2: ['concurrency 8', 'max_model_len 2048'],
    b1: [],
    c1: ['temperature 0.7', 'top_k 5'],
    c2: ['temperature 0', 'top_k not set'],
    d1: [],
    d2: [],
  })
})
