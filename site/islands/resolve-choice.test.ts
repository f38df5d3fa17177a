import { expect, test } from 'vitest'
import type { CompareIndex, CompareRun } from '../data/compare-data.ts'
import { resolveChoice } from './resolve-choice.ts'

const index: CompareIndex = {
  dataset: { id: 'd', title: 'D', page: 'd' },
  sets: [
    { datasetSha256: 's1', promptSha256: 'aaaaaaaaaa', fields: [] },
    { datasetSha256: 's1', promptSha256: 'bbbbbbbbbb', fields: [] },
    { datasetSha256: 's0', promptSha256: 'aaaaaaaaaa', fields: [] },
    { datasetSha256: 's1', fields: [] },
    { datasetSha256: 's1', fields: [], problem: 'rubric not in the catalog' },
  ],
  runs: [run('r1', 0), run('r2', 0), run('prompt', 1), run('data', 2), run('silent', 3), run('lost', 4, false)],
  preselected: ['r1'],
}

test('columns stand in the list’s order, whatever the address’s', () => {
  expect(resolveChoice(index, ['r2', 'r1']).runs.map(({ runId }) => runId)).toEqual(['r1', 'r2'])
})

test('the first asked run decides; the others that aren’t comparable say why', () => {
  const { runs, refused, blocked } = resolveChoice(index, ['r1', 'prompt', 'data', 'silent', 'lost', 'nobody'])
  expect(runs.map(({ runId }) => runId)).toEqual(['r1'])
  expect(refused).toEqual([
    'prompt: not comparable: another prompt (prompt_sha256 bbbbbbbb…, the ticked runs have aaaaaaaa…)',
    'data: not comparable: it judged another version of the dataset',
    'silent: not comparable: its prompt is not recorded',
    'lost: rubric not in the catalog',
    'nobody: no such run of this dataset',
  ])
  expect([...blocked.keys()]).toEqual(['prompt', 'data', 'silent', 'lost'])
})

test('with nothing ticked only runs without verdicts are blocked', () => {
  expect([...resolveChoice(index, []).blocked.keys()]).toEqual(['lost'])
})

test('an address without runs takes the preselected', () => {
  expect(resolveChoice(index, undefined).runs.map(({ runId }) => runId)).toEqual(['r1'])
})

test('a ninth run is refused', () => {
  const many = { ...index, runs: Array.from({ length: 9 }, (_, place) => run(`m${place}`, 0)) }
  const choice = resolveChoice(
    many,
    many.runs.map(({ runId }) => runId),
  )
  expect(choice.runs).toHaveLength(8)
  expect(choice.refused).toEqual(['m8: at most 8 runs stand side by side'])
})

function run(runId: string, set: number, hasColumns = true): CompareRun {
  return {
    runId,
    page: runId,
    model: runId,
    slug: runId,
    status: 'completed',
    startedAt: '2026-11-24T00:00:00Z',
    sampling: {},
    configuration: {},
    engine: 'openai',
    set,
    ...(hasColumns ? { columns: `data/columns/${runId}.json` } : {}),
  }
}
