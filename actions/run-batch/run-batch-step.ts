import { UserError, escapeMarkdown, type RunMeta } from 'registry'
import { readCatalog } from 'registry/node'
import { cacheFolder } from '../adapters/cache-folder.ts'
import { defaultSpool } from '../adapters/spool.ts'
import { createRunDeps } from '../cli/create-run-deps.ts'
import { vllmConcurrency } from '../cli/vllm-run-deps.ts'
import { findNamedEngine } from '../engines/named-engine.ts'
import { fetchLlamaCpp } from '../fetch-weights/fetch-engine.ts'
import { fetchWeights } from '../fetch-weights/fetch-weights.ts'
import { readDispatch } from '../plan-runs/read-dispatch.ts'
import { givenInputs, type Step, type StepContext } from '../workflow/run-step.ts'
import { askedAll } from './open-job.ts'
import { InterruptedRun, runBatch } from './run-batch.ts'

/** Runs what plan-runs planned; the same step again goes on where an earlier one stopped, on this spool. */
export const runBatchStep: Step = async (context) => {
  const ledger = context.input('ledger') ?? process.cwd()
  const catalog = await readCatalog(ledger)
  const { requests, problems } = readDispatch(readInputs(context), catalog)
  const [request] = requests
  if (!request) throw new UserError('the run can’t start', problems)
  if (requests.length > 1) throw new UserError('the run can’t start', ['model: names several, a run has one'])
  const { engine, note: _note, assignee: _assignee, ...asked } = request
  const { baseUrl, concurrency: served, start } = findNamedEngine(engine, catalog.policy)
  const model = catalog.models.get(asked.model)
  const own = start === 'vllm' ? await vllmConcurrency(asked.model, model, { ledger }) : 4
  const concurrency = readConcurrency(context.input('concurrency')) ?? served ?? own
  if (start === 'llama-cpp') await fetchAll(context, asked.model, model)
  const remote = baseUrl === undefined ? {} : { baseUrl }
  const deps = await createRunDeps({
    ledger,
    spool: defaultSpool(context.env),
    concurrency,
    ...remote,
    ...(start === undefined ? {} : { engine: start }),
  })
  try {
    const inputs = { ledger, ...asked, concurrency, ...remote }
    const found = await runBatch(inputs, deps)
    // one that was published is write-once: what it left unanswered goes on in a run of its own
    const goesOn = found.already && !askedAll(found.meta)
    const { runId, meta, already } = goesOn ? await runBatch(inputs, { ...deps, continues: found.runId }) : found
    return {
      outputs: { 'run-id': runId, status: meta.status },
      summary: renderRun(meta, already),
      faults: meta.status === 'failed' ? [`${runId}: failed: ${whyFailed(meta)}`] : [],
    }
  } catch (error) {
    if (error instanceof InterruptedRun) throw new UserError('interrupted', [error.message])
    throw error
  }
}

function readInputs(context: StepContext) {
  const optional = givenInputs(context, { rubric: 'rubric', limit: 'limit', shards: 'shard', engine: 'engine' })
  return { models: context.required('model'), dataset: context.required('dataset'), ...optional }
}

function readConcurrency(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const value = Number(text)
  if (Number.isSafeInteger(value) && value >= 1 && value <= 4096) return value
  throw new UserError('the run can’t start', [
    `concurrency: is ${JSON.stringify(text.slice(0, 60))}, expected a whole number from 1 to 4096`,
  ])
}

/** Everything is downloaded, against its digest, before the run: a run itself downloads nothing. */
async function fetchAll(
  context: StepContext,
  slug: string,
  model: Parameters<typeof fetchWeights>[0]['models'][number]['model'] | undefined,
) {
  const deps = { cacheRoot: cacheFolder(context.env), report: context.say }
  await fetchLlamaCpp(deps)
  if (model?.weights) await fetchWeights({ models: [{ slug, model }] }, deps)
}

/** An engine may echo a row in its words: those of personal rows stay where the rows are. */
function whyFailed({ failure, dataset }: RunMeta): string {
  return (dataset.privacy === 'personal' ? failure?.code : failure?.message) ?? 'no row was answered'
}

function renderRun(meta: RunMeta, already: boolean): string {
  const { run_id: runId, status, model, dataset, execution, results } = meta
  const causes = results.error_causes.map(
    ({ count, status: code, message }) => `- ${count} × ${code ?? 'no answer'}: ${escapeMarkdown(message)}`,
  )
  return [
    `### ${escapeMarkdown(model.name)} over ${escapeMarkdown(dataset.name)}: ${status}`,
    '',
    ...(meta.failure ? [escapeMarkdown(whyFailed(meta)), ''] : []),
    ...(already ? ['Nothing was asked: the job was completed before.', ''] : []),
    `| run | total | success | errors | missing | seconds | req/s |`,
    '|---|---:|---:|---:|---:|---:|---:|',
    `| ${escapeMarkdown(runId)} | ${results.total} | ${results.success} | ${results.errors} | ${results.missing} | ${execution.duration_seconds} | ${execution.req_per_sec ?? ''} |`,
    '',
    ...(causes.length > 0 ? ['Errors by cause:', '', ...causes, ''] : []),
  ].join('\n')
}
