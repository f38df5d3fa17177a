import { isDeepStrictEqual } from 'node:util'
import {
  alignRun,
  UserError,
  type AlignedRun,
  type ComparedField,
  type Label,
  type Rubric,
  type RunMeta,
} from 'registry'
import {
  checkDataset,
  readReferenceLabels,
  readRunColumns,
  readRunColumnsCached,
  stemOf,
  type ReadRun,
  type DatasetItem,
  type Ledger,
} from 'registry/node'

/** Everything compare works from: the runs' columns joined by custom_id, and the labels. */
export interface Selection {
  metas: RunMeta[]
  rubrics: Rubric[]
  rubricIds: string[]
  runs: AlignedRun[]
  /** by run: byte places of its rows, by row */
  places: { offsets: Float64Array; lengths: Uint32Array }[]
  tokens: { prompt: number; output: number }[]
  /** fields that all rubrics read alike; text fields are not among them */
  fields: Record<string, ComparedField>
  /** custom_id → position */
  positions: Map<string, number>
  /** position → custom_id */
  ids: string[]
  count: number
  labels: Label[]
  warnings: string[]
  /** the dataset's record of the item that was asked for, where the dataset is at hand */
  record?: Record<string, unknown>
}

/**
 * Reads the rows of the chosen runs, one after the other, and joins them to the dataset.
 * @param labelsFile replaces the one the dataset's entry names @param itemId whose record is kept
 * @throws UserError where rows, rubric or labels can't be read
 */
export async function readSelection(
  ledger: Ledger,
  metas: readonly RunMeta[],
  options: { labelsFile?: string | undefined; itemId?: string | undefined; force: boolean; cache?: string | undefined },
): Promise<Selection> {
  const { rubricIds, rubrics } = rubricsOf(ledger, metas)
  const warnings: string[] = []
  const fields = sharedFields(rubrics, warnings)
  const known = await readPositions(ledger, metas[0] as RunMeta, options.itemId, warnings)
  const columns = []
  const problems: string[] = []
  for (const [place, meta] of metas.entries()) {
    const read = await readColumns(ledger.folder, meta, rubrics[place] as Rubric, options.cache)
    if (read.problems.length > 0) problems.push(...read.problems.slice(0, 5), ...more(read.problems.length - 5, meta))
    if (read.digest.sha256 !== meta.files.sha256.results)
      problems.push(
        `${meta.files.results}: its sha256 is not the meta's: a run is write-once; restore the file with git checkout`,
      )
    columns.push(read.columns)
  }
  if (problems.length > 0 && !options.force)
    throw new UserError('rows that can’t be believed', [
      ...problems,
      'batchledger verify tells all; --force compares what is left',
    ])
  warnings.push(...problems)
  const positions = known?.positions ?? new Map<string, number>()
  if (!known)
    for (const { customIds } of columns)
      for (const id of customIds) if (!positions.has(id)) positions.set(id, positions.size)
  const count = known ? positions.size : Math.max(positions.size, metas[0]?.dataset.count ?? 0)
  for (const [place, { customIds }] of columns.entries()) {
    const strays = customIds.filter((id) => !positions.has(id)).length
    if (strays > 0)
      warnings.push(`${metas[place]?.run_id}: ${strays} rows have a custom_id that the dataset doesn’t hold: left out`)
  }
  const ids: string[] = []
  for (const [id, position] of positions) ids[position] = id
  return {
    metas: [...metas],
    rubrics,
    rubricIds,
    runs: columns.map((own) => alignRun(own, positions, count, fields)),
    places: columns.map(({ offsets, lengths }) => ({ offsets, lengths })),
    tokens: columns.map(({ promptTokens, completionTokens }) => ({
      prompt: total(promptTokens),
      output: total(completionTokens),
    })),
    fields,
    positions,
    ids,
    count,
    labels: await labelsOf(ledger, metas[0] as RunMeta, rubrics[0] as Rubric, positions, options),
    warnings,
    ...(known?.record ? { record: known.record } : {}),
  }
}

/** A run's columns, out of the cache where one is given. */
export function readColumns(
  ledger: string,
  meta: RunMeta,
  rubric: Rubric,
  cache: string | undefined,
): Promise<ReadRun> {
  return cache === undefined
    ? readRunColumns(ledger, meta, rubric)
    : readRunColumnsCached(ledger, meta, rubric, { cache })
}

function rubricsOf(ledger: Ledger, metas: readonly RunMeta[]): Pick<Selection, 'rubricIds' | 'rubrics'> {
  const problems: string[] = []
  const rubricIds: string[] = []
  const rubrics: Rubric[] = []
  for (const { run_id: runId, dataset } of metas) {
    const rubric = dataset.rubric === undefined ? undefined : ledger.catalog.rubrics.get(dataset.rubric)
    if (rubric && dataset.rubric !== undefined) {
      rubricIds.push(dataset.rubric)
      rubrics.push(rubric)
    } else
      problems.push(
        dataset.rubric === undefined
          ? `${runId}: names no rubric, so nobody knows how to read its answers; an old run is imported with --rubric ID`
          : `${runId}: its rubric ${dataset.rubric} is not in registry/rubrics/ or has faults: put it back`,
      )
  }
  if (problems.length > 0) throw new UserError('answers without a rubric', [...problems, ...ledger.problems])
  return { rubricIds, rubrics }
}

/** Fields that every rubric has and reads alike; what is left out is told. */
function sharedFields(rubrics: readonly Rubric[], warnings: string[]): Record<string, ComparedField> {
  const [first, ...others] = rubrics
  const shared: Record<string, ComparedField> = {}
  for (const [name, field] of Object.entries(first?.fields ?? {})) {
    if (field.type === 'text') continue
    const alike = others.every((rubric) => isDeepStrictEqual(readingOf(rubric.fields[name]), readingOf(field)))
    if (alike) shared[name] = field
    else warnings.push(`field ${name} is left out: the runs’ rubrics have it with another type or scale, or not at all`)
  }
  if (Object.keys(shared).length === 0)
    throw new UserError('nothing to compare', ['the runs’ rubrics share no field', ...warnings])
  return shared
}

function readingOf(field: Rubric['fields'][string] | undefined): unknown[] {
  if (!field) return []
  return [field.type, 'scale' in field ? field.scale : undefined, 'tolerance' in field ? field.tolerance : undefined]
}

/** The dataset's ids in their order; undefined (and told) where it isn't at hand: then the rows say what items there are. */
async function readPositions(
  { folder, catalog }: Ledger,
  { dataset }: RunMeta,
  itemId: string | undefined,
  warnings: string[],
): Promise<{ positions: Map<string, number>; record?: Record<string, unknown> } | undefined> {
  const id = stemOf(dataset.name)
  const entry = catalog.datasets.get(id)
  const without = (why: string): undefined => void warnings.push(`${why}; items are those the rows name`)
  if (!entry) return without(`registry/datasets/${id}.yaml is missing or has faults`)
  if (entry.sha256 !== dataset.sha256) return without(`registry/datasets/${id}.yaml has another digest than the runs`)
  const positions = new Map<string, number>()
  let record: DatasetItem['record'] | undefined
  const problems = await checkDataset(folder, id, entry, (item) => {
    if (item.customId === itemId || itemId === `#${positions.size + 1}`) record = item.record
    positions.set(item.customId, positions.size)
  })
  if (problems.length > 0) return without(problems[0] ?? '')
  return { positions, ...(record ? { record } : {}) }
}

async function labelsOf(
  { folder, catalog }: Ledger,
  { dataset }: RunMeta,
  rubric: Rubric,
  positions: ReadonlyMap<string, number>,
  { labelsFile, force }: { labelsFile?: string | undefined; force: boolean },
): Promise<Label[]> {
  const entry = catalog.datasets.get(stemOf(dataset.name))
  if (!entry) return []
  const withFile = labelsFile === undefined ? entry : { ...entry, labels: labelsFile }
  const asked = { rubric, promptSha256: dataset.prompt_sha256 }
  const { labels, problems: faults } = await readReferenceLabels(folder, withFile, asked, positions)
  if (faults.length > 0 && !force) throw new UserError('labels that can’t be believed', faults)
  return labels
}

function more(count: number, { run_id: runId }: RunMeta): string[] {
  return count > 0 ? [`${runId}: ${count} more of the kind`] : []
}

function total(values: Uint32Array): number {
  let sum = 0
  for (const value of values) sum += value
  return sum
}
