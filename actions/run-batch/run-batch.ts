import { appendFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { UserError, type CountedCause, type Model } from 'registry'
import type { Engine } from '../engines/engine.ts'
import type { BatchEngine } from '../engines/vllm-run-batch.ts'
import { askAtOnce } from './ask-at-once.ts'
import { assembleBundle, type Bundle } from './assemble-bundle.ts'
import type { BrakeLimits } from './brakes.ts'
import { describeRun, describeSubject, type RunFailure } from './describe-run.ts'
import type { DispatchLimits } from './dispatch.ts'
import { readJournal } from './journal.ts'
import { openJob, type JobKey, type OpenedJob } from './open-job.ts'
import { identityOf, mintIdentity, planRun, type RunDraft, type RunInputs, type RunPlan } from './plan-run.ts'
import { superviseEngine } from './supervise-engine.ts'

/** How a run tells what it does; rows are counted once they are on the disk. */
export interface RunReporter {
  line(text: string): void
  progress(state: RunProgress): void
  done(): void
  /** a row's answer is on the disk: it will never be asked again */
  acknowledged?(customId: string): void
}

export interface RunProgress {
  /** rows this run asks for */
  total: number
  /** answered by now, those of earlier starts included */
  done: number
  /** of this start: answered, failed, tokens, seconds since its first request */
  answered: number
  failed: number
  promptTokens: number
  completionTokens: number
  seconds: number
}

export interface RunLimits extends DispatchLimits, BrakeLimits {
  /** starts of the engine after the first, at most */
  maxRestarts: number
}

export const defaultLimits: RunLimits = {
  requestTimeoutMs: 600_000,
  maxTries: 5,
  hangTimeoutMs: 300_000,
  maxRestarts: 10,
  maxErrorRate: 0.5,
  minParseRate: 0.1,
  graceMs: 30_000,
  backoffMs: 500,
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
  /** a program that is given all rows at once, instead of an engine */
  createBatchEngine?(plan: RunPlan, logPath: string): Promise<BatchEngine>
  apiKey?: string
  limits: RunLimits
  /** start a job anew that is completed or can't go on */
  again?: boolean
  /** start a new run with the answers of this one */
  continues?: string
  /** a run that can't be whole gives a partial bundle of what is there, also when it is interrupted */
  allowPartial?: boolean
  /** aborted with the signal's name */
  signal: AbortSignal
  reporter: RunReporter
}

export interface RunOutcome extends Bundle {
  runId: string
  /** it was completed by an earlier call; nothing was asked */
  already: boolean
  /** why rows failed, with the first row of each cause; empty for one that was completed already */
  causes: CountedCause[]
}

/** The run was stopped from outside; the same command goes on where it was. */
export class InterruptedRun extends Error {
  override name = 'InterruptedRun'
  /** 130 after SIGINT, 143 after SIGTERM */
  readonly exitCode: number

  constructor(message: string, signal: unknown) {
    super(message)
    this.exitCode = signal === 'SIGTERM' ? 143 : 130
  }
}

/**
 * One model over one dataset: plan, engine up, every answer journalled, bundle in the spool. The same call goes on where
 * an earlier one stopped, whatever stopped it. A run whose engine can't go on or whose brake was pulled still gives a
 * bundle, with status failed and the reason.
 * @throws UserError before anything is written, InterruptedRun, or the file system's error when the journal can't grow
 */
export async function runBatch(inputs: RunInputs, deps: RunDeps): Promise<RunOutcome> {
  const draft = await planRun(inputs)
  try {
    return await runDraft(inputs, draft, deps)
  } finally {
    draft.plan?.source.close()
  }
}

async function runDraft(inputs: RunInputs, draft: RunDraft, deps: RunDeps): Promise<RunOutcome> {
  const problems = [...draft.problems, ...(draft.model ? await deps.checkEngine(inputs.model, draft.model) : [])]
  const drafted = draft.plan
  if (problems.length > 0 || !drafted) throw new UserError('the run can’t start', problems)
  for (const warning of draft.warnings) deps.reporter.line(`warning: ${warning}`)
  const job = await openJob(
    deps.spool,
    {
      key: keyOf(drafted),
      requests_sha256: drafted.source.sha256,
      created_at: deps.now().toISOString(),
      ...(deps.continues === undefined ? {} : { continues: deps.continues }),
    },
    deps.again === true,
    (attempt) => mintIdentity(drafted.slug, drafted.datasetName, new Date(deps.now().getTime() + attempt * 1000)).runId,
  )
  if (job.kind === 'completed') return { runId: job.runId, ...job.bundle, already: true, causes: [] }
  const plan: RunPlan = { ...drafted, ...identityOf(job.runId, drafted.slug, drafted.datasetName) }
  try {
    return await runJob(inputs, plan, job, deps)
  } catch (error) {
    // a mistake that only the engine could tell: a job that has asked nothing leaves nothing
    if (error instanceof UserError && job.kind === 'new') await rm(job.folder, { recursive: true })
    throw error
  } finally {
    await job.release()
  }
}

async function runJob(
  inputs: RunInputs,
  plan: RunPlan,
  job: Exclude<OpenedJob, { kind: 'completed' }>,
  deps: RunDeps,
): Promise<RunOutcome> {
  const { folder, runId } = job
  const startedAt = deps.now()
  const runLog = join(folder, 'run.log')
  const engineLog = join(folder, 'engine.log')
  const log = (text: string) => appendFile(runLog, `${deps.now().toISOString()} ${text}\n`)
  const command = describeCommand(inputs, plan, deps)
  await appendFile(engineLog, '')
  await log(`run ${runId}: ${plan.order.length} of ${plan.source.customIds.length} rows, ${plan.concurrency} in flight`)
  await log(`command: ${command}`)
  if (job.journal.rows.size > 0) {
    const there = `${job.journal.rows.size} answers are in the journal`
    deps.reporter.line(`going on with ${runId}: ${there}`)
    await log(`resumed: ${there}`)
  }
  const run = { plan, folder, journal: job.journal, engineLog, deps, log }
  const batch = await deps.createBatchEngine?.(plan, engineLog)
  const ended = batch ? await askAtOnce(run, batch) : await superviseEngine(run)
  deps.reporter.done()
  const left = plan.order.length - ended.answered
  const interrupted = deps.signal.aborted && left > 0
  if (interrupted && deps.allowPartial !== true)
    throw new InterruptedRun(
      `interrupted with ${ended.answered} of ${plan.order.length} rows answered; the same command goes on from there`,
      deps.signal.reason,
    )
  const failure = interrupted ? { code: 'interrupted', message: `interrupted with ${left} rows to go` } : ended.failure
  await log(`ended: ${failure ? failure.message : 'all requests were answered'}`)
  const end = {
    command,
    startedAt,
    ...(failure ? { failure } : {}),
    mayBePartial: deps.allowPartial === true,
    ...(job.continues === undefined ? {} : { continues: job.continues }),
  }
  return endJob(plan, folder, end, deps)
}

/** Makes the bundle of a job out of its folder's journal and logs. */
export async function endJob(
  plan: RunPlan,
  folder: string,
  end: { command: string; startedAt: Date; failure?: RunFailure; mayBePartial?: boolean; continues?: string },
  deps: Pick<RunDeps, 'now' | 'engineName'>,
): Promise<RunOutcome> {
  const journal = await readJournal(join(folder, 'journal.jsonl'))
  const info = journal.segments.at(-1)?.engine ?? { name: deps.engineName, args: {}, servedModel: plan.slug }
  const starts = journal.segments.map((segment) => Date.parse(segment.started_at))
  const startedAt = starts.length > 0 ? new Date(Math.min(...starts)) : end.startedAt
  const bundle = await assembleBundle({
    plan,
    folder,
    journal,
    logs: [join(folder, 'run.log'), join(folder, 'engine.log')],
    subject: describeSubject(plan, info),
    facts: (results) => describeRun({ plan, journal, info, completedAt: deps.now(), ...end, startedAt, results }),
  })
  return { runId: plan.runId, ...bundle, already: false }
}

/** What the same command finds its job by. */
export function keyOf(plan: Omit<RunPlan, 'runId' | 'paths'>): JobKey {
  return {
    model: plan.slug,
    dataset: plan.datasetName,
    ...(plan.rubricId === undefined ? {} : { rubric: plan.rubricId }),
    ...(plan.limit === undefined ? {} : { limit: plan.limit }),
    ...(plan.shard ? { shard: `${plan.shard.index + 1}/${plan.shard.count}` } : {}),
  }
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
    ...(plan.shard ? [`--shard ${plan.shard.index + 1}/${plan.shard.count}`] : []),
    `--concurrency ${plan.concurrency}`,
    ...(plan.orderName === 'input' ? ['--order input'] : []),
  ].join(' ')
}
