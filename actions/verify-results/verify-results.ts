import { isDeepStrictEqual } from 'node:util'
import { join } from 'node:path'
import { UserError, type Dataset, type RunColumns, type RunMeta } from 'registry'
import {
  buildIndex,
  checkDataset,
  digestFile,
  formatJson,
  indexPath,
  metaPathOf,
  readLabels,
  readLedger,
  readOptional,
  readRunColumns,
  refusePointer,
  stemOf,
  type Ledger,
  type ReadRun,
} from 'registry/node'
import { checkMeta, isPersonal } from './check-meta.ts'

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
 * without run ids, all runs, the catalog and the index too. Changes nothing. What it says of personal data holds no word of
 * a row. `onRead` gets each run's columns, so that nobody reads the rows a second time.
 * @throws UserError for a run id the ledger does not know
 */
export async function verifyResults(
  inputs: { ledger: string; runIds: readonly string[] },
  onRead: (meta: RunMeta, read: ReadRun) => void = () => undefined,
): Promise<VerifyOutcome> {
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
    const problems = await verifyRun({ ledger, readDataset, onRead }, meta)
    runs.push({ run_id: meta.run_id, ok: problems.length === 0, problems })
  }
  const problems = all
    ? [...ledger.problems, ...(await verifyDatasets(ledger, readDataset)), ...(await verifyIndex(ledger))]
    : []
  return { ok: problems.length === 0 && runs.every((run) => run.ok), runs, problems }
}

interface Verifying {
  ledger: Ledger
  readDataset: DatasetReader
  onRead: (meta: RunMeta, read: ReadRun) => void
}

async function verifyRun(verifying: Verifying, meta: RunMeta): Promise<string[]> {
  const { ledger } = verifying
  const problems = checkMeta(meta, ledger.catalog)
  for (const part of ['results', 'log'] as const) {
    const path = meta.files[part]
    try {
      await refusePointer(ledger.folder, path)
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      problems.push(...error.problems)
      continue
    }
    const rows = part === 'results' ? await verifyRows(verifying, meta) : undefined
    const found = rows?.digest ?? (await digestFile(join(ledger.folder, path)))
    if (found.sha256 !== meta.files.sha256[part])
      problems.push(
        `${path}: sha256 is ${found.sha256.slice(0, 12)}…, the meta has ${meta.files.sha256[part].slice(0, 12)}…: a run is write-once; restore the file with git checkout`,
      )
    if (found.bytes !== meta.files.bytes[part])
      problems.push(`${path}: holds ${found.bytes} bytes, the meta has ${meta.files.bytes[part]}`)
    problems.push(...(rows?.problems ?? []))
  }
  return problems
}

/** One reading of the rows: what they give against what the meta says, and the digest of those very bytes. */
async function verifyRows(
  { ledger, readDataset, onRead }: Verifying,
  meta: RunMeta,
): Promise<{ problems: string[]; digest: ReadRun['digest'] }> {
  const rubric = meta.dataset.rubric === undefined ? undefined : ledger.catalog.rubrics.get(meta.dataset.rubric)
  const read = await readRunColumns(ledger.folder, meta, rubric ?? { fields: {}, accept: 'json' })
  onRead(meta, read)
  const personal = isPersonal(meta, ledger.catalog)
  const problems = [...read.problems]
  const metaPath = metaPathOf(meta)
  // a figure the rows don't give is as wrong as one they give otherwise
  for (const figure of new Set([...Object.keys(read.results), ...Object.keys(meta.results)])) {
    const found = read.results[figure as keyof RunMeta['results']]
    const claimed = meta.results[figure as keyof RunMeta['results']]
    if (!isDeepStrictEqual(claimed, found))
      problems.push(
        `${metaPath}: results.${figure} is ${show(claimed, personal)}, the rows give ${show(found, personal)}: the meta or the rows were edited`,
      )
  }
  problems.push(...verifyUsage(meta, metaPath, read.columns))
  problems.push(...(await verifyIds(ledger, meta, read.columns.customIds, readDataset)))
  return { problems, digest: read.digest }
}

/** The segments' tokens together are those of the answered rows, where every segment says them. */
function verifyUsage({ execution }: RunMeta, metaPath: string, columns: RunColumns): string[] {
  const usages = execution.segments.map(({ usage }) => usage)
  return (['prompt', 'completion'] as const).flatMap((kind) => {
    const said = usages.map((usage) => usage?.[`${kind}_tokens`])
    if (said.length === 0 || said.includes(undefined)) return []
    const claimed = said.reduce<number>((sum, tokens) => sum + (tokens ?? 0), 0)
    const found = columns[`${kind}Tokens`].reduce((sum, tokens) => sum + tokens, 0)
    if (claimed === found) return []
    return [
      `${metaPath}: execution.segments have ${claimed} ${kind} tokens, the rows give ${found}: the meta or the rows were edited`,
    ]
  })
}

/** The rows' ids against the dataset's, where the dataset is at hand: known, and in its order. */
async function verifyIds(
  ledger: Ledger,
  meta: RunMeta,
  customIds: readonly string[],
  readDataset: DatasetReader,
): Promise<string[]> {
  const entry = ledger.catalog.datasets.get(stemOf(meta.dataset.name))
  // another dataset than the entry's is told by its digest
  if (!entry || entry.sha256 !== meta.dataset.sha256 || entry.location === 'runner') return []
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

/** A figure of a meta; of personal data only numbers, since the others hold an engine's words. */
function show(value: unknown, personal: boolean): string {
  const text = JSON.stringify(value) ?? 'absent'
  if (personal && typeof value === 'object') return 'withheld (personal)'
  return text.length > 100 ? `${text.slice(0, 99)}…` : text
}
