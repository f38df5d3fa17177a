import { isDeepStrictEqual } from 'node:util'
import { join } from 'node:path'
import { UserError, round, type Dataset, type Rubric, type RunMeta } from 'registry'
import {
  buildIndex,
  catalogFolders,
  checkDataset,
  digestFile,
  formatJson,
  indexPath,
  metaPathOf,
  promptSha256,
  readLabels,
  readLedger,
  readOptional,
  readRunColumns,
  readyMadePromptSha256,
  refusePointer,
  stemOf,
  type Ledger,
} from 'registry/node'

export interface RunVerification {
  run_id: string
  ok: boolean
  problems: string[]
}

export interface VerifyOutcome {
  ok: boolean
  runs: RunVerification[]
  /** faults that belong to no single run: catalog, unreadable metas, the index */
  problems: string[]
}

/**
 * Checks runs against themselves: schema, path, digests, accounting recounted from the rows, ids against the dataset;
 * without run ids, all runs, the catalog and the index too. Changes nothing.
 * @throws UserError for a run id the ledger does not know
 */
export async function verifyResults(inputs: { ledger: string; runIds: readonly string[] }): Promise<VerifyOutcome> {
  const ledger = await readLedger(inputs.ledger)
  const unknown = inputs.runIds.filter((runId) => !ledger.runs.some(({ meta }) => meta.run_id === runId))
  if (unknown.length > 0)
    throw new UserError('no such run', [
      ...unknown.map((runId) => `${JSON.stringify(runId)} is not in ${inputs.ledger}: batchledger list shows the runs`),
      ...ledger.problems,
    ])
  const all = inputs.runIds.length === 0
  const readDataset = datasetReader(ledger)
  const runs: RunVerification[] = []
  for (const { meta } of ledger.runs) {
    if (!all && !inputs.runIds.includes(meta.run_id)) continue
    const problems = await verifyRun(ledger, meta, readDataset)
    runs.push({ run_id: meta.run_id, ok: problems.length === 0, problems })
  }
  const problems = all
    ? [...ledger.problems, ...(await verifyDatasets(ledger, readDataset)), ...(await verifyIndex(ledger))]
    : []
  return { ok: problems.length === 0 && runs.every((run) => run.ok), runs, problems }
}

async function verifyRun(ledger: Ledger, meta: RunMeta, readDataset: DatasetReader): Promise<string[]> {
  const problems: string[] = []
  for (const part of ['results', 'log'] as const) {
    const path = meta.files[part]
    try {
      await refusePointer(ledger.folder, path)
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      problems.push(...error.problems)
      continue
    }
    const found = await digestFile(join(ledger.folder, path))
    if (found.sha256 !== meta.files.sha256[part])
      problems.push(
        `${path}: sha256 is ${found.sha256.slice(0, 12)}…, the meta has ${meta.files.sha256[part].slice(0, 12)}…: a run is write-once; restore the file with git checkout`,
      )
    if (found.bytes !== meta.files.bytes[part])
      problems.push(`${path}: holds ${found.bytes} bytes, the meta has ${meta.files.bytes[part]}`)
    if (part === 'results') problems.push(...(await verifyRows(ledger, meta, readDataset)))
  }
  return problems
}

async function verifyRows(ledger: Ledger, meta: RunMeta, readDataset: DatasetReader): Promise<string[]> {
  const rubric = meta.dataset.rubric === undefined ? undefined : ledger.catalog.rubrics.get(meta.dataset.rubric)
  const read = await readRunColumns(ledger.folder, meta, rubric ?? { fields: {}, accept: 'json' })
  const problems = [...read.problems]
  const metaPath = metaPathOf(meta)
  // a figure the rows don't give is as wrong as one they give otherwise
  for (const figure of new Set([...Object.keys(read.results), ...Object.keys(meta.results)])) {
    const found = read.results[figure as keyof RunMeta['results']]
    const claimed = meta.results[figure as keyof RunMeta['results']]
    if (!isDeepStrictEqual(claimed, found))
      problems.push(
        `${metaPath}: results.${figure} is ${show(claimed)}, the rows give ${show(found)}: the meta or the rows were edited`,
      )
  }
  problems.push(...verifyStatus(meta, metaPath, read.results))
  problems.push(...verifyRate(meta, metaPath))
  if (rubric) problems.push(...verifyPrompt(meta, metaPath, rubric))
  const model = ledger.catalog.models.get(meta.model.slug)
  if (model && meta.model.id !== model.hub_id)
    problems.push(
      `${metaPath}: model.id is ${meta.model.id}, registry/models/${meta.model.slug}.yaml has ${model.hub_id}: one of them was edited`,
    )
  problems.push(...(await verifyIds(ledger, meta, read.columns.customIds, readDataset)))
  return problems
}

/** What the run says it asked, against the rubric it names; ready-made requests asked what their dataset says. */
function verifyPrompt({ run_id: runId, dataset }: RunMeta, metaPath: string, rubric: Rubric): string[] {
  const asked = dataset.prompt_sha256
  if (asked === undefined || asked === readyMadePromptSha256) return []
  if (asked !== promptSha256(rubric))
    return [
      `${catalogFolders.rubrics}/${dataset.rubric}.yaml: its prompt part differs from what ${runId} was judged by: a rubric that runs refer to is not edited; restore it and give the new one a new id`,
    ]
  if (isDeepStrictEqual(dataset.criteria, rubric.criteria)) return []
  return [
    `${metaPath}: dataset.criteria are not those of ${dataset.rubric}, whose prompt it names: the meta was edited`,
  ]
}

/** A status against the accounting: completed has no missing rows, and a run without one good row is failed. */
function verifyStatus(meta: RunMeta, metaPath: string, results: RunMeta['results']): string[] {
  const problems: string[] = []
  if (meta.status === 'completed' && results.missing > 0)
    problems.push(`${metaPath}: status is completed, ${results.missing} rows are missing`)
  if (meta.status !== 'failed' && results.success === 0)
    problems.push(`${metaPath}: status is ${meta.status}, no row was answered well`)
  if (meta.status !== 'completed' && !meta.failure)
    problems.push(`${metaPath}: status is ${meta.status} without a reason in failure`)
  if (meta.status === 'completed' && meta.failure)
    problems.push(`${metaPath}: status is completed, failure says ${meta.failure.code}`)
  return problems
}

function verifyRate({ execution, results }: RunMeta, metaPath: string): string[] {
  const { duration_seconds: seconds, req_per_sec: rate } = execution
  const found = seconds > 0 ? round(results.success / seconds, 4) : undefined
  return found === rate ? [] : [`${metaPath}: execution.req_per_sec is ${rate}, success / duration is ${found}`]
}

/** The rows' ids against the dataset's, where the dataset is at hand: known, and in its order. */
async function verifyIds(
  ledger: Ledger,
  meta: RunMeta,
  customIds: readonly string[],
  readDataset: DatasetReader,
): Promise<string[]> {
  const entry = ledger.catalog.datasets.get(stemOf(meta.dataset.name))
  if (!entry) return []
  if (entry.sha256 !== meta.dataset.sha256)
    return [
      `${catalogFolders.datasets}/${stemOf(meta.dataset.name)}.yaml: sha256 differs from the one ${meta.run_id} was run with: datasets don’t change; give the new data a new name`,
    ]
  if (entry.location === 'runner') return []
  const { positions, problems: unreadable } = await readDataset(stemOf(meta.dataset.name), entry)
  // a dataset that can't be read is told on its own
  if (unreadable.length > 0) return []
  const problems: string[] = []
  let last = -1
  for (const [index, customId] of customIds.entries()) {
    const position = positions.get(customId)
    if (position === undefined)
      problems.push(`${meta.files.results}:${index + 1}: its custom_id is not in ${meta.dataset.name}`)
    else if (position <= last) problems.push(`${meta.files.results}:${index + 1}: stands out of the dataset’s order`)
    else last = position
  }
  return problems
}

/** A dataset of the catalog as its file has it. */
interface ReadDataset {
  /** custom_id → position */
  positions: ReadonlyMap<string, number>
  problems: readonly string[]
}

type DatasetReader = (id: string, dataset: Dataset) => Promise<ReadDataset>

/** Reads each dataset once, however many runs and labels refer to it. */
function datasetReader(ledger: Ledger): DatasetReader {
  const known = new Map<string, Promise<ReadDataset>>()
  const read = async (id: string, dataset: Dataset): Promise<ReadDataset> => {
    const positions = new Map<string, number>()
    const onItem = ({ customId }: { customId: string }) => void positions.set(customId, positions.size)
    return { positions, problems: await checkDataset(ledger.folder, id, dataset, onItem) }
  }
  return (id, dataset) => {
    const reading = known.get(id) ?? read(id, dataset)
    known.set(id, reading)
    return reading
  }
}

/** The catalog's datasets against their files, with their labels; rows that lie on the runner only are left out. */
async function verifyDatasets(ledger: Ledger, readDataset: DatasetReader): Promise<string[]> {
  const problems: string[] = []
  for (const [id, dataset] of ledger.catalog.datasets) {
    if (dataset.location === 'runner') continue
    const read = await readDataset(id, dataset)
    problems.push(...read.problems)
    const rubric = dataset.rubric === undefined ? undefined : ledger.catalog.rubrics.get(dataset.rubric)
    problems.push(...(await readLabels(ledger.folder, dataset, rubric, read.positions)).problems)
  }
  return problems
}

async function verifyIndex(ledger: Ledger): Promise<string[]> {
  const text = await readOptional(join(ledger.folder, indexPath))
  if (text === formatJson(buildIndex(ledger.runs, ledger.catalog))) return []
  const finding = text === undefined ? 'no such file' : 'does not say what the runs’ metas say'
  return [`${indexPath}: ${finding}: write it with batchledger register`]
}

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? 'absent'
  return text.length > 100 ? `${text.slice(0, 99)}…` : text
}
