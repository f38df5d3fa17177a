import { expect, test } from 'vitest'
import { examineCounts, examineModel, examineTimes } from './cross-examine.ts'
import type { Claim } from './source-row.ts'

const models = new Map([['qwen-3-4b', { name: 'Qwen 3-4B', hub_id: 'Qwen/Qwen3-4B-Instruct-2507' }]])
const created = { first: 1_741_942_800, last: 1_741_946_400 }
const claim = (field: string, value: string | number, from: Claim['from'] = 'meta'): Claim => ({ field, value, from })

test.each<[string, string | undefined, Claim[], string, string, number]>([
  ['rows decide', 'google/gemma-3-4b-it', [claim('model', 'qwen3_4b', 'file name')], 'gemma-3-4b-it', 'rows', 1],
  [
    'a short name can mean it',
    'Qwen/Qwen3-4B-Instruct-2507',
    [claim('model', 'qwen3', 'folder')],
    'qwen-3-4b',
    'rows',
    0,
  ],
  ['a served name', '/models/Qwen3-4B', [claim('model', 'Qwen 3-4B')], 'qwen-3-4b', 'rows', 0],
  [
    'no row says it',
    undefined,
    [claim('model', 'x-1b', 'index'), claim('model', 'qwen3_4b', 'file name')],
    'qwen-3-4b',
    'file name',
    1,
  ],
])('model: %s', (_name, observed, claims, slug, from, conflicts) => {
  const said = examineModel(observed, claims, models)
  expect(said).toMatchObject({ model: { slug }, from })
  expect(said?.conflicts).toHaveLength(conflicts)
})

test('nobody says the model', () => {
  expect(examineModel(undefined, [], models)).toBeUndefined()
})

test('times that the rows bear out are taken; figures that fit neither rows nor each other are not', () => {
  const meta = [
    claim('execution.started_at', '2025-03-14T08:59:30Z'),
    claim('execution.completed_at', '2025-03-14T10:00:30Z'),
    claim('execution.duration_seconds', 3605),
  ]
  expect(examineTimes(created, [...meta, claim('elapsed', '1h 1m')], 0)).toEqual({
    startedAt: created.first - 30,
    completedAt: created.last + 30,
    durationSeconds: 3605,
    knownFrom: {
      'execution.started_at': 'meta',
      'execution.completed_at': 'meta',
      'execution.duration_seconds': 'meta',
    },
    conflicts: [],
  })
  const lies = [
    claim('execution.started_at', '2024-03-14T08:59:30Z'),
    claim('execution.duration_seconds', 60),
    claim('elapsed', '5m'),
  ]
  const found = examineTimes(created, lies, 0)
  expect(found).toMatchObject({ startedAt: created.first, completedAt: created.last })
  expect(found).not.toHaveProperty('durationSeconds')
  expect(found.conflicts.map(({ field }) => field)).toEqual([
    'execution.started_at',
    'execution.elapsed',
    'execution.duration_seconds',
  ])
})

test('a source that says no time has that of its file, and nothing else', () => {
  expect(examineTimes(undefined, [], 77)).toEqual({
    startedAt: 77,
    knownFrom: { 'execution.started_at': 'file time' },
    conflicts: [],
  })
})

test('a meta that claims 5,000 over 4,999 rows', () => {
  const counted = {
    total: 4999,
    success: 4999,
    errors: 0,
    status: 'completed' as const,
    promptTokens: 100.25,
    dataset: { name: 'batch_5k.jsonl', known: true },
  }
  const claims = [
    claim('results.total', '5,000'),
    claim('results.success', 5000),
    claim('results.errors', 0),
    claim('results.success_rate', 100),
    claim('results.avg_prompt_tokens', 100.3),
    claim('results.avg_completion_tokens', 7),
    claim('status', 'failed'),
    claim('dataset.name', 'other.jsonl'),
  ]
  expect(examineCounts(counted, claims).map(({ field, claimed, observed }) => [field, claimed, observed])).toEqual([
    ['results.total', '5,000', 4999],
    ['results.success', 5000, 4999],
    ['status', 'failed', 'completed'],
    ['dataset.name', 'other.jsonl', 'batch_5k.jsonl'],
  ])
})
