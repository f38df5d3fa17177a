import { verdictStatuses, type AlignedRun, type Label } from 'registry'
import { expect, test } from 'vitest'
import type { AgreementRun } from './agreement-data.ts'
import { figureAgreement, finish } from './figure-agreement.ts'
import { redactAgreement } from './redact-agreement.ts'

const ok = verdictStatuses.indexOf('ok')
const prompt = 'a'.repeat(64)

function runOf(name: string, says: string, concurrency: number): AgreementRun & { columns: AlignedRun } {
  const codes = Int32Array.from(says, (one) => ['x', 'y'].indexOf(one))
  return {
    about: {
      run_id: `${name}-1`,
      status: 'completed',
      model: { slug: name, name: `/home/${name}/weights` },
      dataset: { name: 'd.jsonl', sha256: 'b'.repeat(64), prompt_sha256: prompt },
      execution: {
        started_at: '2026-11-24T08:00:00Z',
        duration_seconds: 2,
        req_per_sec: 2,
        sampling: { temperature: concurrency, max_tokens: 5, secret: `/home/${name}` },
        concurrency,
        order: 'input',
        engine: { name: 'vllm', args: { path: `/home/${name}` } },
        host: { platform: 'linux' },
        segments: [],
      },
      results: { total: 4, success: 4 },
    },
    tokens: { prompt: 0, output: 0 },
    rubric: 'r',
    columns: {
      fields: new Map([['v', { statuses: new Uint8Array(4).fill(ok), codes }]]),
      rows: Int32Array.from([0, 1, 2, 3]),
      tokens: new Float64Array(4),
    },
  }
}

const label = (position: number, rater: string, value: string): Omit<Label, 'custom_id'> & { position: number } => ({
  position,
  field: 'v',
  value,
  rater,
  date: '2026-11-24',
  prompt_sha256: prompt,
  selection: 'all',
})

test('figures stay, but no rater’s name and no value of a setting', () => {
  const figures = finish(
    figureAgreement({
      count: 4,
      fields: { v: { type: 'nominal', path: '/v', required: true, primary: true, scale: ['x', 'y'] } },
      runs: [runOf('one', 'xxyy', 1), runOf('two', 'xyyy', 2)],
      labels: [label(0, 'Ada Lovelace', 'x'), label(0, 'Mary Somerville', 'x'), label(1, 'Ada Lovelace', 'y')],
      replicates: [],
    }),
  )
  expect(JSON.stringify(figures)).toMatch(/Ada.*home|home.*Ada/)
  const redacted = redactAgreement(figures)
  expect(JSON.stringify(redacted)).not.toMatch(/Ada|Mary|home/)
  const [field] = redacted.fields
  expect(field?.comparison.labels?.ceiling[0]?.raters).toEqual(['rater 1', 'rater 2'])
  expect(field?.comparison.pairs).toEqual(figures.fields[0]?.comparison.pairs)
  expect(field?.confusion).toEqual([
    [
      [1, 1, 0],
      [0, 2, 0],
      [0, 0, 0],
    ],
  ])
  expect(redacted.warnings).toEqual(['sampling temperature: not the same for all', 'sampling: not the same for all'])
  expect(redacted.speedProblems).toEqual([
    'engine arguments: not the same for all',
    'concurrency: not the same for all',
  ])
})

test('what nobody recorded isn’t called a difference', () => {
  const figures = { count: 1, warnings: [], incomplete: [], runs: [], fields: [] }
  const speedProblems = [
    'hardware, order or concurrency: absent (one-1): nobody recorded them',
    'order: a (one); b (two)',
  ]
  expect(redactAgreement({ ...figures, speedProblems }).speedProblems).toEqual([
    'hardware, order or concurrency: not recorded for all',
    'order: not the same for all',
  ])
})
