import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { UserError, type Rubric } from 'registry'
import type { Ledger, LedgerRun, ReadRun } from 'registry/node'
import { BuildCache } from './build-cache.ts'
import type { PutFile } from './chunk-writer.ts'
import type { CompareIndex, CompareRun, CompareSet, ItemsIndex } from './compare-data.ts'
import { describeEngine } from './describe-engine.ts'
import { describeFields } from './describe-fields.ts'
import { describeLabels } from './describe-labels.ts'
import { describeQuestion, describeRubric } from './describe-question.ts'
import { describeSampling } from './describe-sampling.ts'
import { describeRun, summarize, type RunSummary } from './describe-run.ts'
import { failureReason } from './failure-reason.ts'
import { findDataset } from './find-dataset.ts'
import { groupRuns, preselect, type RunSet, type RunsOfDataset } from './group-runs.ts'
import type { DatasetPage, PageData, Question, RunPage } from './page-data.ts'
import { pageName } from './page-name.ts'
import { readRun, type RunSource } from './read-run.ts'
import { writeIds, writeItems, type WrittenItems } from './write-items.ts'
import { writeLog } from './write-log.ts'
import { writeRunCached, type WrittenRun } from './write-run.ts'

/**
 * Writes what the compare page fetches below `folder`/data and gives back what the other pages are made from.
 * @param cache where run columns, and the files made of them, are kept from one build to the next
 * @throws UserError when rows are missing or Git LFS pointers: all of them are told
 */
export async function writeSiteData(
  ledger: Ledger,
  folder: string,
  about: Pick<PageData, 'ledger' | 'commit' | 'repository' | 'base'>,
  cache?: string,
): Promise<PageData> {
  const put = putInto(folder)
  const kept = cache === undefined ? undefined : { columns: cache, files: await BuildCache.open(cache) }
  const groups = new Map(groupRuns(ledger.runs, ledger.catalog).map((group) => [group.id, group]))
  const ids = [...new Set([...ledger.catalog.datasets.keys(), ...groups.keys()])].sort()
  const runPages = new Map<string, RunPage>()
  const datasets: DatasetPage[] = []
  const faults: string[] = []
  for (const id of ids) {
    const group = groups.get(id) ?? { id, sets: [], runs: [] }
    try {
      datasets.push(await writeDataset(ledger, group, { put, kept }, runPages))
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      faults.push(...error.problems)
    }
  }
  if (faults.length > 0) throw new UserError('the site can’t be built: rows are not here', faults)
  await kept?.files.prune()
  const runs = ledger.runs.flatMap(({ meta }) => runPages.get(meta.run_id) ?? [])
  return { kind: 'private', ...about, runs, datasets }
}

async function writeDataset(
  ledger: Ledger,
  group: RunsOfDataset,
  { put, kept }: { put: PutFile; kept: RunSource['kept'] },
  runPages: Map<string, RunPage>,
): Promise<DatasetPage> {
  const entry = ledger.catalog.datasets.get(group.id)
  const page = pageName(group.id)
  const sha256 = entry && (await findDataset(ledger.folder, entry))
  const isShown = (set: RunSet) => entry !== undefined && set.rubric !== undefined
  const fromFile = group.sets.filter((set) => isShown(set) && set.datasetSha256 === sha256)
  const known =
    entry && sha256 !== undefined
      ? await writeItems(ledger.folder, entry, fromFile, put, `data/items/${page}`)
      : new Map<RunSet, WrittenItems>()
  const sets: CompareSet[] = []
  const compareRuns: CompareRun[] = []
  const faults: string[] = []
  for (const [index, set] of group.sets.entries()) {
    const problem = entry ? rubricProblem(set) : notInCatalog(group.id)
    const where = { put, itemsFolder: `data/items/${page}/set-${index}` }
    const { items, runs } = await writeSet({ ledger: ledger.folder, kept }, set, known.get(set), problem, where)
    faults.push(...runs.flatMap(({ faults: found }) => found))
    for (const { run, read, written } of runs) {
      if (!read) continue
      const findings = [...read.problems, ...(written?.findings ?? [])]
      const described = describeRun(run, group.id, set, read, findings, problem)
      const log = await writeLog(ledger.folder, run.meta, put)
      runPages.set(run.meta.run_id, { ...described, log })
      compareRuns.push(describeChoice(described, index, written))
    }
    const unseen = (set.runs[0]?.meta.dataset.count ?? 0) - (items?.count ?? 0)
    const unlisted = unseen > 0 ? `; ${unseen} items have no row in any run and aren’t listed` : ''
    sets.push({
      datasetSha256: set.datasetSha256,
      ...(set.promptSha256 === undefined ? {} : { promptSha256: set.promptSha256 }),
      ...(set.rubric ? { rubric: { id: set.rubric.id, title: set.rubric.entry.title } } : {}),
      fields: set.rubric ? describeFields(set.rubric.entry) : [],
      ...(problem === undefined ? {} : { problem }),
      ...(items ? { items } : {}),
      ...(items && !known.has(set) ? { note: unavailable(sha256 !== undefined, entry?.file) + unlisted } : {}),
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
  await put(`data/compare/${page}.json`, JSON.stringify(compare))
  const labels = entry && (await describeLabels(ledger.folder, entry))
  return {
    id: group.id,
    page,
    title,
    ...(entry ? { entry } : {}),
    ...(labels ? { labels } : {}),
    questions: listQuestions(ledger, group, entry?.rubric),
    runs: compareRuns.map((run) => run.page),
    preselected,
  }
}

interface SetRun {
  run: LedgerRun
  /** what describes it; its columns are dropped once they are written */
  read?: RunSummary
  written?: WrittenRun
  faults: string[]
}

/** Reads a set's runs and writes their columns and texts. Where the items aren't known, the rows' ids stand in. */
async function writeSet(
  source: RunSource,
  set: RunSet,
  known: WrittenItems | undefined,
  problem: string | undefined,
  { put, itemsFolder }: { put: PutFile; itemsFolder: string },
): Promise<{ items?: ItemsIndex; runs: SetRun[] }> {
  const rubric = problem === undefined ? set.rubric?.entry : undefined
  const { ledger, kept } = source
  const write = ({ meta }: LedgerRun, read: ReadRun, items: WrittenItems) =>
    writeRunCached(kept?.files, { ledger, meta, rubric: set.rubric?.entry as Rubric, read, items }, put)
  const runs: SetRun[] = []
  const waiting: { entry: SetRun; read: ReadRun }[] = []
  for (const run of set.runs) {
    const { read, faults } = await readOne(source, run, set)
    const entry: SetRun = { run, faults, ...(read ? { read: summarize(read, set.rubric?.entry) } : {}) }
    runs.push(entry)
    if (!read || !rubric) continue
    // with the items known, a run is written and dropped before the next is read
    if (known) entry.written = await write(run, read, known)
    else waiting.push({ entry, read })
  }
  if (known) return { items: known.index, runs }
  if (!rubric) return { runs }
  const ids = new Set<string>()
  for (const { read } of waiting) for (const id of read.columns.customIds) ids.add(id)
  const items = await writeIds([...ids], put, itemsFolder)
  for (const { entry, read } of waiting) entry.written = await write(entry.run, read, items)
  return { items: items.index, runs }
}

async function readOne(source: RunSource, run: LedgerRun, set: RunSet): Promise<{ read?: ReadRun; faults: string[] }> {
  try {
    return { read: await readRun(source, run.meta, set.rubric?.entry), faults: [] }
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    return { faults: [...error.problems] }
  }
}

function describeChoice(run: Omit<RunPage, 'log'>, set: number, written: WrittenRun | undefined): CompareRun {
  const { meta } = run
  const reason = failureReason(meta)
  const { req_per_sec: rate, sampling, engine, order, concurrency } = meta.execution
  return {
    runId: meta.run_id,
    page: run.page,
    model: meta.model.name,
    slug: meta.model.slug,
    status: meta.status,
    ...(reason === undefined ? {} : { reason }),
    ...(rate === undefined ? {} : { reqPerSec: rate }),
    ...(run.promptTokensPerSec === undefined ? {} : { promptTokensPerSec: run.promptTokensPerSec }),
    ...(run.outputTokensPerSec === undefined ? {} : { outputTokensPerSec: run.outputTokensPerSec }),
    ...(meta.results.success_rate === undefined ? {} : { successRate: meta.results.success_rate }),
    startedAt: meta.execution.started_at,
    sampling: describeSampling(sampling),
    engine: describeEngine(engine),
    configuration: describeConfiguration({ ...engine.args, order, concurrency }),
    set,
    ...(written ? { columns: written.columns } : {}),
    ...(written?.tokens === undefined ? {} : { tokens: written.tokens }),
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

function describeConfiguration(values: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, typeof value === 'string' ? value : (JSON.stringify(value) ?? '–')]],
    ),
  )
}

function unavailable(isHere: boolean, name: string | undefined): string {
  return isHere
    ? 'input unavailable: these runs judged another version of the dataset than the one in the ledger'
    : `input unavailable: ${name ?? 'the dataset'} is not on the machine that built this site`
}

/** Writes below a folder; an earlier file of that name is replaced. */
function putInto(folder: string): PutFile {
  const made = new Set<string>()
  return async (path, content) => {
    const target = join(folder, path)
    const parent = dirname(target)
    if (!made.has(parent)) await mkdir(parent, { recursive: true })
    made.add(parent)
    await writeFile(target, content)
  }
}
