import { slugSchema, type Dataset, type Model, type Policy, type Rubric } from 'registry'
import { bundlePaths, catalogFolders, mintRunId, readCatalog, type BundlePaths, type Catalog } from 'registry/node'
import { cutShard, groupByPrefix, orderByPrefix } from './order-requests.ts'
import { openRequestSource, type RequestSource } from './request-source.ts'

/** Part `index` (from 0) of `count`. */
export interface Shard {
  index: number
  count: number
}

export interface RunInputs {
  /** the ledger's folder */
  ledger: string
  model: string
  dataset: string
  rubric?: string
  /** only the first rows; the others count as missing */
  limit?: number
  /** requests in flight, at least 1 */
  concurrency: number
  /** how rows are sent: shared prefixes together (the default), or as the dataset has them */
  order?: 'input' | 'prefix'
  /** one contiguous range of the order, for several machines */
  shard?: Shard
  /** a remote endpoint, checked against the policy for personal rows */
  baseUrl?: string
}

export interface RunPlan {
  runId: string
  paths: BundlePaths
  slug: string
  model: Model
  datasetName: string
  dataset: Dataset
  rubricId?: string
  rubric?: Rubric
  /** every row of the dataset; its length is the run's total */
  source: RequestSource
  /** positions this run asks for, in the order they are sent */
  order: Uint32Array
  orderName: 'input' | 'prefix'
  /** by position, the number of the rows that share a prefix with it; absent where the dataset's order is kept */
  groups?: Uint32Array
  limit?: number
  shard?: Shard
  concurrency: number
}

/** What planning found: a plan comes only without problems; the model also with them, so that the engine can be checked too. */
export interface RunDraft {
  plan?: Omit<RunPlan, 'runId' | 'paths'>
  model?: Model
  problems: string[]
  /** what deserves a look and keeps nothing from starting */
  warnings: string[]
}

/** Reads the catalog and the dataset and says what a run would do. Every fault that shows without an engine is told. */
export async function planRun(inputs: RunInputs): Promise<RunDraft> {
  const catalog = await readCatalog(inputs.ledger)
  const entries = findEntries(inputs, catalog)
  const { model, dataset, rubric, rubricId } = entries
  const read = dataset ? await openRequestSource(inputs.ledger, inputs.dataset, dataset, rubric, rubricId) : undefined
  const problems = [
    ...entries.problems,
    ...(read?.problems ?? []),
    ...(dataset && inputs.baseUrl !== undefined ? checkHost(inputs.baseUrl, dataset, catalog.policy) : []),
  ]
  const warnings = model ? checkPinned(inputs.model, model) : []
  const { limit, shard, order = 'prefix' } = inputs
  if (problems.length > 0 || !model || !dataset || !read?.source) {
    read?.source?.close()
    return { problems, warnings, ...(model ? { model } : {}) }
  }
  const { source } = read
  const count = source.customIds.length
  const asked = Uint32Array.from({ length: Math.min(limit ?? count, count) }, (_, position) => position)
  const ordered = order === 'prefix' ? orderByPrefix(read.prefixes, asked) : asked
  const plan = {
    slug: inputs.model,
    model,
    datasetName: dataset.file.replace(/^.*\//, ''),
    dataset,
    ...(rubricId !== undefined && rubric ? { rubricId, rubric } : {}),
    source,
    order: shard ? cutShard(ordered, source.sizes, shard.index, shard.count) : ordered,
    orderName: order,
    ...(order === 'prefix' ? { groups: groupByPrefix(read.prefixes, ordered) } : {}),
    ...(asked.length < count ? { limit: asked.length } : {}),
    ...(shard ? { shard } : {}),
    concurrency: inputs.concurrency,
  }
  return { plan, model, problems, warnings }
}

/** A run's id and the paths that follow from it, minted once. */
export function mintIdentity(slug: string, datasetName: string, now: Date): Pick<RunPlan, 'runId' | 'paths'> {
  return identityOf(mintRunId(slug, datasetName, now), slug, datasetName)
}

/** The paths of a run id that was minted earlier. */
export function identityOf(runId: string, slug: string, datasetName: string): Pick<RunPlan, 'runId' | 'paths'> {
  const paths = bundlePaths({ runId, slug, datasetName })
  if (!paths) throw new Error(`a run id that the layout refuses: ${runId}`)
  return { runId, paths }
}

function checkPinned(slug: string, model: Model): string[] {
  if (model.revision !== undefined || model.weights !== undefined) return []
  return [
    `registry/models/${slug}.yaml: unpinned: it names neither a revision nor a digest of its weights, so two runs may differ`,
  ]
}

interface FoundEntries {
  model?: Model
  dataset?: Dataset
  rubric?: Rubric
  rubricId?: string
  problems: string[]
}

/** Looks the three entries up; a faulty file tells its own faults, an unknown id tells what there is. Pure. */
export function findEntries(inputs: Pick<RunInputs, 'model' | 'dataset' | 'rubric'>, catalog: Catalog): FoundEntries {
  const problems: string[] = []
  const look = <T>(option: string, folder: string, id: string, map: ReadonlyMap<string, T>): T | undefined => {
    const found = map.get(id)
    if (found !== undefined) return found
    const faults = catalog.problems.filter(({ path }) => path === `${folder}/${id}.yaml`)
    problems.push(...faults.map(({ problem }) => problem))
    if (faults.length === 0) problems.push(describeUnknown(option, folder, id, [...map.keys()]))
    return undefined
  }
  const slug = slugSchema.safeParse(inputs.model)
  if (!slug.success)
    problems.push(...slug.error.issues.map((issue) => `--model: ${quote(inputs.model)}: ${issue.message}`))
  const model = slug.success ? look('--model', catalogFolders.models, inputs.model, catalog.models) : undefined
  const dataset = look('--dataset', catalogFolders.datasets, inputs.dataset, catalog.datasets)
  const rubricId = inputs.rubric ?? dataset?.rubric
  const rubric =
    rubricId === undefined ? undefined : look('--rubric', catalogFolders.rubrics, rubricId, catalog.rubrics)
  if (dataset?.format === 'records' && rubricId === undefined)
    problems.push(
      `${catalogFolders.datasets}/${inputs.dataset}.yaml: names no rubric, and records need one: add rubric: <id> or give --rubric (${[...catalog.rubrics.keys()].join(', ')})`,
    )
  return {
    problems,
    ...(model ? { model } : {}),
    ...(dataset ? { dataset } : {}),
    ...(rubric && rubricId !== undefined ? { rubric, rubricId } : {}),
  }
}

function describeUnknown(option: string, folder: string, id: string, known: string[]): string {
  const list = known.length === 0 ? 'the catalog has none' : `known: ${known.join(', ')}`
  return `${option}: ${quote(id)} is not in ${folder}/; ${list}; name one of them or add ${folder}/<id>.yaml`
}

/** A user's input as it may stand in a message: cut, on one line. */
function quote(text: string): string {
  const line = JSON.stringify(text)
  return line.length > 120 ? `${line.slice(0, 119)}…"` : line
}

/** Personal rows reach loopback and the hosts of registry/policy.yaml, nothing else. */
export function checkHost(baseUrl: string, dataset: Pick<Dataset, 'privacy'>, policy: Policy): string[] {
  if (!URL.canParse(baseUrl))
    return [`--base-url: ${quote(baseUrl)} is not a URL, expected e.g. http://127.0.0.1:8000/v1`]
  const host = new URL(baseUrl).hostname
  if (dataset.privacy !== 'personal' || isLoopback(baseUrl) || policy.allow_hosts.engines.includes(host)) return []
  return [
    `--base-url: ${host} may not be sent personal rows: registry/policy.yaml allows ${['loopback', ...policy.allow_hosts.engines].join(', ')}; add the host to allow_hosts.engines through a reviewed change`,
  ]
}

/** A server on this machine. */
export function isLoopback(baseUrl: string): boolean {
  const host = URL.canParse(baseUrl) ? new URL(baseUrl).hostname : ''
  return host === 'localhost' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host)
}
