import { createHash } from 'node:crypto'
import { closeSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { round, RowCounter, runMetaSchema, type Dataset, type Model, type RunMeta } from 'registry'
import {
  buildIndex,
  bundlePaths,
  formatJson,
  indexPath,
  mintRunId,
  promptSha256,
  readLedger,
  sha256,
} from 'registry/node'
import { models, recordText, rubric, rubricId, shownItem } from './bench-catalog.ts'
import { benchRow, type BenchRun } from './bench-rows.ts'

export interface LedgerSize {
  runs: number
  /** of each dataset, and so of each run */
  rows: number
  /** the runs are spread over them; 1 by default */
  datasets?: number
}

/** A ledger of invented runs over invented candidates: catalog, rows, metas; the same bytes for the same size. */
export async function writeBenchLedger(folder: string, { runs, rows, datasets = 1 }: LedgerSize): Promise<void> {
  const used = models.slice(0, Math.min(runs, models.length))
  for (const { slug, name, hubId, size } of used)
    put(folder, `registry/models/${slug}.yaml`, { name, hub_id: hubId, size } satisfies Model)
  put(folder, `registry/rubrics/${rubricId}.yaml`, rubric)
  const names = Array.from({ length: datasets }, (_, place) => `bench_${rows}_${place}`)
  const entries = names.map((name) => writeDataset(folder, name, rows))
  for (let run = 0; run < runs; run++) {
    const model = used[run % used.length]
    // the next model once every dataset had this one
    const dataset = entries[Math.floor(run / used.length) % entries.length]
    if (!model || !dataset) throw new RangeError(`no model or dataset for run ${run}`)
    writeRun(folder, dataset, rows, { run, model, status: statusOf(run) })
  }
  const { runs: written, catalog, problems } = await readLedger(folder)
  if (problems[0] !== undefined) throw new Error(problems[0])
  writeFileSync(join(folder, indexPath), formatJson(buildIndex(written, catalog)))
}

function statusOf(run: number): BenchRun['status'] {
  return run % 40 === 17 ? 'failed' : run % 40 === 29 ? 'partial' : 'completed'
}

function writeDataset(folder: string, id: string, rows: number): Dataset {
  const file = `registry/datasets/${id}.jsonl`
  const { sha256: digest } = writeLines(join(folder, file), rows, (row) => `${recordText(row)}\n`)
  const entry: Dataset = {
    title: `${rows} invented candidates`,
    format: 'records',
    file,
    location: 'ledger',
    sha256: digest,
    count: rows,
    privacy: 'synthetic',
    created: '2026-11-24',
    rubric: rubricId,
    item: shownItem,
  }
  put(folder, `registry/datasets/${id}.yaml`, entry)
  return entry
}

function writeRun(folder: string, dataset: Dataset, rows: number, run: BenchRun): void {
  const { model, status } = run
  const name = dataset.file.slice('registry/datasets/'.length)
  const started = new Date(Date.UTC(2026, 8, 1) + run.run * 3_600_000)
  const runId = mintRunId(model.slug, name, started)
  const paths = bundlePaths({ runId, slug: model.slug, datasetName: name })
  if (!paths) throw new Error(`no place for ${runId}`)
  const counter = new RowCounter(dataset.privacy)
  const written = writeLines(join(folder, paths.results), rows, (row) => {
    const made = benchRow(run, row, rows)
    if (made) counter.add(made.parsed)
    return made?.line ?? ''
  })
  const log = `INFO ${model.hubId} loaded\nINFO ${counter.success} answered\n`
  writeFileSync(join(folder, paths.log), log)
  const seconds = Math.max(1, Math.round(counter.success / model.speed))
  const meta: RunMeta = runMetaSchema.parse({
    schema_version: 1,
    run_id: runId,
    status,
    ...(status === 'completed' ? {} : { failure: reasonOf(status) }),
    model: { name: model.name, id: model.hubId, slug: model.slug, size: model.size },
    dataset: {
      name,
      count: rows,
      sha256: dataset.sha256,
      privacy: dataset.privacy,
      prompt_template: rubric.prompt.user,
      criteria: rubric.criteria,
      rubric: rubricId,
      prompt_sha256: promptSha256(rubric),
    },
    execution: {
      started_at: started.toISOString(),
      completed_at: new Date(started.getTime() + seconds * 1000).toISOString(),
      duration_seconds: seconds,
      req_per_sec: round(counter.success / seconds, 4),
      command: `batchledger run --model ${model.slug} --dataset ${name.replace('.jsonl', '')}`,
      sampling: { temperature: 0, max_tokens: 512 },
      engine: { name: 'vllm', version: '0.32.0', args: { max_model_len: 4096 + (run.run % 3) * 2048 } },
      host: { platform: 'linux-x64', cpu: 'invented', cpus: 8, memory_gb: 64 },
      segments: [],
      concurrency: 64,
      order: 'prefix',
    },
    results: counter.results(rows),
    files: {
      results: paths.results,
      log: paths.log,
      input: dataset.file,
      sha256: { results: written.sha256, log: sha256(log) },
      bytes: { results: written.bytes, log: Buffer.byteLength(log) },
    },
    provenance: { source: 'measured', conflicts: [] },
  })
  writeFileSync(join(folder, paths.meta), formatJson(meta))
}

function reasonOf(status: 'partial' | 'failed') {
  return status === 'failed'
    ? { code: 'no_chat_template', message: 'no chat template: every row was refused' }
    : { code: 'time_is_up', message: 'ended after the time it was given' }
}

const blockBytes = 1 << 20

function writeLines(path: string, rows: number, lineOf: (row: number) => string): { sha256: string; bytes: number } {
  mkdirSync(dirname(path), { recursive: true })
  const file = openSync(path, 'w')
  const hash = createHash('sha256')
  let bytes = 0
  let lines = ''
  const flush = () => {
    const block = Buffer.from(lines)
    writeSync(file, block)
    hash.update(block)
    bytes += block.length
    lines = ''
  }
  for (let row = 0; row < rows; row++) {
    lines += lineOf(row)
    if (lines.length > blockBytes) flush()
  }
  flush()
  closeSync(file)
  return { sha256: hash.digest('hex'), bytes }
}

/** JSON is YAML too. */
function put(folder: string, path: string, value: object): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), JSON.stringify(value))
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      runs: { type: 'string', default: '5' },
      rows: { type: 'string', default: '5000' },
      datasets: { type: 'string', default: '1' },
      out: { type: 'string' },
    },
  })
  if (values.out === undefined) throw new Error('--out DIR is missing')
  const size = { runs: Number(values.runs), rows: Number(values.rows), datasets: Number(values.datasets) }
  await writeBenchLedger(values.out, size)
  console.log(`${values.out}: ${size.runs} runs × ${size.rows} rows`)
}
