import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { runMetaSchema } from 'registry'
import { describe, expect, test } from 'vitest'
import type { PageData } from './page-data.ts'
import { makeHistogram } from './make-histogram.ts'
import { redactPageData } from './redact-page-data.ts'

const digest = 'a'.repeat(64)
const at = '2026-11-24T08:00:00Z'

/** A run with every member a meta can have. */
const meta = runMetaSchema.parse({
  schema_version: 1,
  run_id: 'tiny-notes-20261124-080000',
  status: 'failed',
  failure: { code: 'canary', message: 'each of the first 8 rows was refused: HTTP 400: no chat template' },
  model: {
    name: 'Tiny',
    id: 'owner/tiny',
    slug: 'tiny',
    size: '1B',
    vram_gb: 2,
    revision: 'b'.repeat(40),
    weights_sha256: digest,
    quantization: 'Q4_1',
  },
  dataset: {
    name: 'notes.jsonl',
    count: 3,
    sha256: digest,
    privacy: 'synthetic',
    prompt_template: 'Judge {{record}}',
    criteria: { mood: 'Good is good.' },
    rubric: 'notes_v1',
    prompt_sha256: digest,
    extraction_sha256: digest,
  },
  execution: {
    started_at: at,
    completed_at: at,
    duration_seconds: 3,
    req_per_sec: 1,
    vllm_version: '0.32.0',
    command: 'batchledger run --model tiny',
    sampling: { temperature: 0, top_p: 1, seed: 0, max_tokens: 9, stop: ['END'], extra: 'text' },
    limit: 3,
    overrides: ['model'],
    response_format: 'json_schema',
    chat_template_sha256: digest,
    engine: {
      name: 'vllm',
      version: '0.32.0',
      args: { dtype: 'float32', max_model_len: 512, chat_template: '/home/someone/template.jinja' },
      command: ['/opt/vllm/bin/vllm', 'serve'],
    },
    host: {
      name: 'box',
      platform: 'linux-x64',
      cpu: 'AMD EPYC',
      cpus: 2,
      memory_gb: 24,
      gpus: [{ name: 'RTX', uuid: 'GPU-1', driver: '550.1', memory_gb: 16 }],
    },
    segments: [
      {
        host: 'box',
        started_at: at,
        completed_at: at,
        load_seconds: 1,
        usage: { prompt_tokens: 3, completion_tokens: 3 },
        engine_metrics: { preemptions: 0 },
        energy_joules: 5,
      },
    ],
    concurrency: 4,
    order: 'input',
    continues: 'tiny-notes-20261123-080000',
    retries: 0,
    restarts: 0,
    resumes: 0,
  },
  results: {
    total: 3,
    success: 1,
    errors: 1,
    missing: 1,
    success_rate: 33.3333,
    avg_prompt_tokens: 3,
    avg_completion_tokens: 3,
    error_causes: [{ status: 400, code: 'BadRequestError', message: 'the prompt has N tokens', count: 1 }],
    finish_reasons: { stop: 1 },
  },
  files: {
    results: 'results/tiny/notes_20261124_080000.jsonl',
    log: 'results/tiny/notes_20261124_080000.log',
    input: '/data/notes.jsonl',
    sha256: { results: digest, log: digest },
    bytes: { results: 1, log: 1 },
  },
  provenance: {
    source: 'imported',
    conflicts: [{ field: 'results.success', claimed: 'two', observed: 1, claimed_by: 'meta' }],
    origin: {
      file: 'old/notes.jsonl',
      format: 'openai-batch',
      bytes: 1,
      sha256: digest,
      rows_sha256: digest,
      rows: 1,
      imported: 1,
      left_out: [{ from: 1, to: 1, rows: 1, finding: 'twice' }],
      inputs_sha256: digest,
    },
    known_from: { status: 'rows' },
  },
})

const sample: PageData = {
  kind: 'private',
  ledger: 'ledger',
  commit: 'abc1234',
  base: '/',
  runs: [
    {
      page: 'tiny-notes-20261124-080000',
      meta,
      metaPath: 'results/tiny/notes_20261124_080000.meta.json',
      dataset: 'notes',
      datasetPage: 'notes',
      rubric: { id: 'notes_v1', title: 'Notes' },
      outputTokensPerSec: 1,
      promptTokensPerSec: 1,
      verdicts: [{ status: 'ok', count: 1 }],
      compareProblem: 'no rubric',
      findings: ['a row is of item 17'],
      outcome: {
        rows: 20,
        promptTokens: makeHistogram([]),
        outputTokens: makeHistogram([]),
        fields: [],
      },
      log: {
        bytes: 9,
        lines: 1,
        chunks: { folder: 'data/logs/x/', starts: [0] },
        tail: ['a line of item 17'],
      },
    },
  ],
  datasets: [
    {
      id: 'notes',
      page: 'notes',
      title: 'Notes',
      entry: {
        title: 'Notes',
        description: 'Invented notes.',
        format: 'records',
        file: '/home/someone/notes.jsonl',
        location: 'runner',
        sha256: digest,
        count: 3,
        privacy: 'synthetic',
        created: '2026-11-24',
        rubric: 'notes_v1',
        custom_id: '/id',
        item: { title: '/title', display: ['/text'], facets: { team: '/team' } },
        labels: 'registry/labels/notes.jsonl',
      },
      questions: [
        {
          rubric: 'notes_v1',
          title: 'Notes',
          description: 'Is it pleasant?',
          criteria: { mood: 'Good is good.' },
          prompt: [{ name: 'user', text: 'Judge {{record}}' }],
          fields: [
            {
              name: 'mood',
              title: 'Mood',
              type: 'ordinal',
              scale: ['Bad', 'Good'],
              tolerance: 0,
              primary: true,
              positive: ['Good'],
            },
          ],
        },
      ],
      runs: ['tiny-notes-20261124-080000'],
      preselected: [],
    },
  ],
}

/** Text that goes out as it is: the catalog's, identities, digests, times, names of hardware and versions. */
const published = [
  /^(ledger|commit|base)$/,
  /^runs\.\d+\.(page|metaPath|dataset|datasetPage|rubric\.(id|title))$/,
  /^runs\.\d+\.meta\.(run_id|status)$/,
  /^runs\.\d+\.meta\.model\./,
  /^runs\.\d+\.meta\.dataset\.(name|sha256|privacy|rubric|prompt_sha256|extraction_sha256)$/,
  /^runs\.\d+\.meta\.execution\.(started_at|completed_at|vllm_version|response_format|chat_template_sha256|order)$/,
  /^runs\.\d+\.meta\.execution\.engine\.(name|version|args\.dtype)$/,
  /^runs\.\d+\.meta\.execution\.host\.(platform|cpu|gpus\.\d+\.(name|driver))$/,
  /^runs\.\d+\.meta\.execution\.segments\.\d+\.(started_at|completed_at)$/,
  /^runs\.\d+\.meta\.files\.(results|log|sha256\.\w+)$/,
  /^runs\.\d+\.meta\.provenance\.source$/,
  /^datasets\.\d+\.(id|page|title|runs\.\d+)$/,
  /^datasets\.\d+\.entry\.(title|description|format|location|sha256|privacy|created|rubric)$/,
  // its name, not its folder
  /^datasets\.\d+\.entry\.file$/,
  /^datasets\.\d+\.questions\./,
]

interface Place {
  path: string
  set: (root: PageData, value: unknown) => void
}

function placesOf(value: unknown, want: (found: unknown) => boolean, path: string[] = []): Place[] {
  const here = want(value)
    ? [
        {
          path: path.join('.'),
          set: (root: PageData, next: unknown) => {
            let parent = root as unknown as Record<string, unknown>
            for (const name of path.slice(0, -1)) parent = parent[name] as Record<string, unknown>
            parent[path.at(-1) ?? ''] = next
          },
        },
      ]
    : []
  if (typeof value !== 'object' || value === null) return here
  return [...here, ...Object.entries(value).flatMap(([name, inner]) => placesOf(inner, want, [...path, name]))]
}

const isText = (value: unknown) => typeof value === 'string'
const isObject = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value)
const inside = placesOf(sample, isText).filter(({ path }) => !published.some((known) => known.test(path)))
const marker = 'Zq7marker'

describe('what the public build may say', () => {
  test('the sample has every member of a meta, so that a new one is decided upon', () => {
    interface Schema {
      properties?: Record<string, Schema>
      items?: Schema
    }
    const file = fileURLToPath(new URL('../../registry/schemas/run-meta.schema.json', import.meta.url))
    const missing = (schema: Schema, value: unknown, path: string): string[] => {
      if (schema.items) return missing(schema.items, (value as unknown[])[0], `${path}[]`)
      return Object.entries(schema.properties ?? {}).flatMap(([name, inner]) => {
        const found = (value as Record<string, unknown> | undefined)?.[name]
        return found === undefined ? [`${path}.${name}`] : missing(inner, found, `${path}.${name}`)
      })
    }
    expect(missing(JSON.parse(readFileSync(file, 'utf8')) as Schema, meta, 'meta')).toEqual([])
  })

  test('text outside the list stays inside, wherever it stands and whatever else does', () => {
    expect(inside.map(({ path }) => path)).toEqual(
      expect.arrayContaining([
        'runs.0.meta.execution.command',
        'runs.0.meta.execution.host.name',
        'runs.0.meta.results.error_causes.0.message',
        'runs.0.meta.provenance.conflicts.0.claimed',
        'runs.0.meta.provenance.origin.file',
        'runs.0.findings.0',
        'datasets.0.entry.item.title',
      ]),
    )
    fc.assert(
      fc.property(
        fc.subarray(inside, { minLength: 1 }),
        fc.tuple(fc.stringMatching(/^[a-z /"'<.:]{0,12}$/), fc.stringMatching(/^[a-z /"'<.:]{0,12}$/)),
        (places, [before, after]) => {
          const data = structuredClone(sample)
          for (const { set } of places) set(data, `${before} ${marker} ${after}`)
          expect(JSON.stringify(redactPageData(data))).not.toContain(marker)
        },
      ),
    )
  })

  test('a member nobody named doesn’t get out by itself, at any depth', () => {
    // names of what people wrote or of the catalog: fields of an answer, criteria
    const open = /\.(criteria|prompt\.\d+)$/
    const objects = placesOf(sample, isObject).filter(({ path }) => !open.test(path))
    fc.assert(
      fc.property(
        fc.constantFrom(...objects),
        fc.constantFrom('note', 'path', '__proto__x', 'constructorx', marker, 'agreements', 'logTail'),
        fc.constantFrom<unknown>(marker, [marker], { deep: { deeper: marker } }),
        ({ path }, name, value) => {
          const data = structuredClone(sample)
          const target = path === '' ? data : readPath(data, path)
          // a record of counts has counts
          Object.assign(target, { [name]: /\.(finish_reasons|engine_metrics)$/.test(path) ? 1 : value })
          expect(JSON.stringify(redactPageData(data))).not.toContain(marker)
        },
      ),
      { numRuns: 500 },
    )
  })

  test('an engine’s words go out as a template of known words; of personal data none does', () => {
    const data = structuredClone(sample)
    const [run] = data.runs
    if (!run) throw new Error('the sample has a run')
    run.meta.results.error_causes = [
      {
        status: 400,
        code: 'BadRequestError',
        message: "This model's maximum context length is N tokens, and Jane Roe of host gpu-7.lab at /srv/rows asked",
        count: 2,
      },
    ]
    run.meta.results.finish_reasons = { stop: 1, 'Jane said so': 2 }
    const [told] = redactPageData(data).runs
    expect(told?.meta.results.error_causes).toEqual([
      {
        status: 400,
        code: 'BadRequestError',
        message: "This model's maximum context length is N tokens, and … of host … at … asked",
        count: 2,
      },
    ])
    expect(told?.meta.results.finish_reasons).toEqual({ stop: 1, other: 2 })
    run.meta.dataset.privacy = 'personal'
    const [withheld] = redactPageData(data).runs
    expect(withheld?.meta.results.error_causes).toEqual([
      { status: 400, message: 'withheld: the dataset is personal', count: 2 },
    ])
    expect(withheld?.meta.failure).toEqual({ code: 'canary', message: 'canary' })
  })

  test('figures, the catalog and identities stay what they are, and the meta stays one', () => {
    const { runs, datasets } = redactPageData(sample)
    const [run] = runs
    expect(runMetaSchema.parse(run?.meta).results.success_rate).toBe(meta.results.success_rate)
    expect(run?.meta.execution.sampling).toEqual({ temperature: 0, top_p: 1, seed: 0, max_tokens: 9 })
    expect(run?.meta.execution.engine.args).toEqual({ dtype: 'float32', max_model_len: 512 })
    expect(run?.meta.provenance.conflicts).toEqual([{ field: 'results.success', claimed: 'withheld', observed: 1 }])
    expect(datasets[0]?.questions).toEqual(sample.datasets[0]?.questions)
    expect(datasets[0]?.entry?.file).toBe('notes.jsonl')
  })

  test('of labels neither a rater’s name nor a field that no question has', () => {
    const data = structuredClone(sample)
    const [dataset] = data.datasets
    if (!dataset) throw new Error('the sample has a dataset')
    dataset.labels = {
      file: 'registry/labels/notes.jsonl',
      count: 6,
      items: 6,
      raters: [marker],
      selections: [{ selection: 'random', count: 6 }],
      fields: [
        { field: 'mood', count: 3 },
        { field: `Jane ${marker}`, count: 2 },
        { field: marker, count: 1 },
      ],
      faults: 0,
    }
    const told = redactPageData(data).datasets[0]?.labels
    expect(JSON.stringify(told)).not.toContain(marker)
    expect(told?.fields).toEqual([
      { field: 'mood', count: 3 },
      { field: 'no field of the rubric', count: 3 },
    ])
  })

  test('a model’s name or id that is a path stays inside', () => {
    for (const place of ['/srv/x/qwen', 'C:\\x\\qwen', 'file:///x', 'someone/outputs/qwen', '~x/qwen']) {
      const data = structuredClone(sample)
      const [run] = data.runs
      if (run) run.meta.model = { ...run.meta.model, name: place, id: place }
      expect(redactPageData(data).runs[0]?.meta.model).toMatchObject({ name: 'withheld', id: 'withheld' })
    }
    expect(redactPageData(sample).runs[0]?.meta.model).toMatchObject({ name: 'Tiny', id: 'owner/tiny' })
  })

  test('a prompt that only runs recorded is left out', () => {
    const data = structuredClone(sample)
    const question = data.datasets[0]?.questions[0]
    if (!question) throw new Error('the sample has a question')
    question.note = 'edited since'
    const told = JSON.stringify(redactPageData(data).datasets)
    expect(told).not.toMatch(/Judge|Good is good/)
  })
})

function readPath(data: PageData, path: string): object {
  return path.split('.').reduce<unknown>((value, name) => (value as Record<string, unknown>)[name], data) as object
}
