import type { RunMeta } from 'registry'
import type { DatasetPage, PageData, RunPage } from '../data/page-data.ts'

const digest = 'a'.repeat(64)
const statuses = ['completed', 'completed', 'completed', 'partial', 'failed'] as const

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
      standings: {
        field: { name: 'overall', title: 'Overall' },
        quality: 'agreement',
        items: 900,
        alpha: { value: 0.5, low: 0.4, high: 0.6 },
        setupDiffers: [],
        runs: own.slice(0, 5).map(({ meta, page }, place) => ({
          runId: meta.run_id,
          page,
          model: meta.model.name,
          reqPerSec: 1 + place,
          usable: 0.9,
          quality: { value: 0.9 - place / 10 },
          sameSetup: true,
          onFront: true,
        })),
        notes: [],
      },
    }
  })
  return { ledger: 'many', base: '/', runs, datasets }
}

/** `place` is from 1, the newest run has the highest. */
function makeRun(place: number): RunPage {
  const model = `model-${(place * 7) % 40}`
  const dataset = `batch_${(place * 5) % 12}`
  const at = new Date(Date.UTC(2026, 0, 1) + place * 4_567_000).toISOString()
  const runId = `${model}-${dataset}-${at.slice(0, 19).replaceAll(/\D/g, '')}`
  const status = statuses[place % statuses.length] ?? 'completed'
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
