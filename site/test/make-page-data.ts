import { rubricSchema, verdictStatuses, type ComparedField, type RunMeta } from 'registry'
import { figureAgreement, finish } from '../data/figure-agreement.ts'
import { makeHistogram } from '../data/make-histogram.ts'
import type { DatasetPage, PageData, RunPage } from '../data/page-data.ts'

const digest = 'a'.repeat(64)
const runStatuses = ['completed', 'completed', 'completed', 'partial', 'failed'] as const

/** What a ledger of many runs looks like to the pages: an arbitrary but fixed pattern, no two runs alike. */
export function makePageData(count: number): PageData {
  const runs = Array.from({ length: count }, (_, place) => makeRun(count - place))
  const datasets = [...new Set(runs.map(({ dataset }) => dataset))].sort().map((id): DatasetPage => {
    const own = runs.filter((run) => run.dataset === id)
    return {
      id,
      page: id,
      title: `Dataset ${id}`,
      questions: [],
      runs: own.map(({ page }) => page),
      preselected: own.slice(0, 5).map(({ meta }) => meta.run_id),
      agreement: figure(own.slice(0, 5)),
    }
  })
  return { kind: 'private', ledger: 'many', base: '/', runs, datasets }
}

const items = 30
const mood = rubricSchema.shape.fields.parse({
  mood: { type: 'ordinal', path: '/mood', scale: ['Bad', 'Fair', 'Good'], primary: true },
})['mood'] as ComparedField

/** All figures of runs that say something else on every seventh item. */
function figure(runs: readonly RunPage[]) {
  const inputs = runs.map(({ meta, rubric }, run) => {
    const codes = Int32Array.from({ length: items }, (_, item) => (item + (item % 7 === run ? 1 : 0)) % 3)
    const statuses = new Uint8Array(items).fill(verdictStatuses.indexOf('ok'))
    return {
      about: meta,
      tokens: { prompt: items, output: items },
      rubric: rubric?.id ?? '',
      columns: {
        fields: new Map([['mood', { statuses, codes }]]),
        rows: Int32Array.from({ length: items }, (_, item) => item),
        tokens: new Float64Array(items).fill(2),
      },
    }
  })
  return finish(figureAgreement({ count: items, fields: { mood }, runs: inputs, labels: [], replicates: [] }))
}

/** `place` is from 1, the newest run has the highest. */
function makeRun(place: number): RunPage {
  const model = `model-${(place * 7) % 40}`
  const dataset = `batch_${(place * 5) % 12}`
  const at = new Date(Date.UTC(2026, 0, 1) + place * 4_567_000).toISOString()
  const runId = `${model}-${dataset}-${at.slice(0, 19).replaceAll(/\D/g, '')}`
  const status = runStatuses[place % runStatuses.length] ?? 'completed'
  const total = 1000
  const success = status === 'failed' ? 0 : total - ((place * 13) % 97)
  const seconds = 100 + ((place * 7919) % 5000) / 7
  return {
    page: runId,
    meta: makeMeta({ place, runId, model, dataset, at, status, total, success, seconds }),
    metaPath: `results/${model}/${runId}.meta.json`,
    dataset,
    datasetPage: dataset,
    rubric: { id: `rubric_v${place % 4}`, title: 'A rubric' },
    ...(success > 0 ? { promptTokensPerSec: place * 3.17, outputTokensPerSec: place * 1.31 } : {}),
    verdicts: [
      { status: 'truncated', count: total - success },
      { status: 'ok', count: success },
    ],
    findings: [],
    outcome: {
      rows: total,
      promptTokens: makeHistogram([]),
      outputTokens: makeHistogram([]),
      fields: [],
    },
    log: { problem: 'not here' },
  }
}

interface Said {
  place: number
  runId: string
  model: string
  dataset: string
  at: string
  status: RunMeta['status']
  total: number
  success: number
  seconds: number
}

function makeMeta({ place, runId, model, dataset, at, status, total, success, seconds }: Said): RunMeta {
  return {
    schema_version: 1,
    run_id: runId,
    status,
    ...(status === 'completed'
      ? {}
      : { failure: { code: 'engine', message: `the engine stopped after ${place} rows` } }),
    model: { name: `Model ${model.slice(6)}B instruct`, id: `example/${model}`, slug: model },
    dataset: {
      name: `${dataset}.jsonl`,
      count: total,
      sha256: digest,
      privacy: 'synthetic',
      rubric: `rubric_v${place % 4}`,
      prompt_sha256: digest,
    },
    execution: {
      started_at: at,
      completed_at: at,
      duration_seconds: seconds,
      ...(success > 0 ? { req_per_sec: success / seconds } : {}),
      command: 'batchledger run',
      sampling: { temperature: 0, max_tokens: 160 },
      engine: { name: 'vllm', version: '0.32.1', args: {} },
      host: {
        platform: 'linux-x64',
        gpus: [{ name: `NVIDIA RTX ${4000 + (place % 5) * 10}`, uuid: 'u', driver: '1', memory_gb: 16 }],
      },
      segments: [],
      concurrency: 64,
      order: 'prefix',
    },
    results: {
      total,
      success,
      errors: total - success,
      missing: 0,
      success_rate: (100 * success) / total,
      error_causes: [],
      finish_reasons: {},
    },
    files: {
      results: `results/${model}/${runId}.jsonl`,
      log: `results/${model}/${runId}.log`,
      input: `registry/datasets/${dataset}.jsonl`,
      sha256: { results: digest, log: digest },
      bytes: { results: 1, log: 0 },
    },
    provenance: { source: place % 9 === 0 ? 'imported' : 'measured', conflicts: [] },
  }
}
