import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { UserError } from 'registry'
import type { Ledger, LedgerRun } from 'registry/node'
import type { CompareIndex, CompareRun, CompareSet, Chunks, ColumnsFile, ItemsFile } from './compare-data.ts'
import { describeFields } from './describe-fields.ts'
import { describeQuestion, describeRubric } from './describe-question.ts'
import { describeSampling } from './describe-sampling.ts'
import { describeRun } from './describe-run.ts'
import { failureReason } from './failure-reason.ts'
import { groupRuns, preselect, type RunSet, type RunsOfDataset } from './group-runs.ts'
import type { DatasetPage, PageData, Question, RunPage } from './page-data.ts'
import { pageName } from './page-name.ts'
import { placeColumns } from './place-columns.ts'
import { readDataset, type ReadDataset } from './read-dataset.ts'
import { readRun, type RunSource, type RunTexts } from './read-run.ts'
import { splitChunks } from './split-chunks.ts'

/** Where one set's items come from, and what a reader should know about them. */
interface SetItems {
  ids: string[]
  path: string
  note?: string
}

/**
 * Writes what the compare page fetches below `folder`/data and gives back what the other pages are made from.
 * @param cache where run columns are kept from one build to the next
 * @throws UserError when rows are missing or Git LFS pointers: all of them are told
 */
export async function writeSiteData(
  ledger: Ledger,
  folder: string,
  about: Pick<PageData, 'ledger' | 'commit' | 'base'>,
  cache?: string,
): Promise<PageData> {
  const groups = new Map(groupRuns(ledger.runs, ledger.catalog).map((group) => [group.id, group]))
  const ids = [...new Set([...ledger.catalog.datasets.keys(), ...groups.keys()])].sort()
  const runPages = new Map<string, RunPage>()
  const datasets: DatasetPage[] = []
  const faults: string[] = []
  for (const id of ids) {
    const group = groups.get(id) ?? { id, sets: [], runs: [] }
    try {
      datasets.push(await writeDataset(ledger, group, { folder, cache }, runPages))
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      faults.push(...error.problems)
    }
  }
  if (faults.length > 0) throw new UserError('the site can’t be built: rows are not here', faults)
  const runs = ledger.runs.flatMap(({ meta }) => runPages.get(meta.run_id) ?? [])
  return { ...about, runs, datasets }
}

async function writeDataset(
  ledger: Ledger,
  group: RunsOfDataset,
  { folder, cache }: { folder: string; cache: string | undefined },
  runPages: Map<string, RunPage>,
): Promise<DatasetPage> {
  const entry = ledger.catalog.datasets.get(group.id)
  const page = pageName(group.id)
  const file = entry && (await readDataset(ledger.folder, entry))
  if (file && file.problems.length > 0) throw new UserError('the dataset has faults', file.problems)
  const sets: CompareSet[] = []
  const compareRuns: CompareRun[] = []
  const faults: string[] = []
  let filePath: string | undefined
  for (const [index, set] of group.sets.entries()) {
    const isFromFile = file?.sha256 === set.datasetSha256
    if (file && isFromFile) filePath ??= await writeItems(folder, `data/items/${page}/file`, file)
    const known = isFromFile && file && filePath !== undefined ? { ids: file.ids, path: filePath } : undefined
    const problem = entry ? rubricProblem(set) : notInCatalog(group.id)
    const where = { folder, itemsPath: `data/items/${page}/${index}`, note: unavailable(file, entry?.file) }
    const { items, runs } = await writeSet({ ledger: ledger.folder, cache }, set, known, problem, where)
    faults.push(...runs.flatMap(({ faults: found }) => found))
    for (const { run, read, findings, columns } of runs) {
      if (!read) continue
      const described = describeRun(run, group.id, set, read, findings, problem)
      runPages.set(run.meta.run_id, described)
      compareRuns.push(describeChoice(described, index, columns))
    }
    sets.push({
      datasetSha256: set.datasetSha256,
      ...(set.promptSha256 === undefined ? {} : { promptSha256: set.promptSha256 }),
      ...(set.rubric ? { rubric: { id: set.rubric.id, title: set.rubric.entry.title } } : {}),
      fields: set.rubric ? describeFields(set.rubric.entry) : [],
      ...(problem === undefined ? {} : { problem }),
      ...(items ? { items: items.path } : {}),
      ...(items?.note === undefined ? {} : { note: items.note }),
    })
  }
  if (faults.length > 0) throw new UserError('rows are not here', faults)
  const order = new Map(group.runs.map(({ meta }, place) => [meta.run_id, place]))
  compareRuns.sort((a, b) => (order.get(a.runId) ?? 0) - (order.get(b.runId) ?? 0))
  const title = entry?.title ?? group.id
  const preselected = entry ? preselect(group.sets.filter((set) => set.rubric !== undefined)) : []
  const compare: CompareIndex = {
    dataset: { id: group.id, title, page },
    ...(entry ? {} : { problem: notInCatalog(group.id) }),
    sets,
    runs: compareRuns,
    preselected,
  }
  await writeJson(folder, `data/compare/${page}.json`, compare)
  return {
    id: group.id,
    page,
    title,
    ...(entry ? { entry } : {}),
    questions: listQuestions(ledger, group, entry?.rubric),
    runs: compareRuns.map((run) => run.page),
    preselected,
  }
}

interface WrittenRun {
  run: LedgerRun
  read?: RunTexts
  findings: string[]
  columns?: string
  faults: string[]
}

/** Reads a set's runs and writes their columns and texts. Where the items aren't known, the rows' ids stand in. */
async function writeSet(
  source: RunSource,
  set: RunSet,
  known: SetItems | undefined,
  problem: string | undefined,
  { folder, itemsPath, note }: { folder: string; itemsPath: string; note: string },
): Promise<{ items?: SetItems; runs: WrittenRun[] }> {
  const runs: WrittenRun[] = []
  // with the items known, a run is written and dropped before the next is read
  for (const run of set.runs) {
    const written = await readOne(source, run, set)
    runs.push(written)
    if (known && problem === undefined) await writeRun(folder, written, known)
  }
  if (problem !== undefined) return { runs }
  if (known) return { items: known, runs }
  const ids = [...new Set(runs.flatMap(({ read }) => read?.columns.customIds ?? []))]
  const path = await writeItems(folder, itemsPath, { ids, titles: ids.map(() => null), display: ids.map(() => []) })
  const unseen = (set.runs[0]?.meta.dataset.count ?? 0) - ids.length
  const items = {
    ids,
    path,
    note: unseen > 0 ? `${note}; ${unseen} items have no row in any run and aren’t listed` : note,
  }
  for (const written of runs) await writeRun(folder, written, items)
  return { items, runs }
}

async function readOne(source: RunSource, run: LedgerRun, set: RunSet): Promise<WrittenRun> {
  try {
    const read = await readRun(source, run.meta, set.rubric?.entry)
    return { run, read, findings: [...read.problems], faults: [] }
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    return { run, findings: [], faults: [...error.problems] }
  }
}

async function writeRun(folder: string, written: WrittenRun, items: SetItems): Promise<void> {
  const { read, run } = written
  if (!read) return
  const positions = new Map(items.ids.map((id, position) => [id, position]))
  const { strangers, ...columns } = placeColumns(read.columns, positions)
  if (strangers.length > 0)
    written.findings.push(
      `${run.meta.files.results}: ${strangers.length} rows have a custom_id that is no item's, the first is ${strangers[0]}`,
    )
  const page = pageName(run.meta.run_id)
  const texts = await writeChunks(
    folder,
    `data/texts/${page}/`,
    items.ids.map((id) => read.texts.get(id) ?? 'null'),
  )
  read.texts.clear()
  written.columns = `data/columns/${page}.json`
  await writeJson(folder, written.columns, { ...columns, texts } satisfies ColumnsFile)
}

async function writeItems(
  folder: string,
  base: string,
  { ids, titles, display }: Pick<ReadDataset, 'ids' | 'titles' | 'display'>,
): Promise<string> {
  const chunks = await writeChunks(
    folder,
    `${base}/`,
    display.map((entry) => JSON.stringify(entry)),
  )
  await writeJson(folder, `${base}.json`, { ids, titles, display: chunks } satisfies ItemsFile)
  return `${base}.json`
}

/** @param entries JSON texts */
async function writeChunks(folder: string, path: string, entries: readonly string[]): Promise<Chunks> {
  const starts = splitChunks(entries)
  for (const [part, start] of starts.entries())
    await writeText(folder, `${path}${part}.json`, `[${entries.slice(start, starts[part + 1]).join(',')}]`)
  return { folder: path, starts }
}

function describeChoice(run: RunPage, set: number, columns: string | undefined): CompareRun {
  const { meta } = run
  const reason = failureReason(meta)
  const { req_per_sec: rate, sampling, engine } = meta.execution
  return {
    runId: meta.run_id,
    page: run.page,
    model: meta.model.name,
    slug: meta.model.slug,
    status: meta.status,
    ...(reason === undefined ? {} : { reason }),
    ...(rate === undefined ? {} : { reqPerSec: rate }),
    ...(meta.results.success_rate === undefined ? {} : { successRate: meta.results.success_rate }),
    startedAt: meta.execution.started_at,
    sampling: describeSampling(sampling),
    engine: engine.version === undefined ? engine.name : `${engine.name} ${engine.version}`,
    set,
    ...(columns === undefined ? {} : { columns }),
  }
}

function listQuestions(ledger: Ledger, group: RunsOfDataset, rubricId: string | undefined): Question[] {
  const questions = new Map<string, Question>()
  for (const set of group.sets) {
    const question = describeQuestion(set)
    questions.set(JSON.stringify([question.rubric, question.criteria, question.prompt]), question)
  }
  const rubric = rubricId === undefined ? undefined : ledger.catalog.rubrics.get(rubricId)
  if (questions.size === 0 && rubricId !== undefined && rubric)
    questions.set(rubricId, describeRubric(rubricId, rubric))
  return [...questions.values()]
}

function notInCatalog(id: string): string {
  return `dataset not in the catalog: add registry/datasets/${id}.yaml`
}

function rubricProblem(set: RunSet): string | undefined {
  if (set.rubric) return undefined
  const [named] = set.named
  return named === undefined
    ? 'the run names no rubric, so its verdicts can’t be read'
    : `rubric not in the catalog: add registry/rubrics/${named}.yaml`
}

function unavailable(file: ReadDataset | undefined, name: string | undefined): string {
  return file
    ? 'input unavailable: these runs judged another version of the dataset than the one in the ledger'
    : `input unavailable: ${name ?? 'the dataset'} is not on the machine that built this site`
}

async function writeJson(folder: string, path: string, value: unknown): Promise<void> {
  await writeText(folder, path, JSON.stringify(value))
}

async function writeText(folder: string, path: string, text: string): Promise<void> {
  const target = join(folder, path)
  await mkdir(dirname(target), { recursive: true })
  await writeFile(target, text)
}
