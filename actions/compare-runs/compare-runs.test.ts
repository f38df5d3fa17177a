import { cp } from 'node:fs/promises'
import { comparisonSchema, rubricSchema, parseYaml, type Comparison } from 'registry'
import { promptSha256 } from 'registry/node'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { startVllmProtocolServer } from '../../test/servers/vllm-protocol-server.ts'
import { makeLedger, type TestLedger } from '../../test/support/make-ledger.ts'
import { runTestBatch } from '../../test/support/run-test-batch.ts'
import { compareRuns, type CompareInputs } from './compare-runs.ts'

const scale = ['Strong No', 'No', 'Maybe', 'Yes', 'Strong Yes']
const says = (value: string) => JSON.stringify({ recommendation: { value, reasoning: `because ${value}` } })

/** A real run of a model (made known first), its bundle laid into results/. `answers` are by item; null is a refusal. */
async function runWith(
  ledger: TestLedger,
  model: string,
  answers: readonly (string | null)[],
  more: { at?: string; limit?: number; rubric?: string; concurrency?: number } = {},
): Promise<string> {
  await ledger.write(`registry/models/${model}.yaml`, `name: ${model.toUpperCase()}\nhub_id: test/${model}\n`)
  const itemOf = (body: unknown) => Number(/years\\?":(\d+)/.exec(JSON.stringify(body))?.[1] ?? 0)
  await using server = await startVllmProtocolServer({
    models: [`test/${model}`],
    answer: (body) => answers[itemOf(body)] ?? '',
    fault: (body) =>
      answers[itemOf(body)] === null ? { status: 400, body: { error: { message: 'refused', code: 400 } } } : undefined,
  })
  const { at = '2026-11-20T08:00:00Z', limit, rubric, concurrency = 3 } = more
  const outcome = await runTestBatch(ledger, {
    baseUrl: server.baseUrl,
    inputs: {
      model,
      concurrency,
      ...(limit === undefined ? {} : { limit }),
      ...(rubric === undefined ? {} : { rubric }),
    },
    deps: { now: () => new Date(at), again: true },
  })
  await cp(outcome.folder, ledger.folder, { recursive: true })
  return outcome.meta.run_id
}

async function compare(ledger: TestLedger, inputs: Partial<CompareInputs> = {}): Promise<Comparison> {
  const comparison = await compareRuns({ ledger: ledger.folder, ...inputs })
  return comparisonSchema.parse(comparison)
}

const fieldOf = (comparison: Comparison) => comparison.fields[0]!

test('by default the newest completed run of each model, joined by custom_id, every item counted', async () => {
  const ledger = await makeLedger(6)
  await runWith(ledger, 'alpha', Array(6).fill(says('No')), { at: '2026-11-19T08:00:00Z' })
  const alpha = await runWith(ledger, 'alpha', ['Yes', 'Yes', 'No', 'Maybe', 'Yes', 'No'].map(says))
  const beta = await runWith(ledger, 'beta', [says('Yes'), says('No'), says('No'), 'what?', says('yes'), null])
  await runWith(ledger, 'gamma', Array(2).fill(says('No')), { limit: 2 })
  const comparison = await compare(ledger)
  expect(comparison.runs.map(({ run_id: runId, name }) => [name, runId])).toEqual([
    ['A', alpha],
    ['B', beta],
  ])
  const field = fieldOf(comparison)
  expect(field.items).toEqual({ total: 6, agree: 2, disagree: 1, error: 3 })
  expect(field.runs[1]).toMatchObject({
    usable: 3,
    repaired: 1,
    unusable: { no_json: 1, repaired: 1, request_error: 1 },
    values: { 'Strong No': 0, No: 2, Maybe: 0, Yes: 1, 'Strong Yes': 0 },
  })
  const [pair] = field.pairs
  expect(pair?.usable).toMatchObject({
    paired: 3,
    equal: 2,
    dropped: { no_json: 1, repaired: 1, request_error: 1 },
    raw: { value: 2 / 3 },
    strict: { value: 2 / 6 },
  })
  expect(pair?.with_repaired).toMatchObject({ paired: 4, equal: 3, dropped: { no_json: 1, request_error: 1 } })
  // ranks 3 and 1 apart once in three items, over the scale's four steps
  expect(pair?.usable.distance).toBeCloseTo(2 / 4 / 3, 12)
  expect(comparison.items.listed).toEqual([
    { position: 2, custom_id: 'person-2', distance: 0.5, verdicts: ['Yes', 'No'] },
  ])
})

test('a run that holds only some rows: the others are missing, and it is told', async () => {
  const ledger = await makeLedger(4)
  const whole = await runWith(ledger, 'alpha', Array(4).fill(says('Yes')))
  const part = await runWith(ledger, 'beta', Array(4).fill(says('Yes')), { limit: 1 })
  const comparison = await compare(ledger, { runs: [whole, part] })
  expect(fieldOf(comparison).pairs[0]?.usable).toMatchObject({
    paired: 1,
    dropped: { missing: 3 },
    strict: { value: 0.25 },
  })
  expect(comparison.warnings).toContainEqual(expect.stringContaining(`${part} is partial: 1 of 4 rows were answered`))
})

test('runs that were asked something else are refused with the reason; force compares and marks them', async () => {
  const ledger = await makeLedger(3)
  const alpha = await runWith(ledger, 'alpha', Array(3).fill(says('Yes')))
  const text = await readFile(join(ledger.folder, 'registry/rubrics/verdict_v1.yaml'), 'utf8')
  await ledger.write(
    'registry/rubrics/verdict_v2.yaml',
    text.replace('more years are better', 'fewer years are better'),
  )
  const beta = await runWith(ledger, 'beta', Array(3).fill(says('No')), { rubric: 'verdict_v2' })
  const runs = [alpha, beta]
  await expect(compare(ledger, { runs })).rejects.toMatchObject({
    message: 'these runs are not comparable',
    problems: [expect.stringMatching(/^prompt digest: .*\(alpha-.*\); .*\(beta-/), expect.stringContaining('--force')],
  })
  const forced = await compare(ledger, { runs, force: true })
  expect(forced.forced).toHaveLength(1)
  expect(fieldOf(forced).items.disagree).toBe(3)
})

test('speeds are compared only where all that decides them is alike', async () => {
  const ledger = await makeLedger(3)
  await runWith(ledger, 'alpha', Array(3).fill(says('Yes')))
  await runWith(ledger, 'beta', Array(3).fill(says('Yes')))
  const alike = await compare(ledger)
  expect(alike.pareto.not_comparable).toEqual([])
  expect(alike.pareto.runs.filter(({ on_front: front }) => front)).not.toHaveLength(0)
  await runWith(ledger, 'beta', Array(3).fill(says('Yes')), { at: '2026-11-21T08:00:00Z', concurrency: 2 })
  const { pareto } = await compare(ledger)
  expect(pareto.not_comparable).toEqual([expect.stringMatching(/^concurrency: 3 \(alpha-.*\); 2 \(beta-/)])
  expect(pareto.runs.map(({ on_front: front }) => front)).toEqual([null, null])
})

async function writeLabels(ledger: TestLedger, labels: readonly object[]): Promise<void> {
  const rubric = parseYaml(
    await readFile(join(ledger.folder, 'registry/rubrics/verdict_v1.yaml'), 'utf8'),
    'r',
    rubricSchema,
  ).value!
  const whole = labels.map((label) => ({
    field: 'recommendation',
    rater: 'ann',
    date: '2026-11-24',
    prompt_sha256: promptSha256(rubric),
    selection: 'random',
    ...label,
  }))
  await ledger.write('registry/labels/people.jsonl', whole.map((label) => `${JSON.stringify(label)}\n`).join(''))
  const entry = await readFile(join(ledger.folder, 'registry/datasets/people.yaml'), 'utf8')
  await ledger.write('registry/datasets/people.yaml', `${entry}labels: registry/labels/people.jsonl\n`)
}

test('labels: an unusable verdict is wrong, items picked by disagreement stand apart, other prompts don’t count', async () => {
  const ledger = await makeLedger(6)
  await runWith(ledger, 'alpha', ['Yes', 'Yes', 'No', 'Maybe', 'Yes', 'No'].map(says))
  await runWith(ledger, 'beta', [says('Yes'), says('No'), 'what?', says('Maybe'), says('yes'), says('Yes')])
  await writeLabels(ledger, [
    { custom_id: 'person-1', value: 'Yes' },
    { custom_id: 'person-2', value: 'Yes' },
    { custom_id: 'person-2', value: 'Yes', rater: 'bob' },
    { custom_id: 'person-3', value: 'No' },
    { custom_id: 'person-3', value: 'Maybe', rater: 'bob' },
    { custom_id: 'person-4', value: 'No' },
    { custom_id: 'person-5', value: 'Yes' },
    { custom_id: 'person-6', value: 'No', selection: 'disagreement' },
    { custom_id: 'person-6', value: 'Yes', prompt_sha256: 'f'.repeat(64), rater: 'eve' },
  ])
  const { labels, differences, ranking } = fieldOf(await compare(ledger))
  expect(labels).toMatchObject({ raters: ['ann', 'bob'], labelled: 4, by_disagreement: 1, split: 1, other_prompt: 1 })
  expect(labels?.commonest).toEqual({ value: 'Yes', count: 3 })
  expect(
    labels?.runs.map(({ usable, with_repaired: more, by_disagreement: apart }) => [
      usable.correct,
      more.correct,
      apart,
    ]),
  ).toEqual([
    [3, 3, { labelled: 1, correct: 1 }],
    [1, 2, { labelled: 1, correct: 0 }],
  ])
  expect(labels?.ceiling).toMatchObject([{ raters: ['ann', 'bob'], agreement: { paired: 2, equal: 1, dropped: {} } }])
  expect(differences).toMatchObject({
    of: 'accuracy',
    pairs: [{ items: 4, only_a: 2, only_b: 0, difference: 0.5, p: 0.5 }],
  })
  // person-5 is repaired in beta, so it is out of the ranking
  expect(ranking).toMatchObject({ by: 'accuracy', items: 3 })
})

test('a label with a value the scale doesn’t hold, or of a field that isn’t there, is refused', async () => {
  const ledger = await makeLedger(2)
  await runWith(ledger, 'alpha', Array(2).fill(says('Yes')))
  await writeLabels(ledger, [
    { custom_id: 'person-1', value: 'Perhaps' },
    { custom_id: 'person-2', value: 'Yes', field: 'verdict' },
  ])
  await expect(compare(ledger)).rejects.toMatchObject({
    problems: [expect.stringContaining('"Perhaps"'), expect.stringContaining('field is verdict')],
  })
})

test('the same model again shows how far a run agrees with itself', async () => {
  const ledger = await makeLedger(4)
  const first = await runWith(ledger, 'alpha', ['Yes', 'Yes', 'No', 'No'].map(says), { at: '2026-11-19T08:00:00Z' })
  const again = await runWith(ledger, 'alpha', ['Yes', 'Yes', 'No', 'Maybe'].map(says))
  await runWith(ledger, 'beta', ['Yes', 'No', 'No', 'No'].map(says))
  const { replicates } = fieldOf(await compare(ledger))
  expect(replicates).toMatchObject([{ run_id: again, again: first, usable: { paired: 4, equal: 3 } }])
})

test('filters: kinds, what runs say by letter, slug or id, statuses; every part that means nothing is told', async () => {
  const ledger = await makeLedger(5)
  await runWith(ledger, 'alpha', ['Yes', 'Yes', 'No', 'Maybe', 'Yes'].map(says))
  await runWith(ledger, 'beta', [says('Yes'), says('No'), says('No'), 'what?', says('Strong Yes')])
  const positions = async (filter: string) =>
    (await compare(ledger, { filter })).items.listed.map(({ position }) => position)
  expect(await positions('agree')).toEqual([1, 3])
  expect(await positions('disagree')).toEqual([2, 5])
  expect(await positions('error')).toEqual([4])
  expect(await positions('a=Yes,B=No')).toEqual([2])
  expect(await positions('alpha=Yes')).toEqual([2, 5, 1])
  expect(await positions('beta=no_json')).toEqual([4])
  expect(await positions('A=Maybe, B=unusable')).toEqual([4])
  await expect(positions('A=Perhaps,X=Yes')).rejects.toMatchObject({
    problems: [
      expect.stringContaining('"Perhaps" is no verdict'),
      expect.stringContaining('"X" is none of the runs: A (alpha), B (beta)'),
    ],
  })
  await expect(positions('nonsense')).rejects.toMatchObject({
    problems: [expect.stringContaining('expected agree, disagree, error, or RUN=VALUE')],
  })
})

test('an item side by side: values, reasoning, the answer where it could not be read', async () => {
  const ledger = await makeLedger(3)
  const [alpha, beta] = [
    await runWith(ledger, 'alpha', Array(3).fill(says('Yes'))),
    await runWith(ledger, 'beta', [says('Yes'), says('No'), 'I would not say']),
  ]
  const { item } = await compare(ledger, { item: 'person-2' })
  expect(item).toMatchObject({
    position: 2,
    custom_id: 'person-2',
    record: [
      { name: 'custom_id', value: 'person-2' },
      { name: 'years', value: '1' },
    ],
    fields: [
      {
        field: 'recommendation',
        differs: true,
        runs: [
          { run_id: alpha, value: 'Yes', reasoning: 'because Yes' },
          { run_id: beta, value: 'No', reasoning: 'because No' },
        ],
      },
    ],
    answers: [],
  })
  const third = (await compare(ledger, { item: '#3' })).item
  expect(third?.answers).toEqual([{ run_id: beta, text: 'I would not say' }])
  await expect(compare(ledger, { item: 'nobody' })).rejects.toThrow('no such item')
})

test('a cascade: what is sent on, what it costs, what it agrees; chance beside it', async () => {
  const ledger = await makeLedger(5)
  await runWith(ledger, 'alpha', [says('No'), says('No'), says('Maybe'), says('Yes'), 'what?'])
  await runWith(ledger, 'beta', ['No', 'No', 'Yes', 'Yes', 'No'].map(says))
  const { cascade } = await compare(ledger, { cascade: ['A', 'beta'] })
  // every unbroken stretch of five values, and nothing
  expect(cascade?.steps).toHaveLength(16)
  const step = (...ask: string[]) => cascade?.steps.find((one) => one.ask.join() === ask.join())
  expect(step()).toMatchObject({ asked: 1, agreement: 4 / 5, at_random: 4 / 5, on_front: false })
  expect(step('Maybe')).toMatchObject({ asked: 2, share_of_items: 2 / 5, agreement: 1, on_front: true })
  expect(step('Maybe')?.at_random).toBeCloseTo(0.8 + 0.2 / 4, 12)
  expect(step('No')).toMatchObject({ asked: 3, agreement: 4 / 5, on_front: false })
  expect(step(...scale)).toMatchObject({ asked: 5, agreement: 1, share_of_cost: 1 })
  await expect(compare(ledger, { cascade: ['A', 'A'] })).rejects.toThrow('no such cascade')
})

test('personal data: neither ids nor texts unless asked for', async () => {
  const ledger = await makeLedger(3)
  const entry = await readFile(join(ledger.folder, 'registry/datasets/people.yaml'), 'utf8')
  await ledger.write(
    'registry/datasets/people.yaml',
    entry.replace('privacy: synthetic', 'privacy: personal').replace('location: ledger', 'location: lfs'),
  )
  await runWith(ledger, 'alpha', Array(3).fill(says('Yes')))
  await runWith(ledger, 'beta', Array(3).fill(says('No')))
  const comparison = await compare(ledger)
  expect(comparison.dataset.privacy).toBe('personal')
  expect(comparison.items.listed).toHaveLength(3)
  expect(JSON.stringify(comparison)).not.toMatch(/person-\d/)
  await expect(compare(ledger, { item: '#2' })).rejects.toThrow('the item’s text is personal')
  expect((await compare(ledger, { withIds: true })).items.listed[0]?.custom_id).toBe('person-1')
})

test('what can’t be chosen is told: unknown runs, datasets, models, fields; one run alone', async () => {
  const ledger = await makeLedger(2)
  const alpha = await runWith(ledger, 'alpha', Array(2).fill(says('Yes')))
  await expect(compare(ledger, { runs: ['x', 'y'] })).rejects.toMatchObject({
    problems: [expect.stringContaining('"x" is not in'), expect.stringContaining('"y" is not in')],
  })
  await expect(compare(ledger, { dataset: 'cats' })).rejects.toThrow('no runs on this dataset')
  await expect(compare(ledger, { models: ['alpha', 'beta'] })).rejects.toMatchObject({
    problems: [expect.stringContaining('"beta": completed on people are alpha')],
  })
  await expect(compare(ledger, { runs: [alpha] })).rejects.toThrow('nothing to compare')
  await runWith(ledger, 'beta', Array(2).fill(says('Yes')))
  await expect(compare(ledger, { field: 'x' })).rejects.toMatchObject({
    problems: [expect.stringContaining('these runs have recommendation')],
  })
})
