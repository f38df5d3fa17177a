import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { rubricSchema, type RunMeta } from 'registry'
import { bundlePaths, promptSha256, sha256 } from 'registry/node'

/** A word that stands nowhere else. */
const mark = (name: string) => `Zq7${name}9x`

/** Must never leave a private build; by what it stands in. */
export const secrets = {
  id: mark('rowid'),
  title: mark('title'),
  facet: mark('facet'),
  display: mark('display'),
  hiddenMember: mark('member'),
  answer: mark('answer'),
  reasoning: mark('reasoning'),
  thinking: mark('thinking'),
  textField: mark('textfield'),
  rowError: mark('rowerror'),
  rowErrorCode: mark('rowcode'),
  finishReason: mark('finish'),
  cause: mark('cause'),
  causeCode: mark('causecode'),
  failure: mark('failure'),
  failureCode: mark('failurecode'),
  log: mark('log'),
  host: mark('host'),
  gpuSerial: mark('gpuserial'),
  user: mark('user'),
  command: mark('command'),
  engineCommand: mark('enginecommand'),
  argument: mark('argument'),
  sampling: mark('sampling'),
  metric: mark('metric'),
  overrides: mark('overrides'),
  conflict: mark('conflict'),
  origin: mark('origin'),
  leftOut: mark('leftout'),
  input: mark('input'),
  recordedPrompt: mark('recordedprompt'),
  recordedCriteria: mark('recordedcriteria'),
  labelNote: mark('labelnote'),
  rater: mark('rater'),
} as const

/** The catalog's and the runs' own names: both builds hold them. */
export const published = {
  datasetTitle: mark('datasettitle'),
  datasetDescription: mark('description'),
  criteria: mark('criteria'),
  prompt: mark('prompt'),
  rubricTitle: mark('rubrictitle'),
  model: mark('model'),
  cpu: mark('cpu'),
} as const

/** Seen on a page or in a file of the private build; the others are read, but shown nowhere yet or never. */
export const shownPrivately: readonly (keyof typeof secrets)[] = [
  'id',
  'title',
  'display',
  'answer',
  'reasoning',
  'thinking',
  'textField',
  'rowError',
  'rowErrorCode',
  'finishReason',
  'cause',
  'causeCode',
  'failure',
  'failureCode',
  'host',
  'command',
  'argument',
  'sampling',
  'conflict',
  'origin',
  'input',
  'recordedPrompt',
  'recordedCriteria',
  'log',
  'facet',
  'rater',
]

const items = 24
const rubric = {
  title: `Notes ${published.rubricTitle}`,
  prompt: { user: `{{criteria}} {{record}} ${published.prompt}` },
  criteria: { mood: `- Good: ${published.criteria}` },
  fields: {
    mood: { type: 'ordinal', scale: ['Bad', 'Good'], path: '/mood/value', reasoning: '/mood/why', primary: true },
    summary: { type: 'text', path: '/summary', required: false },
  },
}

/**
 * A ledger with a word of its own in every place that text of rows, people and machines comes from: a synthetic dataset
 * and a personal one, two runs over each, one of them failed and imported.
 */
export async function writeMarkedLedger(folder: string): Promise<void> {
  const put = async (path: string, text: string) => {
    await mkdir(join(folder, path, '..'), { recursive: true })
    await writeFile(join(folder, path), text)
  }
  await put('registry/rubrics/notes_v1.yaml', JSON.stringify(rubric))
  for (const privacy of ['synthetic', 'personal'] as const) {
    const id = `${privacy}_notes`
    const data = toLines(Array.from({ length: items }, (_, place) => record(place)))
    await put(`registry/datasets/${id}.jsonl`, data)
    await put(`registry/datasets/${id}.yaml`, JSON.stringify(datasetEntry(id, privacy, data)))
    await put(`registry/labels/${id}.jsonl`, toLines(Array.from({ length: items }, (_, place) => label(place))))
    for (const [place, slug] of ['alpha', 'beta'].entries()) {
      const runId = `${slug}-${id}-20261124-0${place + 1}0000`
      const paths = bundlePaths({ runId, slug, datasetName: `${id}.jsonl` })
      if (!paths) throw new Error(`${runId} has no place`)
      const rows = toLines(Array.from({ length: items }, (_, item) => row(item, place)))
      const log = `started ${secrets.log}\n`
      await put(paths.results, rows)
      await put(paths.log, log)
      const meta = describe({ runId, slug, id, privacy, paths, data, rows, log, isImported: place === 1 })
      await put(paths.meta, JSON.stringify(meta))
    }
  }
}

const idOf = (place: number) => `note-${place}-${secrets.id}`

function record(place: number): object {
  return {
    custom_id: idOf(place),
    title: `"Note" <${place}> ${secrets.title} é`,
    text: `text & 'more' ${secrets.display}`,
    team: `${secrets.facet}-${place % 2}`,
    extra: secrets.hiddenMember,
  }
}

function datasetEntry(id: string, privacy: string, data: string): object {
  return {
    title: `Notes ${published.datasetTitle}`,
    description: `Invented notes. ${published.datasetDescription}`,
    format: 'records',
    file: `registry/datasets/${id}.jsonl`,
    // plain Git can't forget personal rows
    location: privacy === 'personal' ? 'lfs' : 'ledger',
    sha256: sha256(data),
    count: items,
    privacy,
    created: '2026-11-24',
    rubric: 'notes_v1',
    item: { title: '/title', display: ['/text'], facets: { team: '/team' } },
    labels: `registry/labels/${id}.jsonl`,
  }
}

function label(place: number): object {
  return {
    custom_id: idOf(place),
    field: 'mood',
    value: place % 3 === 0 ? 'Bad' : 'Good',
    rater: secrets.rater,
    date: '2026-11-24',
    prompt_sha256: promptSha256(rubricSchema.parse(rubric)),
    selection: 'random',
    note: secrets.labelNote,
  }
}

function row(place: number, run: number): object {
  const base = { id: `r-${place}`, custom_id: idOf(place) }
  if (place === 3)
    return {
      ...base,
      response: null,
      error: { message: `the engine said ${secrets.rowError}`, code: secrets.rowErrorCode },
    }
  const answer = {
    mood: { value: (place + run) % 2 === 0 ? 'Bad' : 'Good', why: `because ${secrets.reasoning}` },
    summary: secrets.textField,
  }
  const message = {
    role: 'assistant',
    content: `${secrets.answer} ${JSON.stringify(answer)}`,
    reasoning_content: secrets.thinking,
  }
  const body = {
    choices: [{ message, finish_reason: place === 4 ? secrets.finishReason : 'stop' }],
    usage: { prompt_tokens: 20, completion_tokens: 6 },
  }
  return { ...base, response: { status_code: 200, request_id: 'r', body }, error: null }
}

interface Described {
  runId: string
  slug: string
  id: string
  privacy: 'synthetic' | 'personal'
  paths: { results: string; log: string }
  data: string
  rows: string
  log: string
  isImported: boolean
}

function describe({ runId, slug, id, privacy, paths, data, rows, log, isImported }: Described): RunMeta {
  const at = '2026-11-24T08:00:00Z'
  return {
    schema_version: 1,
    run_id: runId,
    status: isImported ? 'failed' : 'completed',
    ...(isImported ? { failure: { code: secrets.failureCode, message: `it said ${secrets.failure}` } } : {}),
    model: { name: `Model ${published.model}`, id: `example/${slug}`, slug, size: '1B' },
    dataset: {
      name: `${id}.jsonl`,
      count: items,
      sha256: sha256(data),
      privacy,
      prompt_template: secrets.recordedPrompt,
      criteria: { mood: secrets.recordedCriteria },
      // the failed one recorded another prompt than the catalog's
      ...(isImported ? {} : { rubric: 'notes_v1', prompt_sha256: promptSha256(rubricSchema.parse(rubric)) }),
    },
    execution: {
      started_at: at,
      completed_at: at,
      duration_seconds: items / 4,
      req_per_sec: 4,
      command: `vllm serve /home/${secrets.user}/${secrets.command}`,
      sampling: { temperature: 0, max_tokens: 160, stop: [secrets.sampling] },
      overrides: [secrets.overrides],
      engine: {
        name: 'vllm',
        version: '0.32.0',
        args: { chat_template: `/srv/${secrets.argument}/t.jinja`, dtype: 'float32' },
        command: [`/opt/${secrets.engineCommand}/vllm`],
      },
      host: {
        name: secrets.host,
        platform: 'linux-x64',
        cpu: `CPU ${published.cpu}`,
        gpus: [{ name: 'RTX', uuid: secrets.gpuSerial, driver: '550.1', memory_gb: 16 }],
      },
      segments: [
        { host: secrets.host, started_at: at, completed_at: at, engine_metrics: { [`${secrets.metric}_total`]: 1 } },
      ],
      concurrency: 4,
      order: 'input',
    },
    results: {
      total: items,
      success: items - 1,
      errors: 1,
      missing: 0,
      success_rate: 95.8333,
      avg_prompt_tokens: 20,
      avg_completion_tokens: 6,
      error_causes: [{ code: secrets.causeCode, message: `the engine said ${secrets.cause}`, count: 1 }],
      finish_reasons: { stop: items - 2, [secrets.finishReason]: 1 },
    },
    files: {
      results: paths.results,
      log: paths.log,
      input: `/data/${secrets.input}/${id}.jsonl`,
      sha256: { results: sha256(rows), log: sha256(log) },
      bytes: { results: Buffer.byteLength(rows), log: Buffer.byteLength(log) },
    },
    provenance: {
      source: isImported ? 'imported' : 'measured',
      conflicts: isImported ? [{ field: `model ${secrets.conflict}`, claimed: secrets.conflict, observed: 1 }] : [],
      ...(isImported
        ? {
            origin: {
              file: `old/${secrets.origin}.jsonl`,
              format: 'openai-batch',
              bytes: 1,
              sha256: sha256(rows),
              rows_sha256: sha256(rows),
              rows: items + 1,
              imported: items,
              left_out: [{ from: 25, to: 25, rows: 1, finding: secrets.leftOut }],
            },
          }
        : {}),
    },
  }
}

const toLines = (values: readonly object[]) => values.map((value) => `${JSON.stringify(value)}\n`).join('')
