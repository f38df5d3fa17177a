import { copyFile, lstat, mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import {
  RowCounter,
  UserError,
  parseRow,
  round,
  runMetaSchema,
  type Dataset,
  type Rubric,
  type RunMeta,
} from 'registry'
import {
  digestFile,
  extractionSha256,
  formatJson,
  promptSha256,
  readLines,
  readyMadePromptSha256,
  type Catalog,
} from 'registry/node'
import { registerRuns } from '../register-runs/register-runs.ts'
import { takeLock } from '../run-batch/job-lock.ts'
import { syncPath } from '../run-batch/sync-path.ts'
import { rowsOf, type ImportPlan, type PlannedRun } from './import-plan.ts'
import { pathsOf } from './plan-import.ts'
import { isoOf } from './read-moment.ts'
import { entryOf, writeCatalog } from './write-catalog.ts'
import { writeRows } from './write-rows.ts'

export interface Applied {
  /** run ids */
  imported: string[]
  /** paths of catalog entries and dataset files that were written */
  catalog: string[]
  /** why the index was not written, one fault each */
  unregistered: string[]
}

export interface ApplyInputs {
  ledger: string
  plan: ImportPlan
  rubrics: Catalog['rubrics']
  map: Readonly<Record<string, string>>
  privacy: Dataset['privacy']
  onRun?: (runId: string) => void
}

/** Where bundles are made before they are moved to their place; in the ledger, so that moving is one rename. */
const stagingFolder = 'results/.importing'

/**
 * Carries a plan out: catalog entries first, then run by run rows, log and meta, the meta last, since a run is there when
 * its meta is. What a crash left is made again by the next call. Sources are only read.
 */
export async function applyImport(inputs: ApplyInputs): Promise<Applied> {
  const { ledger, plan, map } = inputs
  await checkPlaces(ledger, plan)
  const staging = join(ledger, stagingFolder)
  await mkdir(staging, { recursive: true })
  const lock = await takeLock(staging)
  if ('heldBy' in lock)
    throw new UserError('another import is at work', [
      `${staging}: held by process ${lock.heldBy.pid} on ${lock.heldBy.host}: wait until it has ended`,
    ])
  try {
    const { datasets, paths } = await writeCatalog(ledger, plan, map, inputs.privacy)
    for (const run of plan.runs) {
      await importRun(inputs, run, entryOf(run.dataset, datasets), staging)
      inputs.onRun?.(run.runId)
    }
    return { imported: plan.runs.map(({ runId }) => runId), catalog: paths, unregistered: await register(ledger) }
  } finally {
    await lock.release()
    await rm(staging, { recursive: true, force: true })
  }
}

/** A plan is carried out only where nothing of another's is in the way. */
async function checkPlaces(ledger: string, plan: ImportPlan): Promise<void> {
  const problems: string[] = []
  for (const run of plan.runs) {
    const paths = pathsOf(run)
    const source = join(run.source.root, run.source.path)
    for (const path of Object.values(paths) as string[])
      if (join(ledger, path) === source || (await lstat(join(ledger, path)).catch(() => undefined))?.isSymbolicLink())
        problems.push(
          `${path}: ${run.runId} would take the place of its own source or of a link: import into another ledger, or move the old files away`,
        )
    if (await lstat(join(ledger, paths.meta)).catch(() => undefined))
      problems.push(
        `${paths.meta}: stands there, and is no meta of this format: move the old files away and import them`,
      )
  }
  if (problems.length > 0) throw new UserError('the import can’t be carried out', problems)
}

async function importRun(inputs: ApplyInputs, run: PlannedRun, dataset: Dataset, staging: string): Promise<void> {
  const paths = pathsOf(run)
  const partial = join(staging, run.runId)
  await rm(partial, { recursive: true, force: true })
  await mkdir(dirname(join(partial, paths.meta)), { recursive: true })
  const rows = await writeRows(run, inputs.map, dataset.privacy, join(partial, paths.results))
  await writeLog(run, join(partial, paths.log))
  const log = await digestFile(join(partial, paths.log))
  const rubric = run.rubric === undefined ? undefined : inputs.rubrics.get(run.rubric)
  const meta = runMetaSchema.parse(describeImported(run, dataset, rubric, rows, log))
  await checkStaged(partial, meta)
  await writeFile(join(partial, paths.meta), formatJson(meta))
  for (const path of [paths.log, paths.meta]) await syncPath(join(partial, path))
  const folder = dirname(join(inputs.ledger, paths.meta))
  await mkdir(folder, { recursive: true })
  // the meta makes it a run: it comes last
  for (const path of [paths.results, paths.log, paths.meta])
    await rename(join(partial, path), join(inputs.ledger, path))
  await syncPath(folder)
}

/**
 * What was written is read once more, as `verify` will: every line is a row, and the figures are theirs. That each id stands
 * once follows from the dataset's order, which writeRows keeps.
 */
async function checkStaged(folder: string, meta: RunMeta): Promise<void> {
  const counter = new RowCounter(meta.dataset.privacy)
  let problem: string | undefined
  for await (const line of readLines(join(folder, meta.files.results))) {
    const read = parseRow(line.text)
    if (read.row) counter.add(read.row)
    else problem ??= `line ${line.number}: ${read.problem}`
  }
  if (problem === undefined && isDeepStrictEqual(counter.results(meta.dataset.count), meta.results)) return
  throw new Error(`${meta.run_id}: the bundle does not read as it was written: ${problem ?? 'other figures'}`)
}

/** The old log as it is; where there is none, a few lines that say so. */
async function writeLog(run: PlannedRun, path: string): Promise<void> {
  if (run.source.sidecars.log !== undefined) {
    await copyFile(join(run.source.root, run.source.sidecars.log), path)
    return
  }
  const { imported, leftOut } = rowsOf(run)
  const lines = [
    `imported from ${run.source.path} (${run.source.format}, sha256 ${run.sourceSha256}): no log lay beside it`,
    `${imported} rows imported, ${leftOut} left out`,
    ...run.notes,
  ]
  await writeFile(path, `${lines.join('\n')}\n`)
}

function describeImported(
  run: PlannedRun,
  dataset: Dataset,
  rubric: Rubric | undefined,
  rows: Awaited<ReturnType<typeof writeRows>>,
  log: { sha256: string; bytes: number },
): RunMeta {
  const { model } = run
  const paths = pathsOf(run)
  const { imported, leftOut } = rowsOf(run)
  const seconds = run.durationSeconds
  return {
    schema_version: 1,
    run_id: run.runId,
    status: run.counted.status,
    ...(run.failure ? { failure: tellFailure(run, rows.results) } : {}),
    model: {
      name: model.name,
      id: model.hubId,
      slug: model.slug,
      ...(model.entry?.size === undefined ? {} : { size: model.entry.size }),
      ...(model.entry?.vram_gb === undefined ? {} : { vram_gb: model.entry.vram_gb }),
    },
    dataset: {
      name: run.dataset.name,
      count: run.counted.total,
      sha256: dataset.sha256,
      privacy: dataset.privacy,
      ...(run.promptTemplate === undefined ? {} : { prompt_template: run.promptTemplate }),
      ...describePrompt(run, dataset, rubric),
    },
    execution: {
      started_at: isoOf(run.startedAt),
      ...(run.completedAt === undefined ? {} : { completed_at: isoOf(run.completedAt) }),
      ...(seconds === undefined ? {} : { duration_seconds: seconds }),
      ...(seconds === undefined ? {} : { req_per_sec: round(rows.results.success / seconds, 4) }),
      ...(run.vllmVersion === undefined ? {} : { vllm_version: run.vllmVersion }),
      ...(run.command === undefined ? {} : { command: run.command }),
      engine: {
        name: run.engine ?? 'unknown',
        ...(run.vllmVersion === undefined ? {} : { version: run.vllmVersion }),
        args: {},
      },
      segments: [],
    },
    results: rows.results,
    files: {
      results: paths.results,
      log: paths.log,
      input: dataset.file,
      sha256: { results: rows.sha256, log: log.sha256 },
      bytes: { results: rows.bytes, log: log.bytes },
    },
    provenance: {
      source: 'imported',
      conflicts: run.conflicts,
      origin: {
        file: run.source.path,
        format: run.source.format,
        bytes: run.sourceBytes,
        sha256: run.sourceSha256,
        rows_sha256: run.part.rowsSha256,
        rows: imported + leftOut,
        imported,
        left_out: run.leftOut,
        ...(run.inputsSha256 === undefined ? {} : { inputs_sha256: run.inputsSha256 }),
      },
      known_from: run.knownFrom,
    },
  }
}

/** The plan knows a failed run's status and code; the rows' counter has its cause in words, withheld for personal data. */
function tellFailure({ failure }: PlannedRun, { error_causes: [cause] }: RunMeta['results']): RunMeta['failure'] {
  if (failure?.code !== 'all_rows_failed' || !cause) return failure
  const status = cause.status === undefined ? '' : `HTTP ${cause.status}: `
  return { code: failure.code, message: `every row failed: ${status}${cause.message}` }
}

/**
 * A prompt is known only where a person names the rubric, or where the requests themselves are at hand. Else the run says
 * none, and is not compared.
 */
function describePrompt(
  { rubric: rubricId, knownFrom }: PlannedRun,
  dataset: Dataset,
  rubric: Rubric | undefined,
): Partial<RunMeta['dataset']> {
  const ready = dataset.format === 'openai-batch'
  const named = knownFrom['dataset.rubric'] === 'given'
  const prompt = ready ? readyMadePromptSha256 : rubric && named ? promptSha256(rubric) : undefined
  return {
    ...(rubric && rubricId !== undefined
      ? { rubric: rubricId, criteria: rubric.criteria, extraction_sha256: extractionSha256(rubric) }
      : {}),
    ...(prompt === undefined ? {} : { prompt_sha256: prompt }),
  }
}

async function register(ledger: string): Promise<string[]> {
  try {
    await registerRuns({ ledger })
    return []
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    return [...error.problems]
  }
}
