import { readFile } from 'node:fs/promises'
import { runMetaSchema, type RunMeta } from 'registry'
import { expect, test } from 'vitest'
import { pullRequestBody, pullRequestTitle } from './pull-request-body.ts'

const example = '../../examples/ledger/results/gemma-3-270m/synthetic_candidates_50_20261124_091213.meta.json'

async function readMeta(change: (meta: RunMeta) => void = () => undefined): Promise<RunMeta> {
  const meta = runMetaSchema.parse(JSON.parse(await readFile(new URL(example, import.meta.url), 'utf8')))
  change(meta)
  return meta
}

test('a reviewer finds what ran, the accounting, the speed, and what merging does', async () => {
  const meta = await readMeta()
  expect(pullRequestTitle(meta)).toBe(`Run ${meta.run_id}`)
  const body = pullRequestBody(meta, { base: 'main', jobUrl: 'https://forge.example/owner/ledger/actions/runs/7' })
  expect(body).toMatch(/^\*\*Completed:\*\* 50 of 50 rows answered, 0 errors, 0 missing\.\n/)
  for (const part of [
    '| model | `Gemma 3 270M`, `google/gemma-3-270m`, weights `a5fd3b62230a`, `Q4_K_M` |',
    '| dataset | `synthetic_candidates_50.jsonl`, 50 rows, synthetic, sha256 `2678ef076f84` |',
    '| rubric | `candidate_evaluation_v1`, prompt `988242a78e12` |',
    '| 50 | 50 | 0 | 0 | 100 % |',
    // 364.94 and 127.86 tokens a row, 50 rows in 177.704 s
    '| 0.2814 | 102.7 | 36.0 | 3 min |',
    '[this job](https://forge.example/owner/ledger/actions/runs/7)',
    '`results/gemma-3-270m/synthetic_candidates_50_20261124_091213.meta.json`',
    '**Merging publishes the run**',
  ])
    expect(body).toContain(part)
  expect(body).not.toContain('### Errors')
})

test('what a model or an engine wrote is dead text: no mention, link, markup, table cell or line of its own', async () => {
  const hostile = '`@ada` ![x](http://evil.example/?q) <img src=x> | fixes #1\n\n## Approved\u202E\u200B \\'
  const meta = await readMeta((one) => {
    one.model.name = hostile
    one.execution.command = hostile
    one.execution.engine.version = hostile
    one.status = 'failed'
    one.failure = { code: hostile, message: hostile }
    one.results.error_causes = [{ count: 50, status: 400, code: hostile, message: hostile }]
  })
  const body = pullRequestBody(meta, { base: 'main', jobUrl: 'javascript:alert(1)', note: hostile })
  const outside = body.replaceAll(/`[^`\n]*`/g, '')
  for (const part of ['@ada', 'evil.example', '<img', '#1', 'Approved', 'javascript:']) {
    expect(body).toContain(part)
    expect(outside).not.toContain(part)
  }
  expect(body).not.toMatch(/[\u202E\u200B]/)
  const head = body.split('\n').find((line) => line.startsWith('| rows | status'))
  const row = body.split('\n').find((line) => line.startsWith('| 50 | HTTP 400'))
  const cells = (line = '') => line.split(/(?<!\\)\|/).length
  expect(cells(row)).toBe(cells(head))
})

test('of personal rows no word of an engine is shown', async () => {
  const meta = await readMeta((one) => {
    one.dataset.privacy = 'personal'
    one.status = 'partial'
    one.failure = { code: 'engine_died', message: 'could not answer Jane Roe' }
    one.results.error_causes = [{ count: 1, status: 400, message: 'Jane Roe is too long' }]
  })
  const body = pullRequestBody(meta, { base: 'main' })
  expect(body).not.toContain('Jane Roe')
  expect(body).toContain('`engine_died`')
  expect(body).toContain('withheld: the rows are personal')
  expect(pullRequestTitle(meta)).toMatch(/ \(partial\)$/)
})

test('it stays far below what a forge takes, whatever the meta holds', async () => {
  const long = 'x'.repeat(100_000)
  const meta = await readMeta((one) => {
    one.model.name = long
    one.model.id = long
    one.execution.command = long
    one.execution.host = { ...one.execution.host, platform: 'linux-x64', name: long }
    one.failure = { code: long, message: long }
    one.status = 'failed'
    one.results.error_causes = Array.from({ length: 50 }, () => ({ count: 1, code: long, message: long }))
  })
  const body = pullRequestBody(meta, { base: 'main', jobUrl: `https://${long}`, note: long })
  expect(body.length).toBeLessThan(60_000)
  expect(body).toContain('… and 40 more causes')
})

test('an imported run says where it is from, what contradicts, and nothing that nobody measured', async () => {
  const meta = await readMeta()
  const {
    host: _host,
    sampling: _sampling,
    duration_seconds: _seconds,
    req_per_sec: _rate,
    ...execution
  } = meta.execution
  const body = pullRequestBody(
    {
      ...meta,
      execution,
      provenance: {
        source: 'imported',
        conflicts: [{ field: 'model', claimed: '<img src=x>|qwen3_4b', observed: null, claimed_by: 'file name' }],
        origin: {
          file: 'old/@someone.jsonl',
          format: 'openai-batch',
          bytes: 1,
          sha256: '0'.repeat(64),
          rows_sha256: '0'.repeat(64),
          rows: 51,
          imported: 50,
          left_out: [{ from: 51, to: 51, rows: 1, finding: 'torn' }],
        },
      },
    },
    { base: 'main' },
  )
  expect(body).toContain(
    'From `old/@someone.jsonl` (`openai-batch`, sha256 `000000000000`): 50 of its 51 rows; 1 left out',
  )
  expect(body).toContain('| `model` | `<img src=x>\\|qwen3_4b` | `null` |')
  expect(body).toContain('| – | – | – | – |')
})
