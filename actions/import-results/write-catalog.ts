import { createHash } from 'node:crypto'
import { mkdir, open, rename, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { datasetSchema, type Dataset } from 'registry'
import { canonicalJson, catalogFolders, readOptional, sha256 } from 'registry/node'
import { stringify } from 'yaml'
import { readerOf } from './detect-format.ts'
import { isProposed, type ImportPlan, type PlannedRun } from './import-plan.ts'
import { isoOf } from './read-moment.ts'
import type { KnownDataset, ProposedDataset } from './recognise-dataset.ts'
import type { ResolvedModel } from './resolve-model.ts'

/** Catalog entries that a run of the import refers to, by dataset id. */
export type WrittenDatasets = Map<string, Dataset>

/**
 * Writes the entries that the catalog lacks: models, datasets of --input, and of rows whose input nobody has a file of ids
 * (and inputs, where the source tells them). An entry that is there is left alone. @returns the paths written
 */
export async function writeCatalog(
  ledger: string,
  plan: ImportPlan,
  map: Readonly<Record<string, string>>,
  privacy: Dataset['privacy'],
): Promise<{ datasets: WrittenDatasets; paths: string[] }> {
  const paths: string[] = []
  const datasets: WrittenDatasets = new Map()
  for (const model of plan.newModels) {
    const path = `${catalogFolders.models}/${model.slug}.yaml`
    if (await writeNew(join(ledger, path), stringify(modelEntry(model)))) paths.push(path)
  }
  for (const dataset of plan.newDatasets) {
    const path = `${catalogFolders.datasets}/${dataset.id}.yaml`
    const entry = isProposed(dataset) ? await writeIds(ledger, dataset, plan.runs, map, privacy, paths) : dataset.entry
    datasets.set(dataset.id, entry)
    if (await writeNew(join(ledger, path), stringify(entry))) paths.push(path)
  }
  return { datasets, paths }
}

function modelEntry({ name, hubId }: ResolvedModel): object {
  const unknown = hubId.startsWith('unknown/')
  return {
    name,
    hub_id: hubId,
    notes: unknown
      ? 'Proposed by an import. Nothing said which repository the weights are from: mend hub_id, here and not in the runs.'
      : 'Proposed by an import: the name is what the rows call the model. Its revision is not known.',
  }
}

/** The file of ids of a dataset that nobody gave, and its entry. */
async function writeIds(
  ledger: string,
  dataset: ProposedDataset,
  runs: readonly PlannedRun[],
  map: Readonly<Record<string, string>>,
  privacy: Dataset['privacy'],
  paths: string[],
): Promise<Dataset> {
  const file = `${catalogFolders.datasets}/${dataset.name}`
  const own = runs.filter((run) => run.dataset.id === dataset.id)
  const partial = join(ledger, `${file}.partial`)
  await mkdir(dirname(partial), { recursive: true })
  const { digest, withInputs } = await writeRecords(partial, dataset, own[0], map)
  // rows of people may not lie in plain Git: the attribute stands before the file does
  if (privacy === 'personal') await addAttribute(ledger, `${file} filter=lfs diff=lfs merge=lfs -text`)
  await rename(partial, join(ledger, file))
  paths.push(file)
  const earliest = Math.min(...own.map(({ startedAt }) => startedAt))
  return datasetSchema.parse({
    title: dataset.id,
    description: withInputs
      ? 'Made by an import from the inputs that the results themselves hold; the input file was not given.'
      : 'Made by an import from the custom_ids of the results; the input file was not given, so what was asked is not known.',
    format: 'records',
    file,
    location: privacy === 'personal' ? 'lfs' : 'ledger',
    sha256: digest,
    count: dataset.ids.length,
    privacy,
    created: isoOf(earliest).slice(0, 10),
    custom_id: '/custom_id',
    ...(withInputs ? { item: { display: ['/input'] } } : {}),
  })
}

async function writeRecords(
  path: string,
  dataset: ProposedDataset,
  first: PlannedRun | undefined,
  map: Readonly<Record<string, string>>,
): Promise<{ digest: string; withInputs: boolean }> {
  const hash = createHash('sha256')
  const out = await open(path, 'w')
  const told = new Set<string>()
  let text = ''
  let withInputs = false
  const add = async (record: object) => {
    text += `${canonicalJson(record)}\n`
    if (text.length < 1 << 18) return
    await flush()
  }
  const flush = async () => {
    hash.update(text)
    await out.writeFile(text)
    text = ''
  }
  try {
    if (first?.hasInputs === true)
      for await (const found of readerOf(first.source.format)(join(first.source.root, first.source.path), { map })) {
        if (found.finding !== undefined || found.input === undefined) continue
        const { customId } = found.row
        if (told.has(customId) || !dataset.positions.has(customId)) continue
        // the order of ids is the plan's; a source whose first rows were replaced keeps its ids alone
        if (dataset.ids[told.size] !== customId) break
        told.add(customId)
        withInputs = true
        await add({ custom_id: customId, input: found.input })
      }
    for (const customId of dataset.ids) if (!told.has(customId)) await add({ custom_id: customId })
    await flush()
    await out.sync()
  } finally {
    await out.close()
  }
  return { digest: hash.digest('hex'), withInputs }
}

async function addAttribute(ledger: string, line: string): Promise<void> {
  const path = join(ledger, '.gitattributes')
  const text = (await readOptional(path)) ?? ''
  if (text.split('\n').includes(line)) return
  await writeWhole(path, `${text === '' || text.endsWith('\n') ? text : `${text}\n`}${line}\n`)
}

/** @returns false where a file is there already, which is left as it is */
async function writeNew(path: string, text: string): Promise<boolean> {
  const there = await readFile(path, 'utf8').catch(() => undefined)
  if (there !== undefined) return false
  await mkdir(dirname(path), { recursive: true })
  await writeWhole(path, text)
  return true
}

async function writeWhole(path: string, text: string): Promise<void> {
  const partial = `${path}.${sha256(text).slice(0, 8)}.partial`
  await writeFile(partial, text)
  await rename(partial, path)
}

export function entryOf(dataset: KnownDataset | ProposedDataset, written: WrittenDatasets): Dataset {
  const entry = isProposed(dataset) ? written.get(dataset.id) : dataset.entry
  if (!entry) throw new Error(`no entry of ${dataset.id}`)
  return entry
}
