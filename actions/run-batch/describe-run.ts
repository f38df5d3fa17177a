import { availableParallelism, arch, cpus, hostname, platform, totalmem } from 'node:os'
import { round, type RunMeta } from 'registry'
import { extractionSha256, promptSha256, readyMadePromptSha256 } from 'registry/node'
import type { EngineInfo } from '../engines/engine.ts'
import type { RunFacts } from './assemble-bundle.ts'
import type { JournalSegment, JournalState } from './journal.ts'
import type { RunPlan } from './plan-run.ts'

export interface RunFailure {
  code: string
  message: string
}

export interface DescribedRun {
  plan: RunPlan
  journal: JournalState
  /** the engine of the last start, or what is known of one that never came up */
  info: EngineInfo
  startedAt: Date
  completedAt: Date
  command: string
  failure?: RunFailure
  /** a failure that left good answers makes the run partial, not failed */
  mayBePartial?: boolean
  /** the run whose answers this one started with */
  continues?: string
  results: RunMeta['results']
}

/** The parts of a meta that follow from the journal, the engine and the clock. Pure but for the host's description. */
export function describeRun(run: DescribedRun): RunFacts {
  const { plan, journal, info, startedAt, completedAt, command, continues, results } = run
  const segments = journal.segments.map((segment) => ({
    host: segment.host,
    started_at: segment.started_at,
    completed_at: new Date(segment.lastAnswer ?? Date.parse(segment.started_at)).toISOString(),
    ...(segment.load_seconds === undefined ? {} : { load_seconds: segment.load_seconds }),
    usage: { prompt_tokens: segment.promptTokens, completion_tokens: segment.completionTokens },
    ...(segment.engine_metrics === undefined ? {} : { engine_metrics: segment.engine_metrics }),
    ...(segment.energy_joules === undefined ? {} : { energy_joules: segment.energy_joules }),
  }))
  const seconds = round(secondsInFlight(journal.segments), 3)
  const count = (why: string) => journal.segments.filter((segment) => segment.why === why).length
  return {
    ...judgeRun(plan, run, results),
    execution: {
      started_at: startedAt.toISOString(),
      completed_at: completedAt.toISOString(),
      duration_seconds: seconds,
      ...(seconds > 0 ? { req_per_sec: round(results.success / seconds, 4) } : {}),
      ...(info.name.startsWith('vllm') && info.version !== undefined ? { vllm_version: info.version } : {}),
      command,
      sampling: plan.source.sampling,
      ...(plan.limit === undefined ? {} : { limit: plan.limit }),
      ...(plan.source.overrides.length > 0 ? { overrides: plan.source.overrides } : {}),
      ...(plan.dataset.format === 'records' && plan.rubric?.response_schema ? { response_format: 'json_schema' } : {}),
      ...(info.chatTemplateSha256 === undefined ? {} : { chat_template_sha256: info.chatTemplateSha256 }),
      engine: {
        name: info.name,
        ...(info.version === undefined ? {} : { version: info.version }),
        args: info.args,
        ...(info.command === undefined ? {} : { command: [...info.command] }),
      },
      host: { ...describeHost(), ...(info.gpus === undefined ? {} : { gpus: [...info.gpus] }) },
      segments,
      concurrency: plan.concurrency,
      order: plan.orderName,
      ...(continues === undefined ? {} : { continues }),
      retries: journal.retries,
      restarts: count('restart'),
      resumes: count('resume'),
    },
  }
}

/** Time with requests in flight: first send to last answer of each start; starts that overlap (shards) count once. */
export function secondsInFlight(segments: readonly Pick<JournalSegment, 'sent_at' | 'lastAnswer'>[]): number {
  const spans = segments
    .flatMap(({ sent_at: sentAt, lastAnswer }) =>
      lastAnswer === undefined ? [] : [{ from: Date.parse(sentAt), to: lastAnswer }],
    )
    .sort((a, b) => a.from - b.from)
  let milliseconds = 0
  let until = Number.NEGATIVE_INFINITY
  for (const { from, to } of spans) {
    milliseconds += Math.max(0, to - Math.max(from, until))
    until = Math.max(until, to)
  }
  return milliseconds / 1000
}

/** completed: every row of the dataset was answered and at least one well; else why not. Pure. */
export function judgeRun(
  plan: Pick<RunPlan, 'limit' | 'shard'>,
  { failure, mayBePartial }: Pick<DescribedRun, 'failure' | 'mayBePartial'>,
  results: RunMeta['results'],
): Pick<RunMeta, 'status' | 'failure'> {
  if (failure) return { status: mayBePartial === true && results.success > 0 ? 'partial' : 'failed', failure }
  if (results.success === 0) {
    const [cause] = results.error_causes
    const status = cause?.status === undefined ? '' : `HTTP ${cause.status}: `
    return {
      status: 'failed',
      failure: { code: 'all_rows_failed', message: `every row failed: ${status}${cause?.message ?? 'no answer'}` },
    }
  }
  if (plan.shard) {
    const part = `${plan.shard.index + 1} of ${plan.shard.count}`
    return { status: 'partial', failure: { code: 'shard', message: `part ${part}: batchledger merge joins the parts` } }
  }
  if (plan.limit !== undefined)
    return {
      status: 'partial',
      failure: { code: 'limit', message: `only the first ${plan.limit} of ${results.total} rows were asked for` },
    }
  if (results.missing > 0)
    return { status: 'partial', failure: { code: 'missing_rows', message: `${results.missing} rows have no answer` } }
  return { status: 'completed' }
}

/** What was judged and by what. @param weights those the engine really loaded, where we know */
export function describeSubject(plan: RunPlan, { weights }: EngineInfo): Pick<RunMeta, 'model' | 'dataset'> {
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
      count: plan.source.customIds.length,
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

function describeHost(): NonNullable<RunMeta['execution']['host']> {
  const [cpu] = cpus()
  return {
    name: hostname(),
    platform: `${platform()}-${arch()}`,
    ...(cpu ? { cpu: cpu.model.trim() } : {}),
    cpus: availableParallelism(),
    memory_gb: round(totalmem() / 1e9, 1),
  }
}
