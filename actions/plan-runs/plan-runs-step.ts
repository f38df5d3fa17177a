import { UserError, escapeMarkdown } from 'registry'
import { readCatalog, type Catalog } from 'registry/node'
import { openForge, type Forge } from '../adapters/forge.ts'
import { defaultSpool } from '../adapters/spool.ts'
import { findNamedEngine } from '../engines/named-engine.ts'
import { givenInputs, type Step, type StepContext } from '../workflow/run-step.ts'
import { forgeOptions } from '../workflow/forge-options.ts'
import { planOneRun, type PlannedRun } from './plan-runs.ts'
import { readDispatch, writeDispatch, type RunRequest } from './read-dispatch.ts'

/**
 * Plans a dispatch: one run goes on in this workflow run (its request is in the outputs), several are dispatched one by
 * one. Nothing is dispatched while anything is wrong with any of them.
 */
export const planRunsStep: Step = async (context) => {
  const ledger = context.input('ledger') ?? process.cwd()
  const catalog = await readCatalog(ledger)
  const { requests, problems } = readDispatch(readInputs(context), catalog)
  if (problems.length > 0) throw new UserError('the dispatch can’t be run', problems)
  const planned: PlannedRun[] = []
  for (const request of requests) planned.push(await planRequest(request, catalog, ledger, defaultSpool(context.env)))
  const warnings = [...new Set(planned.flatMap((plan) => plan.warnings))]
  const faults = [...new Set(planned.flatMap((plan) => plan.problems))]
  const summary = renderPlan(requests, planned)
  if (faults.length > 0) return { faults, warnings, summary }
  const [only] = requests
  if (requests.length === 1 && only) return { outputs: { single: 'true', ...outputsOf(only) }, warnings, summary }
  const forge = await openForge(forgeOptions(context))
  await dispatchAll(forge, context, requests)
  return {
    outputs: { single: 'false' },
    warnings,
    summary: `${summary}\nEach was dispatched as a workflow run of its own.\n`,
  }
}

const optionalInputs = ['rubric', 'limit', 'shards', 'engine', 'note', 'assignee']

function readInputs(context: StepContext) {
  const optional = givenInputs(context, Object.fromEntries(optionalInputs.map((name) => [name, name])))
  return { models: context.input('models') ?? '', dataset: context.input('dataset') ?? '', ...optional }
}

async function planRequest(request: RunRequest, catalog: Catalog, ledger: string, spool: string): Promise<PlannedRun> {
  const { engine, note: _note, assignee: _assignee, ...rest } = request
  const { baseUrl, concurrency = 4 } = findNamedEngine(engine, catalog.policy)
  const inputs = { ledger, ...rest, concurrency, ...(baseUrl === undefined ? {} : { baseUrl }) }
  // engine and weights are looked for where the run will be, not here
  const checkEngine = (slug: string) => {
    const needsWeights = baseUrl === undefined && !catalog.models.get(slug)?.weights
    const finding = `registry/models/${slug}.yaml: names no weights, and ${engine} needs a GGUF file: add weights, or name a server as engine`
    return Promise.resolve(needsWeights ? [finding] : [])
  }
  return planOneRun(inputs, { spool, checkEngine })
}

async function dispatchAll(forge: Forge, context: StepContext, requests: readonly RunRequest[]): Promise<void> {
  const ref = context.env['GITHUB_REF_NAME'] ?? 'main'
  for (const [place, request] of requests.entries()) {
    try {
      await forge.dispatchWorkflow('run-batch.yml', ref, writeDispatch(request))
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      const left = requests.slice(place).map(({ model }) => model)
      throw new UserError(error.message, [
        ...error.problems,
        `dispatched: ${place} of ${requests.length}; not dispatched: ${[...new Set(left)].join(', ')}: dispatch these again`,
      ])
    }
    context.say(
      `dispatched ${request.model}${request.shard ? `, shard ${request.shard.index + 1}/${request.shard.count}` : ''}`,
    )
  }
}

function outputsOf(request: RunRequest): Record<string, string> {
  const { models, shards = '', ...rest } = writeDispatch(request)
  return { model: models ?? '', shard: shards, rubric: '', limit: '', note: '', assignee: '', ...rest }
}

function renderPlan(requests: readonly RunRequest[], planned: readonly PlannedRun[]): string {
  const rows = requests.map((request, place) => {
    const { forecast, problems = [] } = planned[place] ?? {}
    const shard = request.shard ? ` (shard ${request.shard.index + 1}/${request.shard.count})` : ''
    const cells = forecast
      ? [
          forecast.rows.toLocaleString('en'),
          forecast.prompt_tokens.toLocaleString('en'),
          forecast.hours === undefined ? 'no earlier run tells' : `${forecast.hours}`,
          forecast.lfs_bytes < 1e6 ? '< 1' : String(Math.ceil(forecast.lfs_bytes / 1e6)),
        ]
      : [`${problems.length} faults`, '', '', '']
    return `| ${escapeMarkdown(request.model)}${shard} | ${escapeMarkdown(request.dataset)} | ${cells.join(' | ')} |`
  })
  return [
    '### Planned',
    '',
    '| model | dataset | rows | prompt tokens | hours | MB for LFS |',
    '|---|---|---:|---:|---:|---:|',
    ...rows,
    '',
  ].join('\n')
}
