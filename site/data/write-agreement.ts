import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { FiguredRun, Label, Rubric, RunMeta } from 'registry'
import { readReferenceLabels, type Ledger } from 'registry/node'
import { loadFigureInputs } from '../islands/agreement/load-figure-inputs.ts'
import { DataSource } from '../islands/data-source.ts'
import type { AgreementIndex, AgreementRun, AgreementSet, PlacedLabel } from './agreement-data.ts'
import type { CompareIndex, CompareSet, ItemsIndex } from './compare-data.ts'
import { figureAgreement, finish } from './figure-agreement.ts'
import type { DatasetPage, PageData, RunPage } from './page-data.ts'

/**
 * Adds to each dataset all figures of its preselected runs, made from the columns that writeSiteData put below `folder`,
 * and writes beside them what a browser needs to make those of other runs.
 */
export async function addAgreement(ledger: Ledger, folder: string, pageData: PageData): Promise<void> {
  const readJson = async (path: string): Promise<unknown> => JSON.parse(await readFile(join(folder, path), 'utf8'))
  const pages = new Map(pageData.runs.map((run) => [run.meta.run_id, run]))
  for (const dataset of pageData.datasets) {
    const data = new DataSource('', async (path) => new Response(await readFile(join(folder, path))))
    const index = await data.index(dataset.page)
    const agreement = await describeDataset(ledger, dataset, { data, index, pages }, folder)
    await put(folder, `data/agreement/${dataset.page}.json`, agreement)
    const runIds = dataset.preselected.filter((runId) => agreement.runs.some(({ about }) => about.run_id === runId))
    if (runIds.length === 0) continue
    const inputs = await loadFigureInputs({ data, index, agreement, readJson }, runIds)
    dataset.agreement = finish(figureAgreement(inputs))
    const set = index.runs.find(({ runId }) => runId === runIds[0])?.set
    const problem = set === undefined ? undefined : agreement.sets[set]?.labelProblem
    if (problem !== undefined) dataset.labelProblem = problem
  }
}

interface DatasetSource {
  data: DataSource
  index: CompareIndex
  pages: ReadonlyMap<string, RunPage>
}

async function describeDataset(
  ledger: Ledger,
  dataset: DatasetPage,
  { data, index, pages }: DatasetSource,
  folder: string,
): Promise<AgreementIndex> {
  const sets: AgreementSet[] = []
  for (const [place, set] of index.sets.entries()) {
    const rubric = set.rubric && ledger.catalog.rubrics.get(set.rubric.id)
    const first = index.runs.find((run) => run.set === place)
    const count = Math.max(set.items?.count ?? 0, (first && pages.get(first.runId)?.meta.dataset.count) ?? 0)
    const read = rubric && set.items && (await readLabels(ledger.folder, dataset, { set, rubric }, data))
    const path = `data/labels/${dataset.page}-${place}.json`
    if (read && read.labels.length > 0) await put(folder, path, read.labels)
    sets.push({
      count,
      fields: Object.fromEntries(
        Object.entries(rubric?.fields ?? {}).flatMap(([name, field]) => (field.type === 'text' ? [] : [[name, field]])),
      ),
      ...(read && read.labels.length > 0 ? { labels: path } : {}),
      ...(read?.problem === undefined ? {} : { labelProblem: read.problem }),
    })
  }
  const runs = index.runs.flatMap(({ runId, columns, set }): AgreementRun[] => {
    const page = columns === undefined ? undefined : pages.get(runId)
    if (!page) return []
    return [
      {
        about: figuredRun(page.meta),
        tokens: { prompt: page.outcome.promptTokensSum ?? 0, output: page.outcome.outputTokensSum ?? 0 },
        rubric: index.sets[set]?.rubric?.id ?? '',
      },
    ]
  })
  return { sets, runs }
}

/** The labels of a set by place; none, with the reason, where one of them can't be believed. */
async function readLabels(
  folder: string,
  { entry }: DatasetPage,
  { set, rubric }: { set: CompareSet; rubric: Rubric },
  data: DataSource,
): Promise<{ labels: PlacedLabel[]; problem?: string } | undefined> {
  if (entry?.labels === undefined || !set.items) return undefined
  const positions = await readPositions(set.items, data)
  const { labels, problems } = await readReferenceLabels(
    folder,
    entry,
    { rubric, promptSha256: set.promptSha256 },
    positions,
  )
  if (problems.length > 0)
    return {
      labels: [],
      problem: `${problems.length} faults, the first is ${problems[0] ?? ''}: run batchledger verify`,
    }
  return { labels: labels.map((label) => placeLabel(label, positions)) }
}

async function readPositions(items: ItemsIndex, data: DataSource): Promise<Map<string, number>> {
  await data.loadHeads(items, 0, items.count)
  const positions = new Map<string, number>()
  for (let position = 0; position < items.count; position++) {
    const head = data.head(items, position)
    if (head) positions.set(head.id, position)
  }
  return positions
}

function placeLabel(label: Label, positions: ReadonlyMap<string, number>): PlacedLabel {
  return {
    ...pick(label, ['field', 'value', 'rater', 'date', 'prompt_sha256', 'selection']),
    position: positions.get(label.custom_id) as number,
  }
}

/** Only what figures need of a meta. */
function figuredRun({ run_id: runId, status, model, dataset, execution, results }: RunMeta): FiguredRun {
  const { host, engine, segments } = execution
  return {
    run_id: runId,
    status,
    model: pick(model, ['slug', 'name', 'revision', 'weights_sha256']),
    dataset: pick(dataset, ['name', 'sha256', 'prompt_sha256']),
    execution: {
      ...pick(execution, [
        'started_at',
        'duration_seconds',
        'req_per_sec',
        'sampling',
        'response_format',
        'chat_template_sha256',
        'concurrency',
        'order',
      ]),
      engine: pick(engine, ['name', 'version', 'args']),
      ...(host ? { host: pick(host, ['platform', 'cpu', 'cpus', 'memory_gb']) } : {}),
      segments: segments.map((segment) => pick(segment, ['energy_joules'])),
    },
    results: pick(results, ['total', 'success', 'avg_prompt_tokens', 'avg_completion_tokens']),
  }
}

function pick<From extends object, Key extends keyof From>(from: From, keys: readonly Key[]): Pick<From, Key> {
  return Object.fromEntries(keys.flatMap((key) => (from[key] === undefined ? [] : [[key, from[key]]]))) as Pick<
    From,
    Key
  >
}

async function put(folder: string, path: string, value: unknown): Promise<void> {
  await mkdir(dirname(join(folder, path)), { recursive: true })
  await writeFile(join(folder, path), JSON.stringify(value))
}
