import fc from 'fast-check'
import { readCatalog } from 'registry/node'
import { expect, test } from 'vitest'
import { makeLedger } from '../../test/support/make-ledger.ts'
import { readDispatch, writeDispatch, type DispatchInputs } from './read-dispatch.ts'

type Read = (inputs: Partial<DispatchInputs>) => ReturnType<typeof readDispatch>

/** Reads dispatches against the catalog of a test's own ledger. */
async function reader(): Promise<Read> {
  const catalog = await readCatalog((await makeLedger(3)).folder)
  catalog.policy.engines['big-server'] = { base_url: 'http://10.0.0.7:8000/v1' }
  return (inputs) => readDispatch({ models: 'tiny', dataset: 'people', ...inputs }, catalog)
}

test('a dispatch names runs: models by shards, each of which is a dispatch of its own', async () => {
  const read = await reader()
  expect(read({}).requests).toEqual([{ model: 'tiny', dataset: 'people', engine: 'llama-cpp' }])
  const { requests } = read({ shards: '3', limit: '2', engine: 'big-server', note: 'second try', assignee: 'ada' })
  expect(requests.map(({ shard }) => shard)).toEqual([0, 1, 2].map((index) => ({ index, count: 3 })))
  for (const request of requests) {
    const again = writeDispatch(request)
    expect(read(again)).toEqual({ requests: [request], problems: [] })
  }
  expect(read({ models: ' tiny , ' }).requests).toHaveLength(1)
})

test('everything wrong with a dispatch is told at once, each with what is expected', async () => {
  const read = await reader()
  const { requests, problems } = read({
    models: 'tiny,tiny,nobody',
    dataset: 'nothing',
    rubric: 'none',
    limit: '0',
    shards: '3/2',
    engine: 'http://evil.example/v1',
    note: 'a\nb',
    assignee: '@everyone',
  })
  expect(requests).toEqual([])
  const text = problems.join('\n')
  expect(text).toMatch(/models: names "tiny" twice/)
  expect(text).toMatch(/models: "nobody" is not in registry\/models\/; known: tiny/)
  expect(text).toMatch(/dataset: "nothing" is not in registry\/datasets\/; known: people/)
  expect(text).toMatch(/rubric: "none" is not in registry\/rubrics/)
  expect(text).toMatch(/limit: is "0", expected a whole number from 1/)
  expect(text).toMatch(/shards: is "3\/2", expected i\/n/)
  expect(text).toMatch(/engine: is "http:\/\/evil.example\/v1", expected llama-cpp or vllm or big-server/)
  expect(text).toMatch(/note: holds line breaks/)
  expect(text).toMatch(/assignee: is "@everyone", expected a login/)
  expect(problems).toHaveLength(9)
})

const hostile = [
  '',
  ' ',
  '$(touch /tmp/x)',
  '`id`',
  'tiny; rm -rf /',
  'tiny && true',
  "tiny'",
  'tiny"',
  'tiny\nnobody',
  '::set-env name=PATH::/tmp',
  '../../etc/passwd',
  'tiny/../tiny',
  '..',
  '--upload-pack=sh',
  '-rf',
  'tiny\0',
  '${{ secrets.GITHUB_TOKEN }}',
  'x'.repeat(10_000),
  '__proto__',
  'constructor',
]

test.each(hostile)('a hostile input is refused wherever it stands: %j', async (text) => {
  const read = await reader()
  for (const name of ['models', 'dataset', 'rubric', 'limit', 'shards', 'engine', 'assignee'] as const) {
    if (text.trim() === '' && name !== 'models' && name !== 'dataset') continue
    if (text === 'constructor' && name === 'assignee') continue
    const { requests, problems } = read({ [name]: text })
    expect(requests).toEqual([])
    expect(problems.length).toBeGreaterThan(0)
    for (const problem of problems) {
      expect(problem.length).toBeLessThan(1000)
      expect(problem).not.toMatch(/[\n\0]/)
    }
  }
})

test('no input at all can name what the catalog doesn’t have', async () => {
  const read = await reader()
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom('models', 'dataset', 'rubric', 'engine'),
      (text, name) => {
        fc.pre(
          !['tiny', 'people', 'verdict_v1', 'llama-cpp', 'big-server'].includes(text.trim().replaceAll(',', '').trim()),
        )
        expect(read({ [name]: text }).requests).toEqual([])
      },
    ),
  )
})
