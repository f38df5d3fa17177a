import { expect, test } from 'vitest'
import { groupByPrompt } from './group-by-prompt.ts'
import type { RunPage } from './page-data.ts'

function run(id: string, prompt: string | undefined, sha256 = 'one'): RunPage {
  const dataset = { sha256, rubric: 'r', ...(prompt === undefined ? {} : { prompt_sha256: prompt }) }
  return { meta: { run_id: id, dataset } } as unknown as RunPage
}

const runs = [run('e', 'new'), run('d', 'old'), run('c', undefined), run('b', 'old', 'two'), run('a', 'old')]
const told = (first?: string) =>
  groupByPrompt(runs, first).map(({ runs: group, apart }) => [group.map(({ meta }) => meta.run_id).join(), apart])

test('runs asked the same about the same stand together, the newest group first', () => {
  expect(told()).toEqual([
    ['e', undefined],
    ['d,a', 'another prompt'],
    ['c', 'nobody recorded what the model was asked'],
    ['b', 'another version of the dataset'],
  ])
})

test('the group of the run that is named comes first, and the others are told against it', () => {
  expect(told('a').slice(0, 2)).toEqual([
    ['d,a', undefined],
    ['e', 'another prompt'],
  ])
  expect(told('c')[1]).toEqual(['e', 'nobody recorded what the others were asked'])
  expect(groupByPrompt([])).toEqual([])
})
