import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { rubricSchema, type RunMeta } from 'registry'
import { bundlePaths, promptSha256, sha256 } from 'registry/node'

/** Text that would act somewhere, if anything took it for more than text. */
const payloads = {
  script: '<script>globalThis.pwned = 1; alert(1)</script>',
  handler: '<img src=x onerror="alert(2)"><svg onload=alert(2)><iframe src="https://evil.invalid/"></iframe>',
  attribute: `" autofocus onfocus="alert(3)" x='`,
  link: '[click](javascript:alert(4)) <a href="javascript:alert(4)">here</a> https://evil.invalid/',
  ends: '</script></style></textarea></title>--><!-- ]]>',
  template: '${alert(5)} {{constructor.constructor("alert(5)")()}}',
  bidi: '\u202Egnp.exe\u202C \u2066turned\u2069 zero\u200Bwidth \u2060\uFEFF \u{E0041}tag',
  control: 'NUL\0 ANSI\u001B[31mred\u001B[0m bell\u0007 del\u007F line\u2028end',
  surrogate: 'half \uD83D pair \uDC00 end',
  formula: '=HYPERLINK("https://evil.invalid/","x")',
}
const everything = Object.values(payloads).join(' ')

/** One item for each; ids that would be members of any object among them. */
export const hostileIds = [
  '__proto__',
  'constructor',
  'toString',
  '=1+1',
  '@SUM(1)',
  '-1',
  '+1',
  '\ttab',
  '../../index.html?#',
  '%2e%2e%2f',
  ...Object.values(payloads),
]

const cells = ['Bad" <b onclick=alert(6)>', "=cmd|'/C calc'!A0", 'Good\u202E \u200B']
export const megabyte = `start ${'x'.repeat(1_000_000)} END-OF-IT`
export const tenThousandLines = `${'line\n'.repeat(10_000)}LAST-LINE`

const rubric = {
  title: `Rubric ${everything}`,
  description: everything,
  prompt: { system: everything.replaceAll(/[{}]/g, ''), user: `{{criteria}} {{record}} ${payloads.script}` },
  criteria: { [payloads.handler]: `- ${payloads.script}\n- ${payloads.link}\n${payloads.bidi}`, mood: everything },
  fields: {
    mood: {
      title: `Mood ${payloads.handler}${payloads.bidi}`,
      type: 'ordinal',
      scale: cells,
      path: '/mood/value',
      reasoning: '/mood/why',
      primary: true,
    },
    constructor: { title: payloads.attribute, type: 'boolean', path: '/constructor', required: false },
    summary: { type: 'text', path: '/summary', required: false },
  },
}

export const hostileDataset = 'hostile_notes'

/** A ledger in which whoever writes something writes it to attack whoever reads it: models, engines, people, files. */
export async function writeHostileLedger(folder: string): Promise<void> {
  const put = async (path: string, text: string) => {
    await mkdir(join(folder, path, '..'), { recursive: true })
    await writeFile(join(folder, path), text)
  }
  await put('registry/rubrics/hostile_v1.yaml', JSON.stringify(rubric))
  const data = toLines(hostileIds.map((id, place) => record(id, place)))
  await put(`registry/datasets/${hostileDataset}.jsonl`, data)
  await put(`registry/datasets/${hostileDataset}.yaml`, JSON.stringify(datasetEntry(data)))
  await put(`registry/labels/${hostileDataset}.jsonl`, toLines(hostileIds.map((id, place) => label(id, place))))
  for (const [run, slug] of ['alpha', 'beta', 'gamma'].entries()) {
    const runId = `${slug}-${hostileDataset}-20261124-0${run + 1}0000`
    const paths = bundlePaths({ runId, slug, datasetName: `${hostileDataset}.jsonl` })
    if (!paths) throw new Error(`${runId} has no place`)
    const rows = toLines(hostileIds.map((id, place) => row(id, place, run)))
    const log = `${everything}\n::set-env name=X::y\n##[error]no\n${'x'.repeat(100_000)}\n`
    await put(paths.results, rows)
    await put(paths.log, log)
    await put(paths.meta, JSON.stringify(describe({ runId, slug, paths, data, rows, log, run })))
  }
}

function record(id: string, place: number): object {
  const members = {
    custom_id: id,
    title: `${payloads.formula} ${everything}`,
    text: everything,
    team: cells[place % 3],
  }
  return place === 0 ? JSON.parse(`{"__proto__":{"polluted":1},${JSON.stringify(members).slice(1)}`) : members
}

function datasetEntry(data: string): object {
  return {
    title: `Notes ${everything}`,
    description: everything,
    format: 'records',
    file: `registry/datasets/${hostileDataset}.jsonl`,
    location: 'ledger',
    sha256: sha256(data),
    count: hostileIds.length,
    privacy: 'synthetic',
    created: '2026-11-24',
    rubric: 'hostile_v1',
    item: {
      title: '/title',
      display: ['/text', '/__proto__'],
      facets: { [payloads.attribute]: '/team', __proto: '/team' },
    },
    labels: `registry/labels/${hostileDataset}.jsonl`,
  }
}

function label(id: string, place: number): object {
  return {
    custom_id: id,
    field: 'mood',
    value: cells[place % 3],
    rater: payloads.handler,
    date: '2026-11-24',
    prompt_sha256: promptSha256(rubricSchema.parse(rubric)),
    selection: 'random',
    note: everything,
  }
}

function contentOf(place: number, run: number): string {
  const value = cells[(place + run) % 3]
  if (place === 1) return `{"mood":{"value":${JSON.stringify(value)},"why":"y"},"summary":${JSON.stringify(megabyte)}}`
  if (place === 2) return tenThousandLines
  const members = `"__proto__":{"polluted":1},"constructor":true,"prototype":{"polluted":1}`
  return `{${members},"mood":${JSON.stringify({ value, why: everything })},"summary":${JSON.stringify(everything)}}`
}

function row(id: string, place: number, run: number): object {
  const base = { id: `r-${place}`, custom_id: id }
  if (place === 4)
    return { ...base, response: null, error: { message: everything, code: payloads.handler, type: payloads.bidi } }
  const message = { role: 'assistant', content: contentOf(place, run), reasoning_content: everything }
  const body = {
    choices: [{ message, finish_reason: place === 5 ? payloads.script : 'stop' }],
    usage: { prompt_tokens: 20, completion_tokens: 6 },
  }
  return { ...base, response: { status_code: 200, request_id: payloads.handler, body }, error: null }
}

interface Described {
  runId: string
  slug: string
  paths: { results: string; log: string }
  data: string
  rows: string
  log: string
  run: number
}

function describe({ runId, slug, paths, data, rows, log, run }: Described): RunMeta {
  const at = `2026-11-24T0${run + 1}:00:00Z`
  const items = hostileIds.length
  const failed = run === 2
  return {
    schema_version: 1,
    run_id: runId,
    status: failed ? 'failed' : 'completed',
    ...(failed ? { failure: { code: payloads.handler, message: everything } } : {}),
    model: {
      name: `Model ${run} ${everything}`,
      id: payloads.handler,
      slug,
      size: payloads.bidi,
      quantization: payloads.script,
    },
    dataset: {
      name: `${hostileDataset}.jsonl`,
      count: items,
      sha256: sha256(data),
      privacy: 'synthetic',
      prompt_template: everything,
      criteria: { [payloads.handler]: everything },
      rubric: 'hostile_v1',
      prompt_sha256: promptSha256(rubricSchema.parse(rubric)),
    },
    execution: {
      started_at: at,
      completed_at: at,
      duration_seconds: items / 4,
      req_per_sec: 4,
      command: everything,
      vllm_version: payloads.handler,
      sampling: { temperature: 0, max_tokens: 160, [payloads.attribute]: everything },
      overrides: [payloads.script],
      response_format: payloads.link,
      engine: {
        name: payloads.handler,
        version: payloads.bidi,
        args: { [payloads.attribute]: everything, constructor: payloads.script },
        command: [everything],
      },
      host: { name: everything, platform: payloads.control, cpu: payloads.handler },
      segments: [{ host: everything, started_at: at, completed_at: at, engine_metrics: { [payloads.handler]: 1 } }],
      concurrency: 4,
      order: 'input',
    },
    results: {
      total: items,
      success: items - 1,
      errors: 1,
      missing: 0,
      error_causes: [{ code: payloads.script, message: everything, count: 1 }],
      finish_reasons: { stop: items - 2, [payloads.script]: 1 },
    },
    files: {
      results: paths.results,
      log: paths.log,
      input: `/data/${payloads.link}/x.jsonl`,
      sha256: { results: sha256(rows), log: sha256(log) },
      bytes: { results: Buffer.byteLength(rows), log: Buffer.byteLength(log) },
    },
    provenance: {
      source: 'imported',
      conflicts: [{ field: payloads.handler, claimed: everything, observed: { [payloads.script]: everything } }],
      origin: {
        file: `old/${payloads.handler}.jsonl`,
        format: payloads.script,
        bytes: 1,
        sha256: sha256(rows),
        rows_sha256: sha256(rows),
        rows: items,
        imported: items,
        left_out: [{ from: 1, to: 1, rows: 0, finding: everything }],
      },
      known_from: { [payloads.handler]: 'rows' },
    },
  }
}

const toLines = (values: readonly object[]) => values.map((value) => `${JSON.stringify(value)}\n`).join('')
