import { randomUUID } from 'node:crypto'
import { mkdir, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { UserError, type Rubric, type RunMeta } from 'registry'
import { catalogFolders, readLedger, refusePointer, type Ledger, type LedgerRun } from 'registry/node'
import { isPersonal } from '../verify-results/check-meta.ts'
import { checkTarget, targetPath, type ExportFormat } from './check-target.ts'
import { datasetOf, datasetsAtHand } from './datasets-at-hand.ts'
import { exportColumns, type ExportColumn } from './export-columns.ts'
import { openSink, type ExportSink } from './export-sinks.ts'
import { joinRun, type JoinSource } from './join-run.ts'
import { datasetIdOf, newestCompleted, selectRuns, type RunSelection } from './select-runs.ts'

export interface ExportInputs {
  ledger: string
  selection: RunSelection & { dataset: string }
  format: ExportFormat
  /** csv, json: a file, or a folder for it; parquet: the folder that holds `dataset=…/model=…/part-0.parquet` */
  out: string
  /** replaces what an earlier export left there */
  force?: boolean
}

export interface ExportOutcome {
  format: ExportFormat
  files: { path: string; rows: number; bytes: number }[]
  runs: string[]
  columns: string[]
  /** lines, `missing` among them */
  rows: number
  missing: number
  /** what the export can't tell, with the mend */
  warnings: string[]
}

/**
 * Writes runs of one dataset with their verdicts, a line an item and run: by default the newest completed run of each
 * model. Streams: memory is that of one line or row group. The target appears whole or not at all.
 * @throws UserError with every fault: unknown names, a place the rows may not go to, rows that are no rows or aren't here
 */
export async function exportResults(inputs: ExportInputs, signal?: AbortSignal): Promise<ExportOutcome> {
  const ledger = await readLedger(inputs.ledger)
  const runs = chooseRuns(ledger, inputs.selection)
  const personal = runs.some(({ meta }) => isPersonal(meta, ledger.catalog))
  const id = runs[0] === undefined ? '' : datasetIdOf(runs[0].meta)
  const target = await targetPath(inputs.out, inputs.format, id)
  const { format, force = false } = inputs
  const refused = [
    ...(await checkTarget(inputs.out, target, { format, force, personal, policy: ledger.catalog.policy })),
    ...(await absentRows(ledger.folder, runs)),
  ]
  if (refused.length > 0) throw new UserError('nothing was exported', refused)
  const hand = await datasetsAtHand(ledger, [id])
  const rubrics = runs.map(({ meta }) => rubricOf(meta, ledger))
  const columns = exportColumns(
    rubrics.filter((rubric) => rubric !== undefined),
    hand.datasets.get(id),
  )
  const warnings = [...hand.warnings, ...runs.flatMap((run) => warnOf(run, ledger, hand)), ...warnOfPrompts(runs)]
  const sources = runs.map((run, index) => {
    const [rubric, dataset] = [rubrics[index], datasetOf(run, hand)]
    return { ledger: ledger.folder, meta: run.meta, ...(rubric ? { rubric } : {}), ...(dataset ? { dataset } : {}) }
  })
  const written = await writeTarget({ target, format, personal, columns, sources, signal })
  return {
    format,
    files: written.files,
    runs: runs.map(({ meta }) => meta.run_id),
    columns: columns.map(({ name }) => name),
    rows: written.rows,
    missing: written.missing,
    warnings,
  }
}

/** Runs whose rows aren't here, all at once, each with its mend. */
export async function absentRows(folder: string, runs: readonly LedgerRun[]): Promise<string[]> {
  const problems: string[] = []
  for (const { meta } of runs)
    await refusePointer(folder, meta.files.results).catch((error: unknown) => {
      if (!(error instanceof UserError)) throw error
      problems.push(...error.problems)
    })
  return problems
}

function chooseRuns(ledger: Ledger, selection: RunSelection): LedgerRun[] {
  const runs = selectRuns(ledger, selection)
  const chosen = selection.runs === undefined ? newestCompleted(runs) : runs
  if (chosen.length > 0) return chosen
  throw new UserError('nothing was exported', [
    `--dataset: none of its ${runs.length} runs is completed: name the runs you want with --runs, e.g. ${runs[0]?.meta.run_id}`,
  ])
}

function rubricOf({ dataset }: RunMeta, { catalog }: Pick<Ledger, 'catalog'>): Rubric | undefined {
  return dataset.rubric === undefined ? undefined : catalog.rubrics.get(dataset.rubric)
}

/** What can't be told of a run, and why. */
function warnOf(run: LedgerRun, ledger: Ledger, hand: Parameters<typeof datasetOf>[1]): string[] {
  const { meta } = run
  const warnings: string[] = []
  if (meta.dataset.rubric === undefined) warnings.push(`${meta.run_id}: names no rubric, so it has no verdicts`)
  else if (!ledger.catalog.rubrics.has(meta.dataset.rubric))
    warnings.push(
      `${catalogFolders.rubrics}/${meta.dataset.rubric}.yaml: no such rubric, or one with faults, so ${meta.run_id} has no verdicts: batchledger verify tells more`,
    )
  if (hand.datasets.has(datasetIdOf(meta)) && datasetOf(run, hand) === undefined)
    warnings.push(
      `${meta.run_id}: was made of other data than ${meta.dataset.name} is now: batchledger verify tells more`,
    )
  if (datasetOf(run, hand) === undefined && meta.results.missing > 0)
    warnings.push(`${meta.run_id}: ${meta.results.missing} missing items are not among the lines`)
  return warnings
}

function warnOfPrompts(runs: readonly LedgerRun[]): string[] {
  const prompts = new Set(runs.map(({ meta }) => meta.dataset.prompt_sha256))
  return prompts.size > 1
    ? [
        `the runs were asked ${prompts.size} different prompts: their verdicts are not comparable, see the column rubric`,
      ]
    : []
}

interface Writing {
  target: string
  format: ExportFormat
  personal: boolean
  columns: readonly ExportColumn[]
  sources: readonly JoinSource[]
  signal: AbortSignal | undefined
}

type Written = Pick<ExportOutcome, 'files' | 'rows' | 'missing'>

/** Writes beside the target, then moves it in place; whatever happens, nothing half stays. */
async function writeTarget(writing: Writing): Promise<Written> {
  const { target, personal } = writing
  const modes = personal ? { file: 0o600, folder: 0o700 } : { file: 0o666, folder: 0o777 }
  const partial = join(dirname(target), `.${randomUUID()}.partial`)
  await mkdir(dirname(target), { recursive: true, mode: modes.folder })
  try {
    const problems: string[] = []
    const written = await writeParts(writing, partial, modes, problems)
    if (problems.length > 0)
      throw new UserError('nothing was exported: rows are faulty', [...problems, 'batchledger verify tells more'])
    await moveInPlace(partial, target, writing.format)
    return written
  } finally {
    await rm(partial, { recursive: true, force: true })
  }
}

/** A file for all runs, or for Parquet a file a model. */
async function writeParts(
  writing: Writing,
  partial: string,
  modes: { file: number; folder: number },
  problems: string[],
): Promise<Written> {
  const { format, target } = writing
  if (format !== 'parquet') {
    const part = await writePart(partial, writing, writing.sources, modes.file, problems)
    return { files: [{ path: target, rows: part.rows, bytes: part.bytes }], rows: part.rows, missing: part.missing }
  }
  const all: Written = { files: [], rows: 0, missing: 0 }
  // the folders' names say these two
  const columns = writing.columns.filter(({ name }) => name !== 'dataset' && name !== 'model')
  for (const model of [...new Set(writing.sources.map(({ meta }) => meta.model.slug))].sort()) {
    const name = join(`model=${encodeURIComponent(model)}`, 'part-0.parquet')
    await mkdir(dirname(join(partial, name)), { recursive: true, mode: modes.folder })
    const sources = writing.sources.filter(({ meta }) => meta.model.slug === model)
    const part = await writePart(join(partial, name), { ...writing, columns }, sources, modes.file, problems)
    all.files.push({ path: join(target, name), rows: part.rows, bytes: part.bytes })
    all.rows += part.rows
    all.missing += part.missing
  }
  return all
}

async function writePart(
  path: string,
  { format, columns, signal }: Writing,
  sources: readonly JoinSource[],
  mode: number,
  problems: string[],
): Promise<{ rows: number; missing: number; bytes: number }> {
  const sink: ExportSink = await openSink(path, format, columns, mode)
  let rows = 0
  let missing = 0
  try {
    for (const source of sources)
      for await (const item of joinRun(source, problems)) {
        signal?.throwIfAborted()
        await sink.write(columns.map(({ read }) => read(item, source.meta)))
        rows++
        if (item.answer === undefined) missing++
      }
    return { rows, missing, bytes: await sink.finish() }
  } finally {
    await sink.close()
  }
}

async function moveInPlace(partial: string, target: string, format: ExportFormat): Promise<void> {
  if (format !== 'parquet') return rename(partial, target)
  // a folder can't be renamed over one that holds something
  const old = `${partial}.old`
  const replaced = await rename(target, old).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return false
      throw error
    },
  )
  await rename(partial, target)
  if (replaced) await rm(old, { recursive: true, force: true })
}
