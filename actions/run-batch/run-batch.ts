import { appendFile, mkdir, rm, writeFile } from 'node:fs/promises'
import { availableParallelism, cpus, hostname, platform, arch, totalmem } from 'node:os'
import { join } from 'node:path'
import { RowCounter, UserError, maskMessage, parseRow, round, type Model, type RunMeta } from 'registry'
import { extractionSha256, promptSha256, readyMadePromptSha256 } from 'registry/node'
import { claimSpoolFolder } from '../adapters/spool.ts'
import { EngineError, type Engine, type EngineInfo } from '../engines/engine.ts'
import { assembleBundle, type Bundle, type RunFacts } from './assemble-bundle.ts'
import { dispatch } from './dispatch.ts'
import { Journal } from './journal.ts'
import { mintIdentity, planRun, type RunInputs, type RunPlan } from './plan-run.ts'
import { rowLine } from './row-line.ts'

/** How a run tells what it does; rows are counted once they are on the disk. */
export interface RunReporter {
  line(text: string): void
  progress(state: RunProgress): void
  done(): void
}

export interface RunProgress {
  total: number
  done: number
  failed: number
  promptTokens: number
  completionTokens: number
  /** since the first request was sent */
  seconds: number
}

export interface RunDeps {
  spool: string
  now(): Date
  /** the engine's name, and the flags that name it in the recorded command */
  engineName: string
  engineFlags: readonly string[]
  /** faults that show before the engine is started, as `where: finding` */
  checkEngine(slug: string, model: Model): Promise<string[]>
  createEngine(plan: RunPlan, logPath: string): Promise<Engine>
  apiKey?: string
  /** milliseconds for one answer */
  timeoutMs: number
  signal: AbortSignal
  reporter: RunReporter
}

export interface RunOutcome extends Bundle {
  runId: string
}

/** The run was stopped from outside; its journal stays where it is. */
export class InterruptedRun extends Error {
  override name = 'InterruptedRun'
}

/**
 * One model over one dataset: plan, engine up, every answer journalled, bundle in the spool. A run whose engine dies or
 * whose every row fails still gives a bundle, with status failed and the reason.
 * @throws UserError before anything is written, InterruptedRun, or the file system's error when the journal can't grow
 */
export async function runBatch(inputs: RunInputs, deps: RunDeps): Promise<RunOutcome> {
  const draft = await planRun(inputs, deps.now())
  const problems = [...draft.problems, ...(draft.model ? await deps.checkEngine(inputs.model, draft.model) : [])]
  if (problems.length > 0 || !draft.plan) throw new UserError('the run can’t start', problems)
  const { plan, folder } = await claimFolder(draft.plan, deps)
  const command = describeCommand(inputs, plan, deps)
  const log = await openLog(join(folder, 'run.log'), deps)
  await log(`run ${plan.runId}: ${plan.requests.length} of ${plan.count} rows, ${plan.concurrency} in flight`)
  await log(`command: ${command}`)

  const engineLog = join(folder, 'engine.log')
  await writeFile(engineLog, '')
  const startedAt = deps.now()
  const ran = await runEngine(plan, folder, engineLog, deps, log)
  const facts = (results: RunMeta['results']): RunFacts => describeRun({ plan, ran, startedAt, deps, command, results })
  await log(`ended: ${ran.failure ? ran.failure.message : 'all requests were answered'}`)
  const bundle = await assembleBundle(
    plan,
    folder,
    [join(folder, 'run.log'), engineLog],
    facts,
    describeSubject(plan, ran.info),
  )
  return { runId: plan.runId, ...bundle }
}

/** The first free run id from this second on: two runs of one job may start within a second. */
async function claimFolder(plan: RunPlan, deps: RunDeps): Promise<{ plan: RunPlan; folder: string }> {
  for (let second = 0; ; second++) {
    const identity = mintIdentity(plan.slug, plan.datasetName, new Date(deps.now().getTime() + second * 1000))
    const folder = await claimSpoolFolder(deps.spool, identity.runId)
    if (folder !== undefined) return { plan: { ...plan, ...identity }, folder }
  }
}

interface RanEngine {
  info: EngineInfo
  loadSeconds?: number
  /** seconds with requests in flight */
  seconds: number
  counter: RowCounter
  failure?: { code: string; message: string }
}

async function runEngine(
  plan: RunPlan,
  folder: string,
  engineLog: string,
  deps: RunDeps,
  log: (text: string) => Promise<void>,
): Promise<RanEngine> {
  const counter = new RowCounter()
  const journal = await Journal.create(join(folder, 'journal.jsonl'))
  const engine = await deps.createEngine(plan, engineLog)
  const loadStart = performance.now()
  try {
    deps.reporter.line(`starting ${deps.engineName} with ${plan.model.name}`)
    const started = await engine.start()
    const loadSeconds = (performance.now() - loadStart) / 1000
    await log(`engine ${started.info.name} ${started.info.version ?? ''} ready in ${loadSeconds.toFixed(1)} s`)
    deps.reporter.line(`${plan.runId}: ${plan.requests.length} rows, ${plan.concurrency} in flight`)
    const begin = performance.now()
    const outcome = await dispatch({
      engine: started,
      requests: plan.requests,
      concurrency: plan.concurrency,
      ...(deps.apiKey === undefined ? {} : { apiKey: deps.apiKey }),
      timeoutMs: deps.timeoutMs,
      signal: deps.signal,
      async onAnswer(item, answer) {
        const line = rowLine(plan.runId, item.customId, answer)
        await journal.append(line)
        const { row } = parseRow(line)
        if (row) counter.add(row)
        deps.reporter.progress({
          total: plan.requests.length,
          done: counter.success + counter.errors,
          failed: counter.errors,
          promptTokens: counter.promptTokens,
          completionTokens: counter.completionTokens,
          seconds: (performance.now() - begin) / 1000,
        })
      },
    })
    const ran: RanEngine = { info: started.info, loadSeconds, seconds: outcome.seconds, counter }
    if (outcome.engineDied !== undefined)
      return { ...ran, failure: { code: 'engine_died', message: maskMessage(outcome.engineDied) } }
    return ran
  } catch (error) {
    if (error instanceof UserError) {
      await journal.close()
      await rm(folder, { recursive: true })
      throw error
    }
    if (!(error instanceof EngineError)) throw error
    const info = { name: deps.engineName, args: {}, servedModel: plan.slug }
    return { info, seconds: 0, counter, failure: { code: 'engine_start_failed', message: maskMessage(error.message) } }
  } finally {
    deps.reporter.done()
    await engine.stop()
    await journal.close()
    if (deps.signal.aborted)
      // eslint-disable-next-line no-unsafe-finally -- an interruption outranks whatever it caused
      throw new InterruptedRun(
        `interrupted with ${counter.success + counter.errors} of ${plan.requests.length} rows answered; they are in ${journal.path}`,
      )
  }
}

function describeRun(run: {
  plan: RunPlan
  ran: RanEngine
  startedAt: Date
  deps: RunDeps
  command: string
  results: RunMeta['results']
}): RunFacts {
  const { plan, ran, results } = run
  const startedAt = run.startedAt.toISOString()
  const completedAt = run.deps.now().toISOString()
  const { info } = ran
  const [cpu] = cpus()
  const seconds = round(ran.seconds, 3)
  return {
    ...judgeRun(plan, ran, results),
    execution: {
      started_at: startedAt,
      completed_at: completedAt,
      duration_seconds: seconds,
      ...(seconds > 0 ? { req_per_sec: round(results.success / seconds, 4) } : {}),
      ...(info.name === 'vllm' && info.version !== undefined ? { vllm_version: info.version } : {}),
      command: run.command,
      sampling: plan.sampling,
      ...(plan.limit === undefined ? {} : { limit: plan.limit }),
      ...(plan.overrides.length > 0 ? { overrides: plan.overrides } : {}),
      ...(plan.dataset.format === 'records' && plan.rubric?.response_schema ? { response_format: 'json_schema' } : {}),
      ...(info.chatTemplateSha256 === undefined ? {} : { chat_template_sha256: info.chatTemplateSha256 }),
      engine: { name: info.name, ...(info.version === undefined ? {} : { version: info.version }), args: info.args },
      host: {
        name: hostname(),
        platform: `${platform()}-${arch()}`,
        ...(cpu ? { cpu: cpu.model.trim() } : {}),
        cpus: availableParallelism(),
        memory_gb: round(totalmem() / 1e9, 1),
      },
      segments: [
        {
          host: hostname(),
          started_at: startedAt,
          completed_at: completedAt,
          ...(ran.loadSeconds === undefined ? {} : { load_seconds: round(ran.loadSeconds, 3) }),
          usage: { prompt_tokens: ran.counter.promptTokens, completion_tokens: ran.counter.completionTokens },
        },
      ],
      concurrency: plan.concurrency,
      order: 'input',
    },
  }
}

/** completed: every row of the dataset was answered and at least one well; else why not. Pure. */
export function judgeRun(
  plan: Pick<RunPlan, 'limit' | 'count'>,
  ran: Pick<RanEngine, 'failure'>,
  results: RunMeta['results'],
): Pick<RunMeta, 'status' | 'failure'> {
  if (ran.failure) return { status: 'failed', failure: ran.failure }
  if (results.success === 0) {
    const [cause] = results.error_causes
    const status = cause?.status === undefined ? '' : `HTTP ${cause.status}: `
    return {
      status: 'failed',
      failure: { code: 'all_rows_failed', message: `every row failed: ${status}${cause?.message ?? 'no answer'}` },
    }
  }
  if (plan.limit !== undefined)
    return {
      status: 'partial',
      failure: { code: 'limit', message: `only the first ${plan.limit} of ${plan.count} rows were asked for` },
    }
  return { status: 'completed' }
}

function describeSubject(plan: RunPlan, { weights }: EngineInfo): Pick<RunMeta, 'model' | 'dataset'> {
  const { model, dataset, rubric } = plan
  const rendered = rubric !== undefined && dataset.format === 'records'
  return {
    model: {
      name: model.name,
      id: model.hub_id,
      slug: plan.slug,
      ...(model.size === undefined ? {} : { size: model.size }),
      ...(model.vram_gb === undefined ? {} : { vram_gb: model.vram_gb }),
      ...(model.revision === undefined ? {} : { revision: model.revision }),
      ...(weights ? { weights_sha256: weights.sha256, quantization: weights.quantization } : {}),
    },
    dataset: {
      name: plan.datasetName,
      count: plan.count,
      sha256: dataset.sha256,
      privacy: dataset.privacy,
      ...(rubric && plan.rubricId !== undefined
        ? { rubric: plan.rubricId, criteria: rubric.criteria, extraction_sha256: extractionSha256(rubric) }
        : {}),
      prompt_sha256: rendered ? promptSha256(rubric) : readyMadePromptSha256,
      ...(rendered ? { prompt_template: describeTemplate(rubric.prompt) } : {}),
    },
  }
}

function describeTemplate(prompt: { system?: string | undefined; user: string }): string {
  return prompt.system === undefined ? prompt.user : `[system]\n${prompt.system}\n[user]\n${prompt.user}`
}

/** The command that does this run again, without paths of this machine. */
function describeCommand(inputs: RunInputs, plan: RunPlan, deps: RunDeps): string {
  return [
    'batchledger run',
    `--model ${plan.slug}`,
    `--dataset ${inputs.dataset}`,
    ...(plan.rubricId === undefined ? [] : [`--rubric ${plan.rubricId}`]),
    ...deps.engineFlags,
    ...(plan.limit === undefined ? [] : [`--limit ${plan.limit}`]),
    `--concurrency ${plan.concurrency}`,
  ].join(' ')
}

async function openLog(path: string, deps: RunDeps): Promise<(text: string) => Promise<void>> {
  await mkdir(join(path, '..'), { recursive: true })
  return (text) => appendFile(path, `${deps.now().toISOString()} ${text}\n`)
}
