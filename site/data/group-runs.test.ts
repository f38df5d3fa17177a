import type { LedgerRun } from 'registry/node'
import type { Rubric } from 'registry'
import { expect, test } from 'vitest'
import { groupRuns, preselect } from './group-runs.ts'

const rubrics = new Map([['routing', { title: 'Routing' } as Rubric]])

test('runs stand together when dataset digest and prompt are the same, whatever their rubric is called', () => {
  const [group, ...others] = groupRuns(
    [run('new', { prompt: 'p1', rubric: 'renamed' }), run('old', { prompt: 'p1' }), run('odd', { prompt: 'p2' })],
    { rubrics },
  )
  expect(others).toEqual([])
  expect(group?.sets.map(({ runs }) => runs.map(({ meta }) => meta.run_id))).toEqual([['new', 'old'], ['odd']])
  expect(group?.sets[0]?.named).toEqual(['renamed', 'routing'])
  expect(group?.sets[0]?.rubric?.id).toBe('routing')
})

test('another version of the dataset is another set', () => {
  const [group] = groupRuns([run('a', { sha: 's1' }), run('b', { sha: 's2' })], { rubrics })
  expect(group?.sets).toHaveLength(2)
})

test('two runs that don’t say which prompt they used are comparable with nothing', () => {
  const [group] = groupRuns([run('a', { prompt: undefined }), run('b', { prompt: undefined })], { rubrics })
  expect(group?.sets).toHaveLength(2)
})

test('a rubric the catalog lacks leaves the set without one', () => {
  const [group] = groupRuns([run('a', { rubric: 'retired' })], { rubrics })
  expect(group?.sets[0]).toMatchObject({ named: ['retired'] })
  expect(group?.sets[0]?.rubric).toBeUndefined()
})

test('datasets come by id', () => {
  const groups = groupRuns([run('a', { dataset: 'zoo.jsonl' }), run('b', { dataset: 'ant.v2.jsonl' })], { rubrics })
  expect(groups.map(({ id }) => id)).toEqual(['ant.v2', 'zoo'])
})

test('preselected are the newest completed runs of each model, where two can be compared', () => {
  const lonely = { runs: [run('z', { model: 'm1' })] }
  const pair = {
    runs: [
      run('e', { model: 'm3', status: 'failed' }),
      run('d', { model: 'm2' }),
      run('c', { model: 'm1', status: 'partial' }),
      run('b', { model: 'm1' }),
      run('a', { model: 'm1' }),
    ],
  }
  expect(preselect([lonely, pair])).toEqual(['d', 'b'])
  expect(preselect([lonely])).toEqual(['z'])
  expect(preselect([{ runs: [run('f', { status: 'failed' })] }])).toEqual([])
})

interface Said {
  dataset?: string
  sha?: string
  prompt?: string | undefined
  rubric?: string
  model?: string
  status?: string
}

function run(id: string, said: Said = {}): LedgerRun {
  const prompt = 'prompt' in said ? said.prompt : 'p1'
  return {
    metaPath: `results/${id}.meta.json`,
    meta: {
      run_id: id,
      status: said.status ?? 'completed',
      model: { slug: said.model ?? 'm1' },
      dataset: {
        name: said.dataset ?? 'tickets.jsonl',
        sha256: said.sha ?? 's1',
        rubric: said.rubric ?? 'routing',
        ...(prompt === undefined ? {} : { prompt_sha256: prompt }),
      },
    },
  } as unknown as LedgerRun
}
