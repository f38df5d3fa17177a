import { appendFileSync, readFileSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { runMetaSchema, type RunMeta } from 'registry'
import {
  buildIndex,
  bundlePaths,
  digestFile,
  formatJson,
  indexPath,
  mintRunId,
  promptSha256,
  readLedger,
  readRunColumns,
  readRunColumnsCached,
  sha256,
} from 'registry/node'
import { verifyResults } from '../../actions/verify-results/verify-results.ts'
import { ratios, type BenchReport } from '../figure.ts'
import { inPairs, timed } from '../in-pairs.ts'
import { benchModel, writeBenchLedger } from '../run/write-bench-ledger.ts'

const few = 1000
const many = 10_000
const rowsEach = 20
const pairs = 2
const dataset = `rows_${rowsEach}`
const rubricId = 'candidate_evaluation_v1'

/** A ledger of many small runs: what it takes to list, index and verify them, and to read them again. */
export async function measureLedger(folder: string): Promise<BenchReport> {
  const [small, large] = [join(folder, 'few'), join(folder, 'many')]
  await writeLedger(small, few)
  await writeLedger(large, many)
  const list = (ledger: string) => () => timed(() => readLedger(ledger))
  const index = async (ledger: string) => {
    const { runs, catalog } = await readLedger(ledger)
    return () => timed(() => Promise.resolve(formatJson(buildIndex(runs, catalog))))
  }
  const verify = (ledger: string) => () =>
    timed(async () => {
      const { ok, problems, runs } = await verifyResults({ ledger, runIds: [] })
      if (!ok) throw new Error([...problems, ...runs.flatMap((run) => run.problems)][0])
    })
  const samples = await inPairs(pairs, {
    listFew: list(small),
    listMany: list(large),
    indexFew: await index(small),
    indexMany: await index(large),
    verifyFew: verify(small),
    verifyMany: verify(large),
  })
  const growth = (name: string, above: readonly number[], below: readonly number[]) => [
    { name: `${name} ${many} runs`, unit: 's', values: [...above] },
    { name: `${name}: ${many} / ${few} runs`, unit: '', values: ratios(above, below), wanted: { atMost: 13 } },
  ]
  const figures = [
    ...growth('list', samples.listMany, samples.listFew),
    ...growth('index', samples.indexMany, samples.indexFew),
    ...growth('verify', samples.verifyMany, samples.verifyFew),
  ]
  const work = `${many} runs of ${rowsEach} rows; ten times the runs should take about ten times as long`
  return { parts: [{ name: 'ledger', work, figures }, await measureAgain(large, join(folder, 'cache'))] }
}

/** Bytes read, not time: the first reading of all columns, a second one, and one after a single run has changed. */
async function measureAgain(ledger: string, cache: string) {
  const { runs, catalog } = await readLedger(ledger)
  const rubric = catalog.rubrics.get(rubricId)
  if (!rubric) throw new Error(`no rubric ${rubricId}`)
  const readAll = () =>
    bytesRead(async () => {
      for (const { meta } of runs) await readRunColumnsCached(ledger, meta, rubric, { cache })
    })
  const rows = runs.reduce((sum, { meta }) => sum + meta.files.bytes.results, 0)
  const first = await readAll()
  const second = await readAll()
  const changed = join(ledger, runs[0]?.meta.files.results ?? '')
  appendFileSync(changed, `${readFileSync(changed, 'utf8').split('\n')[0]?.replace('candidate-', 'another-')}\n`)
  const third = await readAll()
  const figures = [
    { name: 'rows of all runs', unit: 'MB', values: [rows / 1e6] },
    { name: 'read the first time', unit: 'MB', values: [first / 1e6] },
    { name: 'read the second time (cache, stamps)', unit: 'MB', values: [second / 1e6] },
    { name: 'second / rows', unit: '', values: [second / rows], wanted: { atMost: 0.25 } },
    { name: 'more than that once one run changed', unit: 'KB', values: [(third - second) / 1e3] },
    { name: 'size of the run that changed', unit: 'KB', values: [(await digestFile(changed)).bytes / 1e3] },
  ]
  return { name: 'again', work: `columns of ${many} runs, by the process's own count of bytes read`, figures }
}

/** rchar of proc_pid_io(5): what was asked of read(2) and its like. */
async function bytesRead(work: () => Promise<unknown>): Promise<number> {
  const read = () => Number(/^rchar: (\d+)$/m.exec(readFileSync('/proc/self/io', 'utf8'))?.[1])
  const before = read()
  await work()
  return read() - before
}

async function writeLedger(ledger: string, runs: number): Promise<void> {
  await writeBenchLedger(ledger, [rowsEach])
  const { catalog } = await readLedger(ledger)
  const { datasets, rubrics, models } = catalog
  const entry = datasets.get(dataset)
  const rubric = rubrics.get(rubricId)
  const model = models.get(benchModel)
  if (!entry || !rubric || !model) throw new Error('the bench ledger lacks its catalog')
  for (let run = 0; run < runs; run++) {
    const at = new Date(Date.UTC(2026, 0, 1) + run * 60_000)
    const name = `${dataset}.jsonl`
    const runId = mintRunId(benchModel, name, at)
    const paths = bundlePaths({ runId, slug: benchModel, datasetName: name })
    if (!paths) throw new Error(`no place for ${runId}`)
    await mkdir(dirname(join(ledger, paths.results)), { recursive: true })
    const rows = Array.from({ length: rowsEach }, (_, row) => rowOf(run, row)).join('')
    await writeFile(join(ledger, paths.results), rows)
    await writeFile(join(ledger, paths.log), '')
    const files: RunMeta['files'] = {
      results: paths.results,
      log: paths.log,
      input: name,
      sha256: { results: sha256(rows), log: sha256('') },
      bytes: { results: Buffer.byteLength(rows), log: 0 },
    }
    const about: RunMeta['dataset'] = {
      name,
      count: rowsEach,
      sha256: entry.sha256,
      privacy: entry.privacy,
      criteria: rubric.criteria,
      rubric: rubricId,
      prompt_sha256: promptSha256(rubric),
    }
    const { results } = await readRunColumns(ledger, { files, dataset: about }, rubric)
    const meta = runMetaSchema.parse({
      schema_version: 1,
      run_id: runId,
      status: 'completed',
      model: { name: model.name, id: model.hub_id, slug: benchModel },
      dataset: about,
      execution: {
        started_at: at.toISOString(),
        completed_at: new Date(at.getTime() + 10_000).toISOString(),
        duration_seconds: 10,
        req_per_sec: rowsEach / 10,
        command: 'batchledger run',
        sampling: { temperature: 0, max_tokens: 176 },
        engine: { name: 'openai', args: {} },
        host: { platform: 'linux' },
        segments: [],
        concurrency: 8,
        order: 'input',
      },
      results,
      files,
      provenance: { source: 'measured', conflicts: [] },
    })
    await writeFile(join(ledger, paths.meta), formatJson(meta))
  }
  const { runs: written, catalog: whole } = await readLedger(ledger)
  await writeFile(join(ledger, indexPath), formatJson(buildIndex(written, whole)))
}

function rowOf(run: number, row: number): string {
  const reason = (field: string) => `${field} of ${row} in ${run}: ${'steady growth and clear ownership, '.repeat(3)}`
  const answer = Object.fromEntries(
    ['educational_pedigree', 'company_pedigree', 'trajectory', 'recommendation', 'is_software_engineer'].map(
      (field) => [
        field,
        {
          reasoning: reason(field),
          value: field === 'recommendation' ? 'Yes' : field.startsWith('is') ? true : 'Great',
        },
      ],
    ),
  )
  const choices = [{ index: 0, message: { role: 'assistant', content: JSON.stringify(answer) }, finish_reason: 'stop' }]
  const body = { id: `c-${run}-${row}`, model: 'm', choices, usage: { prompt_tokens: 400, completion_tokens: 130 } }
  const customId = `candidate-${String(row + 1).padStart(6, '0')}`
  return `${JSON.stringify({ id: `${run}-${row}`, custom_id: customId, response: { status_code: 200, request_id: 'r', body }, error: null })}\n`
}
