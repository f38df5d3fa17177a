import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { rubricSchema, type RunMeta } from 'registry'
import { bundlePaths, promptSha256, sha256 } from 'registry/node'

const scale = ['Weak', 'Average', 'Great']
const fieldNames = ['overall', 'education', 'employers', 'trajectory', 'fit']
const rubric = rubricSchema.parse({
  title: 'Many fields',
  prompt: { user: '{{criteria}} {{record}}' },
  criteria: { overall: '- Judge.' },
  fields: Object.fromEntries(
    fieldNames.map((name, place) => [
      name,
      { type: 'ordinal', scale, path: `/${name}/value`, reasoning: `/${name}/reasoning`, primary: place === 0 },
    ]),
  ),
})

/** What run `run` says of item `item` on field `field`: an arbitrary but fixed pattern. */
export function saidValue(run: number, item: number, field: number): string {
  return scale[(item + (item % (run + 2) === 0 ? run : 0) + field) % scale.length] ?? ''
}

/** A ledger of one dataset with many items and some runs over it, as a pattern, for pages that must not fall over. */
export async function writeManyItems(folder: string, items: number, runs: number): Promise<void> {
  const put = async (path: string, text: string) => {
    await mkdir(join(folder, path, '..'), { recursive: true })
    await writeFile(join(folder, path), text)
  }
  const ids = Array.from({ length: items }, (_, item) => `item-${String(item).padStart(6, '0')}`)
  const records = ids.map((custom_id, item) => ({
    custom_id,
    name: `Person ${item}`,
    about: `text of ${item} `.repeat(20),
  }))
  const data = toLines(records)
  await put('registry/datasets/many.jsonl', data)
  await put(
    'registry/datasets/many.yaml',
    JSON.stringify({
      title: 'Many items',
      format: 'records',
      file: 'registry/datasets/many.jsonl',
      location: 'ledger',
      sha256: sha256(data),
      count: items,
      privacy: 'synthetic',
      created: '2026-11-24',
      item: { title: '/name', display: ['/about'] },
    }),
  )
  await put('registry/rubrics/many_v1.yaml', JSON.stringify(rubric))
  for (let run = 0; run < runs; run++) {
    const runId = `model-${run}-many-20261124-0${run}0000`
    const paths = bundlePaths({ runId, slug: `model-${run}`, datasetName: 'many.jsonl' })
    if (!paths) throw new Error(`${runId} has no place`)
    const rows = toLines(ids.map((id, item) => answer(id, run, item)))
    await put(paths.results, rows)
    await put(paths.log, '')
    await put(paths.meta, JSON.stringify(describe(run, runId, paths, items, sha256(data), rows)))
  }
}

function answer(customId: string, run: number, item: number): object {
  const content = JSON.stringify(
    Object.fromEntries(
      fieldNames.map((name, field) => [name, { reasoning: `because of ${name}`, value: saidValue(run, item, field) }]),
    ),
  )
  const body = {
    choices: [{ message: { role: 'assistant', content }, finish_reason: 'stop' }],
    usage: { prompt_tokens: 200, completion_tokens: 60 },
  }
  return { id: `r-${item}`, custom_id: customId, response: { status_code: 200, request_id: 'r', body }, error: null }
}

function describe(
  run: number,
  runId: string,
  paths: { results: string; log: string },
  items: number,
  dataSha256: string,
  rows: string,
): RunMeta {
  const at = `2026-11-24T0${run}:00:00Z`
  return {
    schema_version: 1,
    run_id: runId,
    status: 'completed',
    model: { name: `Model ${run}`, id: `example/model-${run}`, slug: `model-${run}` },
    dataset: {
      name: 'many.jsonl',
      count: items,
      sha256: dataSha256,
      privacy: 'synthetic',
      rubric: 'many_v1',
      prompt_sha256: promptSha256(rubric),
    },
    execution: {
      started_at: at,
      completed_at: at,
      duration_seconds: items / 4,
      req_per_sec: 4,
      command: 'batchledger run',
      sampling: { temperature: 0, max_tokens: 160 },
      engine: { name: 'openai', args: {} },
      host: { platform: 'linux-x64' },
      segments: [],
      concurrency: 4,
      order: 'input',
    },
    results: {
      total: items,
      success: items,
      errors: 0,
      missing: 0,
      success_rate: 100,
      error_causes: [],
      finish_reasons: { stop: items },
    },
    files: {
      results: paths.results,
      log: paths.log,
      input: 'registry/datasets/many.jsonl',
      sha256: { results: sha256(rows), log: sha256('') },
      bytes: { results: Buffer.byteLength(rows), log: 0 },
    },
    provenance: { source: 'measured', conflicts: [] },
  }
}

function toLines(rows: readonly object[]): string {
  return rows.map((row) => `${JSON.stringify(row)}\n`).join('')
}
