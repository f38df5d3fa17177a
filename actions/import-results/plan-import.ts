import { stemOf, bundlePaths, mintRunId, type Catalog, type LedgerRun } from 'registry/node'
import { maskMessage, withholdMessage, type Dataset, type ErrorCause, type KnownFrom } from 'registry'
import { judgeRun } from '../run-batch/describe-run.ts'
import { byTrust, examineCounts, examineModel, examineTimes, type CountedRows } from './cross-examine.ts'
import type { LeftOutFile } from './find-sources.ts'
import {
  isProposed,
  type Duplicate,
  type GivenFacts,
  type ImportPlan,
  type PlannedRun,
  type ReadSourceFile,
  type RefusedFile,
} from './import-plan.ts'
import type { SourcePart } from './read-source.ts'
import { recogniseDatasets, type KnownDataset, type ProposedDataset } from './recognise-dataset.ts'
import { foldName, type ResolvedModel } from './resolve-model.ts'
import type { Claim } from './source-row.ts'

export interface ImportWorld {
  catalog: Pick<Catalog, 'models' | 'datasets' | 'rubrics'>
  runs: readonly LedgerRun[]
  sources: readonly ReadSourceFile[]
  leftOut: readonly LeftOutFile[]
  datasets: readonly KnownDataset[]
  given: GivenFacts
  notes: readonly string[]
}

interface Candidate {
  file: ReadSourceFile
  part: SourcePart
  claims: Claim[]
  model: ResolvedModel
  modelFrom: KnownFrom
  conflicts: PlannedRun['conflicts']
}

/** What an import will do, run by run: nothing is read or written here. Pure. */
export function planImport(world: ImportWorld): ImportPlan {
  const refused: RefusedFile[] = []
  const candidates = uniteModels(world.sources.flatMap((file) => examineFile(file, world, refused)))
  const { kept, duplicates } = dropDuplicates(candidates, world.runs)
  const runs = placeRuns(kept, world, refused)
  nameRuns(runs, world.runs)
  const newModels = new Map<string, ResolvedModel>()
  for (const { model } of runs) if (!world.catalog.models.has(model.slug)) newModels.set(model.slug, model)
  const newDatasets = new Map<string, KnownDataset | ProposedDataset>()
  for (const { dataset } of runs) if (isProposed(dataset) || !dataset.inCatalog) newDatasets.set(dataset.id, dataset)
  return {
    runs,
    duplicates,
    refused,
    leftOut: world.leftOut.toSorted((a, b) => (a.file < b.file ? -1 : 1)),
    newModels: [...newModels.values()],
    newDatasets: [...newDatasets.values()],
    notes: [...world.notes],
    sources: world.sources,
  }
}

function examineFile(file: ReadSourceFile, { catalog, given }: ImportWorld, refused: RefusedFile[]): Candidate[] {
  const refuse = (reason: string) => void refused.push({ file: file.shown, rows: file.rows, reason })
  if (file.refused !== undefined) {
    refuse(file.refused)
    return []
  }
  if (file.parts.length === 0) {
    const [first] = file.leftOut
    refuse(first ? `none of its rows can be read: ${first.finding} (line ${first.from})` : 'it holds no rows')
    return []
  }
  const claims: Claim[] = [
    ...(given.model === undefined ? [] : [{ field: 'model', value: given.model, from: 'given' as const }]),
    ...file.claims,
  ]
  const examined = file.parts.map((part) => ({ part, said: examineModel(part.model, claims, catalog.models) }))
  if (examined.some(({ said }) => said === undefined)) {
    refuse('nothing says which model answered, neither rows nor names: name it with --model')
    return []
  }
  // two ways to write one model are one run
  const bySlug = new Map<string, Candidate>()
  for (const { part, said } of examined) {
    if (!said) continue
    const { model, from, conflicts } = said
    const other = bySlug.get(model.slug)
    if (other) {
      refuse(`its rows call one model ${other.part.model} and ${part.model}: split the file by them`)
      return []
    }
    bySlug.set(model.slug, { file, part, claims, model, modelFrom: from, conflicts })
  }
  return [...bySlug.values()]
}

/** Models that the catalog lacks, once each: what one file calls `qwen3_4b` and another `Qwen/Qwen3-4B` is one entry. */
function uniteModels(candidates: readonly Candidate[]): Candidate[] {
  const homes = new Map<string, ResolvedModel>()
  const known = (model: ResolvedModel) => !model.hubId.startsWith('unknown/')
  for (const { model } of candidates) {
    const fold = foldName(model.slug)
    if (!model.entry && (!homes.has(fold) || (known(model) && !known(homes.get(fold) ?? model)))) homes.set(fold, model)
  }
  return candidates.map((candidate) => {
    const { model } = candidate
    const home = homes.get(foldName(model.slug))
    if (model.entry || !home) return candidate
    const other = known(model) && model.hubId !== home.hubId
    // one name in two repositories is two models
    return { ...candidate, model: other ? { ...model, slug: model.hubId.toLowerCase().replace('/', '-') } : home }
  })
}

/**
 * The same rows of the same model, whatever the file is called, in what order or packing. The one whose name fits its model
 * stays, and of those the one with the most beside it: what is claimed of the rows is then told.
 */
function dropDuplicates(
  candidates: readonly Candidate[],
  runs: readonly LedgerRun[],
): { kept: Candidate[]; duplicates: Duplicate[] } {
  const duplicates: Duplicate[] = []
  const inLedger = new Map<string, string>()
  for (const { meta } of runs) {
    const { origin } = meta.provenance
    if (origin) inLedger.set(`${meta.model.slug} ${origin.rows_sha256}`, meta.run_id)
    inLedger.set(`file ${meta.files.sha256.results}`, meta.run_id)
  }
  const chosen = new Map<string, Candidate>()
  const best = candidates.toSorted(
    (a, b) =>
      a.conflicts.length - b.conflicts.length ||
      b.claims.length - a.claims.length ||
      (a.file.source.path < b.file.source.path ? -1 : 1),
  )
  for (const candidate of best) {
    const { file, part, model } = candidate
    const key = `${model.slug} ${part.rowsSha256}`
    const known = inLedger.get(key) ?? inLedger.get(`file ${file.sha256}`)
    const first = chosen.get(key)
    const rows = part.customIds.length
    if (known !== undefined) duplicates.push({ file: file.shown, of: known, inLedger: true, rows })
    else if (first) duplicates.push({ file: file.shown, of: first.file.shown, inLedger: false, rows })
    else chosen.set(key, candidate)
  }
  return {
    kept: candidates.filter((candidate) => [...chosen.values()].includes(candidate)),
    duplicates: duplicates.toSorted((a, b) => (a.file < b.file ? -1 : 1)),
  }
}

function placeRuns(kept: readonly Candidate[], world: ImportWorld, refused: RefusedFile[]): PlannedRun[] {
  const { given, datasets, runs } = world
  const named = given.dataset === undefined ? undefined : datasets.find(({ id }) => id === given.dataset)
  const fits: { candidate: Candidate; dataset?: KnownDataset; renamed?: ReadonlyMap<string, string> }[] = []
  for (const candidate of kept) {
    const { file, part } = candidate
    if (!named) {
      const earlier = file.positional ? datasetOfInputs(file, datasets, runs) : undefined
      fits.push({ candidate, ...(earlier ? { dataset: earlier } : {}) })
      continue
    }
    const renamed = file.positional ? takeIds(part, named) : undefined
    const outside = part.customIds.filter((id) => !named.positions.has(renamed?.get(id) ?? id)).length
    if (outside > 0)
      refused.push({
        file: file.shown,
        rows: file.rows,
        reason: `${outside} of its custom_ids are not in ${named.name}: leave out --dataset, or name another`,
      })
    else fits.push({ candidate, dataset: named, ...(renamed ? { renamed } : {}) })
  }
  const open = fits.filter(({ dataset }) => dataset === undefined).map(({ candidate }) => candidate)
  const recognised = recogniseDatasets(
    open.map(({ part, claims, file }) => ({
      part,
      claims,
      positional: file.positional,
      ...(file.inputsSha256 === undefined ? {} : { inputsSha256: file.inputsSha256 }),
    })),
    datasets,
    new Set(world.catalog.datasets.keys()),
  )
  return fits.map(({ candidate, dataset, renamed }) => {
    const found = dataset ?? recognised[open.indexOf(candidate)]?.dataset
    if (!found) throw new Error('a run without a dataset')
    const from = given.dataset === undefined ? 'rows' : 'given'
    return planRun(candidate, found, from, renamed, world)
  })
}

/** Rows known by position only: an earlier import of the same inputs says which dataset they are. */
function datasetOfInputs(
  { inputsSha256 }: ReadSourceFile,
  datasets: readonly KnownDataset[],
  runs: readonly LedgerRun[],
): KnownDataset | undefined {
  if (inputsSha256 === undefined) return undefined
  const run = runs.find(({ meta }) => meta.provenance.origin?.inputs_sha256 === inputsSha256)
  return run && datasets.find(({ id }) => id === stemOf(run.meta.dataset.name))
}

/** `row-000017` is the 17th id of the dataset, `doc-16` and `test-16` too. */
function takeIds({ customIds }: SourcePart, { positions }: KnownDataset): Map<string, string> {
  const ids = [...positions.keys()]
  return new Map(
    customIds.map((customId) => {
      const [, kind, number] = /^(row|doc|test)-(\d+)$/.exec(customId) ?? []
      const ordinal = Number(number) - (kind === 'row' ? 1 : 0)
      return [customId, ids[ordinal] ?? customId]
    }),
  )
}

function planRun(
  candidate: Candidate,
  dataset: KnownDataset | ProposedDataset,
  datasetFrom: KnownFrom,
  renamed: ReadonlyMap<string, string> | undefined,
  world: ImportWorld,
): PlannedRun {
  const { file, part, claims, model, modelFrom } = candidate
  const known = !isProposed(dataset)
  const times = examineTimes(part.created, claims, file.source.modified)
  const total = dataset.positions.size
  const missing = total - part.customIds.length
  const privacy = isProposed(dataset) ? world.given.privacy : dataset.entry.privacy
  const judged = judgeRun(
    {},
    {},
    {
      total,
      success: part.answered,
      errors: part.failed,
      missing,
      error_causes: part.firstError ? [describeCause(part.firstError, privacy, part.failed)] : [],
      finish_reasons: {},
    },
  )
  const counted: CountedRows = {
    total,
    success: part.answered,
    errors: part.failed,
    status: judged.status,
    ...(part.promptTokens === undefined ? {} : { promptTokens: part.promptTokens }),
    ...(part.completionTokens === undefined ? {} : { completionTokens: part.completionTokens }),
    ...(times.durationSeconds === undefined ? {} : { durationSeconds: times.durationSeconds }),
    dataset: { name: dataset.name, known },
  }
  const said = (field: string) => byTrust(claims, field)[0]
  const version = said('execution.vllm_version')
  const command = said('execution.command')
  const template = said('dataset.prompt_template')
  const engine = part.engine ?? (version ? 'vllm' : undefined)
  const rubric = world.given.rubric ?? (isProposed(dataset) ? undefined : dataset.entry.rubric)
  const knownFrom: Record<string, KnownFrom> = { model: modelFrom, dataset: datasetFrom, ...times.knownFrom }
  if (engine !== undefined) knownFrom['execution.engine'] = part.engine === undefined && version ? version.from : 'rows'
  if (version) knownFrom['execution.vllm_version'] = version.from
  if (command) knownFrom['execution.command'] = command.from
  if (template) knownFrom['dataset.prompt_template'] = template.from
  if (rubric !== undefined) knownFrom['dataset.rubric'] = world.given.rubric === undefined ? 'catalog' : 'given'
  const conflicts = [...candidate.conflicts, ...times.conflicts, ...examineCounts(counted, claims)]
  if (part.contradicting > 0)
    conflicts.push({
      field: 'rows',
      claimed: `${part.contradicting} more rows for custom_ids that stand already`,
      observed: 'the first good answer of each is kept',
      claimed_by: 'rows',
    })
  return {
    runId: '',
    source: file.source,
    part,
    sourceSha256: file.sha256,
    sourceBytes: file.bytes,
    sourceRows: file.rows,
    model,
    dataset,
    datasetKnown: known,
    ...(renamed ? { renamed } : {}),
    startedAt: times.startedAt,
    ...(times.completedAt === undefined ? {} : { completedAt: times.completedAt }),
    ...(times.durationSeconds === undefined ? {} : { durationSeconds: times.durationSeconds }),
    ...(version ? { vllmVersion: String(version.value) } : {}),
    ...(command ? { command: String(command.value) } : {}),
    ...(template ? { promptTemplate: String(template.value) } : {}),
    ...(engine === undefined ? {} : { engine }),
    ...(rubric === undefined ? {} : { rubric }),
    counted,
    ...(judged.failure ? { failure: judged.failure } : {}),
    // what is no row belongs to no model: it is told with the first one
    leftOut: file.parts[0] === part ? [...file.leftOut, ...part.leftOut].sort((a, b) => a.from - b.from) : part.leftOut,
    ...(file.positional && file.inputsSha256 !== undefined ? { inputsSha256: file.inputsSha256 } : {}),
    hasInputs: file.inputsSha256 !== undefined,
    conflicts,
    knownFrom,
    notes: [
      ...(file.positional && !renamed ? ['custom_ids were made from positions'] : []),
      ...(renamed ? [`rows without ids took those of ${dataset.name}, in order`] : []),
      ...(file.parts.length > 1 ? [`one of ${file.parts.length} models in this file: split`] : []),
    ],
  }
}

/** The first failed row's cause, as the run's own counter will have it: an engine's words may repeat a personal row. */
function describeCause(
  { status, message }: NonNullable<SourcePart['firstError']>,
  privacy: Dataset['privacy'],
  count: number,
): ErrorCause {
  return {
    ...(status === undefined ? {} : { status }),
    message: privacy === 'personal' ? withholdMessage(message) : maskMessage(message),
    count,
  }
}

/** Run ids from model, dataset and start; where two began in one second, the later file's id moves on. */
function nameRuns(runs: PlannedRun[], existing: readonly LedgerRun[]): void {
  const taken = new Set(existing.map(({ meta }) => meta.run_id))
  for (const run of runs) {
    const { slug } = run.model
    let at = Math.floor(run.startedAt)
    let runId = mintRunId(slug, run.dataset.name, new Date(at * 1000))
    while (taken.has(runId)) runId = mintRunId(slug, run.dataset.name, new Date(++at * 1000))
    taken.add(runId)
    run.runId = runId
  }
}

/** Where a planned run's bundle will lie. */
export function pathsOf({ runId, model, dataset }: PlannedRun): NonNullable<ReturnType<typeof bundlePaths>> {
  const paths = bundlePaths({ runId, slug: model.slug, datasetName: dataset.name })
  if (!paths) throw new Error(`no place for ${runId}`)
  return paths
}
