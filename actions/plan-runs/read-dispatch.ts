import { slugSchema } from 'registry'
import type { Catalog } from 'registry/node'
import { engineNamesOf } from '../engines/named-engine.ts'
import { findEntries, type Shard } from '../run-batch/plan-run.ts'

/** The inputs of a dispatch, as they came: anybody with write access to the repository may have typed them. */
export interface DispatchInputs {
  models: string
  dataset: string
  rubric?: string
  limit?: string
  shards?: string
  engine?: string
  note?: string
  assignee?: string
}

/** One run, or one shard of it: what one workflow run does. */
export interface RunRequest {
  model: string
  dataset: string
  rubric?: string
  limit?: number
  shard?: Shard
  engine: string
  note?: string
  assignee?: string
}

const mostRuns = 100
const mostShards = 64
const mostNote = 500

/** Checks a dispatch's inputs against the catalog and says which runs it asks for. Every fault is told. Pure. */
export function readDispatch(
  inputs: DispatchInputs,
  catalog: Catalog,
): { requests: RunRequest[]; problems: [] } | { requests: []; problems: string[] } {
  const problems: string[] = []
  const models = inputs.models
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
  if (models.length === 0) problems.push(`models: is empty, expected ${listOf(catalog.models)}`)
  for (const name of duplicates(models)) problems.push(`models: names ${quote(name)} twice: name it once`)
  const { dataset, rubric } = inputs
  const entries = { dataset, ...(rubric === undefined ? {} : { rubric }) }
  // what is wrong with dataset or rubric is told once, not for each model
  const told = new Set<string>()
  for (const model of models.length === 0 ? [''] : models.slice(0, mostRuns)) {
    if (model.length > 200 || !slugSchema.safeParse(model).success) {
      if (model !== '') problems.push(`models: ${quote(model)} is no slug, expected ${listOf(catalog.models)}`)
      continue
    }
    for (const problem of findEntries({ model, ...entries }, catalog).problems) told.add(shorten(problem))
  }
  problems.push(
    ...[...told].map((problem) => problem.replace(/^--(model|dataset|rubric)\b/, (_, name) => nameOf(name))),
  )
  const limit = readCount('limit', inputs.limit, Number.MAX_SAFE_INTEGER, problems)
  const shards = readShards(inputs.shards, problems)
  const engine = inputs.engine ?? 'llama-cpp'
  const engines = engineNamesOf(catalog.policy)
  if (!engines.includes(engine))
    problems.push(
      `engine: is ${quote(engine)}, expected ${engines.join(' or ')}: a server elsewhere gets its name in registry/policy.yaml`,
    )
  problems.push(...checkNote(inputs.note), ...checkLogin(inputs.assignee))
  if (models.length * shards.length > mostRuns)
    problems.push(`models, shards: ask for ${models.length * shards.length} workflow runs, at most ${mostRuns} at once`)
  if (problems.length > 0) return { requests: [], problems }
  const { note, assignee } = inputs
  const shared = {
    dataset,
    ...(rubric === undefined ? {} : { rubric }),
    ...(limit === undefined ? {} : { limit }),
    engine,
    ...(note === undefined ? {} : { note }),
    ...(assignee === undefined ? {} : { assignee }),
  }
  const requests = models.flatMap((model) =>
    shards.map((shard) => Object.assign({ model }, shared, shard === undefined ? {} : { shard })),
  )
  return { requests, problems: [] }
}

/** The inputs that a dispatch of exactly this run has. */
export function writeDispatch({ model, limit, shard, ...rest }: RunRequest): Record<string, string> {
  return {
    models: model,
    ...rest,
    ...(limit === undefined ? {} : { limit: String(limit) }),
    ...(shard === undefined ? {} : { shards: `${shard.index + 1}/${shard.count}` }),
  }
}

function readCount(name: string, text: string | undefined, most: number, problems: string[]): number | undefined {
  if (text === undefined) return undefined
  const value = /^\d{1,15}$/.test(text) ? Number(text) : 0
  if (value >= 1 && value <= most) return value
  problems.push(`${name}: is ${quote(text)}, expected a whole number from 1${most < 1e6 ? ` to ${most}` : ''}`)
  return undefined
}

/** `4`: four shards, a workflow run each; `2/4`: the second of four; none: the whole. */
function readShards(text: string | undefined, problems: string[]): (Shard | undefined)[] {
  const [, part, of] = /^(\d{1,3})\/(\d{1,3})$/.exec(text ?? '') ?? []
  if (part !== undefined && of !== undefined) {
    const shard = { index: Number(part) - 1, count: Number(of) }
    if (shard.index >= 0 && shard.index < shard.count && shard.count <= mostShards) return [shard]
    problems.push(`shards: is ${quote(text ?? '')}, expected i/n with 1 ≤ i ≤ n ≤ ${mostShards}`)
    return [undefined]
  }
  const count = readCount('shards', text, mostShards, problems)
  if (count === undefined || count === 1) return [undefined]
  return Array.from({ length: count }, (_, index) => ({ index, count }))
}

function checkNote(note: string | undefined): string[] {
  if (note === undefined) return []
  if (note.length > mostNote) return [`note: has ${note.length} characters, at most ${mostNote}`]
  return /\p{Cc}/u.test(note) ? ['note: holds line breaks or control characters: write it in one line'] : []
}

/** A login of GitHub or Gitea; a bot's has brackets on GitHub. */
function checkLogin(login: string | undefined): string[] {
  if (login === undefined || /^[A-Za-z0-9][\w.-]{0,98}(\[bot\])?$/.test(login)) return []
  return [`assignee: is ${quote(login)}, expected a login`]
}

function nameOf(option: string): string {
  return option === 'model' ? 'models' : option
}

function duplicates(names: readonly string[]): string[] {
  return [...new Set(names.filter((name, place) => names.indexOf(name) !== place))].map((name) => name)
}

function listOf(map: ReadonlyMap<string, unknown>): string {
  return map.size === 0 ? 'an entry of registry/models, and there is none' : [...map.keys()].join(', ')
}

function quote(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text)
}

/** A fault may repeat an input of any length. */
function shorten(problem: string): string {
  return problem.length > 600 ? `${problem.slice(0, 300)} … ${problem.slice(-200)}` : problem
}
