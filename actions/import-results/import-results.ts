import { open, stat } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { UserError, datasetSchema, type Dataset } from 'registry'
import { catalogFolders, checkDataset, digestFile, readItems, readLedger, stemOf, type Ledger } from 'registry/node'
import { applyImport, type Applied } from './apply-import.ts'
import { findSources, shownPath, type FoundSource } from './find-sources.ts'
import type { GivenFacts, ImportPlan, ReadSourceFile } from './import-plan.ts'
import { planImport } from './plan-import.ts'
import { readClaims } from './read-claims.ts'
import { isoOf } from './read-moment.ts'
import { claimsOfPath } from './read-name.ts'
import { readSource } from './read-source.ts'
import type { KnownDataset } from './recognise-dataset.ts'
import { modelPatterns } from './resolve-model.ts'

export interface ImportInputs {
  ledger: string
  /** files or folders of old results */
  paths: readonly string[]
  /** names of columns or members that differ from ours */
  map: Readonly<Record<string, string>>
  /** the file of requests or records that was asked, if it is at hand */
  input?: string
  given: Omit<GivenFacts, 'privacy'> & { privacy?: Dataset['privacy'] }
  apply: boolean
}

export interface ImportDeps {
  /** called with what is read or written next */
  onStep?: (text: string) => void
}

export interface ImportOutcome {
  plan: ImportPlan
  applied?: Applied
}

/**
 * Old results into a ledger: finds files with rows, reads each once, compares what rows say with what names, logs and
 * metas claim, and plans; with `apply` it makes the bundles. Sources are never changed. Datasets count as personal unless
 * the catalog or the caller says otherwise. @throws UserError for what can't be read or is not in the catalog
 */
export async function importResults(inputs: ImportInputs, deps: ImportDeps = {}): Promise<ImportOutcome> {
  const ledger = await readLedger(inputs.ledger)
  checkGiven(inputs, ledger)
  const privacy = inputs.given.privacy ?? 'personal'
  const own = ['results', 'registry', '.git'].map((folder) => resolve(inputs.ledger, folder))
  const outside = inputs.paths.filter((path) => !own.some((place) => isWithin(path, place)))
  if (outside.length < inputs.paths.length)
    throw new UserError('nothing was imported', [
      `${inputs.ledger}: its own results are in it already: name a folder of old results outside of it`,
    ])
  const { sources, leftOut } = await findSources(inputs.paths, { map: inputs.map, except: own })
  const notes: string[] = []
  const datasets = await readDatasets(ledger, inputs, privacy, notes)
  const patterns = modelPatterns(ledger.catalog.models)
  const read: ReadSourceFile[] = []
  for (const source of sources) {
    deps.onStep?.(`reading ${shownPath(source)}`)
    read.push(await readOne(source, inputs, patterns))
  }
  const plan = planImport({
    catalog: ledger.catalog,
    runs: ledger.runs,
    sources: read,
    leftOut,
    datasets,
    given: { ...inputs.given, privacy },
    notes,
  })
  if (!inputs.apply) return { plan }
  const { rubrics } = ledger.catalog
  const { map } = inputs
  const onRun = (runId: string) => deps.onStep?.(`imported ${runId}`)
  return { plan, applied: await applyImport({ ledger: inputs.ledger, plan, rubrics, map, privacy, onRun }) }
}

function isWithin(path: string, place: string): boolean {
  const whole = resolve(path)
  return whole === place || whole.startsWith(`${place}/`)
}

async function readOne(
  source: FoundSource,
  { map }: ImportInputs,
  patterns: readonly RegExp[],
): Promise<ReadSourceFile> {
  const facts = await readSource(join(source.root, source.path), source.format, map)
  const beside = await readClaims(source.path, source.root, source.sidecars)
  // the folder a person names may be called after the model too
  const named = `${basename(resolve(source.root))}/${source.path}`
  return {
    ...facts,
    source,
    shown: shownPath(source),
    claims: [...facts.claims, ...beside, ...claimsOfPath(named, patterns)],
  }
}

function checkGiven({ given, input }: ImportInputs, { catalog, folder }: Ledger): void {
  const problems: string[] = []
  const list = (known: ReadonlyMap<string, unknown>) => [...known.keys()].join(', ') || 'none'
  if (given.dataset !== undefined && !catalog.datasets.has(given.dataset))
    problems.push(
      `--dataset ${JSON.stringify(given.dataset)}: no such dataset in ${folder}/${catalogFolders.datasets}; known: ${list(catalog.datasets)}`,
    )
  if (given.rubric !== undefined && !catalog.rubrics.has(given.rubric))
    problems.push(
      `--rubric ${JSON.stringify(given.rubric)}: no such rubric in ${folder}/${catalogFolders.rubrics}; known: ${list(catalog.rubrics)}`,
    )
  if (given.dataset !== undefined && input !== undefined)
    problems.push('--dataset and --input: both name what was asked: leave one out')
  if (problems.length > 0) throw new UserError('nothing was imported', problems)
}

/** The catalog's datasets whose rows are at hand, and the input file that was given. */
async function readDatasets(
  { folder, catalog }: Ledger,
  { input }: ImportInputs,
  privacy: Dataset['privacy'],
  notes: string[],
): Promise<KnownDataset[]> {
  const known: KnownDataset[] = []
  for (const [id, entry] of catalog.datasets) {
    const positions = new Map<string, number>()
    const problems = await checkDataset(folder, id, entry, ({ customId }) => positions.set(customId, positions.size))
    const [problem] = problems
    if (problem === undefined) known.push({ id, name: basename(entry.file), entry, positions, inCatalog: true })
    else notes.push(`dataset ${id} was not compared with: ${problem}`)
  }
  if (input === undefined) return known
  const { sha256 } = await digestFile(input).catch(() => {
    throw new UserError('nothing was imported', [`--input ${input}: no such file: name the file that was asked`])
  })
  if (known.some(({ entry }) => entry.sha256 === sha256)) return known
  return [...known, await readInput(resolve(input), sha256, privacy, catalog.datasets)]
}

/** An entry for an input file: it stays where it is, since its rows may be personal. */
async function readInput(
  file: string,
  sha256: string,
  privacy: Dataset['privacy'],
  datasets: ReadonlyMap<string, Dataset>,
): Promise<KnownDataset> {
  const id = stemOf(file)
  const first = await firstLine(file)
  const format = /"method"\s*:/.test(first) && /"body"\s*:/.test(first) ? 'openai-batch' : 'records'
  const customId = /"custom_id"\s*:/.test(first) || !/"id"\s*:/.test(first) ? '/custom_id' : '/id'
  const draft = {
    title: id,
    description: 'The input file that was given to an import.',
    format,
    file,
    location: 'runner',
    sha256,
    count: 0,
    privacy,
    created: isoOf((await stat(file)).mtimeMs / 1000).slice(0, 10),
    ...(format === 'records' ? { custom_id: customId } : {}),
  }
  const parsed = datasetSchema.safeParse(draft)
  const clash = datasets.has(id)
    ? [`--input ${file}: a dataset ${id} with other bytes is in the catalog: give the file another name`]
    : []
  if (!parsed.success || clash.length > 0)
    throw new UserError('nothing was imported', [
      ...clash,
      ...(parsed.error?.issues.map((issue) => `--input ${file}: ${issue.message}`) ?? []),
    ])
  const { items, problems } = await readItems('/', parsed.data)
  if (problems.length > 0) throw new UserError('nothing was imported', problems.slice(0, 20))
  const positions = new Map(items.map(({ customId: itemId }, position) => [itemId, position]))
  const entry = { ...parsed.data, count: items.length }
  return { id, name: basename(file), entry, positions, inCatalog: false }
}

async function firstLine(path: string): Promise<string> {
  const file = await open(path)
  try {
    for await (const line of file.readLines()) return line
    return ''
  } finally {
    await file.close()
  }
}
