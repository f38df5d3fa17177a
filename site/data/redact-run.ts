import { engineArgNames, idSchema, maskMessage, verdictStatuses, type ErrorCause, type RunMeta } from 'registry'
import { keepKnownWords } from './known-words.ts'
import { noPlace, withheld } from './no-place.ts'
import { redactOutcome } from './redact-outcome.ts'
import type { RunPage } from './page-data.ts'

/*
 * What the public build may say of a run. Each function names what goes out; a member that isn't named doesn't, so
 * that a new one stays inside until somebody decides. Numbers, digests and times go out as they are; text only where
 * it is of the catalog, of a closed list, or a plain word of a named member.
 */

const finishReasons = new Set(['stop', 'length', 'tool_calls', 'function_call', 'content_filter', 'abort', 'error'])
/** Settings of sampling that may go out beside temperature and max_tokens. */
export const samplingNames = [
  'frequency_penalty',
  'ignore_eos',
  'length_penalty',
  'max_completion_tokens',
  'min_p',
  'min_tokens',
  'presence_penalty',
  'repeat_penalty',
  'repetition_penalty',
  'seed',
  'skip_special_tokens',
  'top_k',
  'top_p',
]
const argNames = [...engineArgNames, 'context_tokens', 'lora', 'revision', 'sequences', 'threads']
const metricNames =
  /^(?:(?:cached_)?prompt_tokens|generation_tokens|preemptions|prefix_cache_(?:queries|hits)|(?:queue|first_token|latency)_seconds_p\d{1,2}|finished_(?:stop|length|abort|error))$/
const conflictFields = new Set([
  'dataset.count',
  'dataset.name',
  'execution.completed_at',
  'execution.duration_seconds',
  'execution.elapsed',
  'execution.req_per_sec',
  'execution.started_at',
  'model',
  'results.avg_completion_tokens',
  'results.avg_prompt_tokens',
  'results.errors',
  'results.missing',
  'results.success',
  'results.success_rate',
  'results.total',
  'status',
])

/** @param personal whatever the meta or the catalog says of the dataset: then no word of an engine goes out */
export function redactRun(run: RunPage, personal: boolean): RunPage {
  const { rubric, verdicts } = run
  return {
    page: run.page,
    meta: redactMeta(run.meta, personal),
    metaPath: run.metaPath,
    dataset: run.dataset,
    datasetPage: run.datasetPage,
    ...(rubric ? { rubric: { id: rubric.id, title: rubric.title } } : {}),
    ...pick(run, ['outputTokensPerSec', 'promptTokensPerSec']),
    ...(verdicts
      ? {
          verdicts: verdicts
            .filter(({ status }) => (verdictStatuses as readonly string[]).includes(status))
            .map(({ status, count }) => ({ status, count })),
        }
      : {}),
    outcome: redactOutcome(run.outcome, personal),
    log: { problem: 'left out of the public build: a log holds an engine’s own words and names of machines' },
    ...(run.landing ? { landing: pickLanding(run.landing) } : {}),
    // a finding may name an id or repeat a line of the file
    findings:
      run.findings.length === 0
        ? []
        : [`${run.findings.length} findings, told in the private build: its rows name items`],
  }
}

type Landing = NonNullable<RunPage['landing']>

function pickLanding({ commit, pull }: Landing): Landing {
  return { commit, ...(pull === undefined ? {} : { pull }) }
}

/** A meta as the public build may show it; it still is a RunMeta, for the pages are the same. */
export function redactMeta(meta: RunMeta, personal: boolean): RunMeta {
  const { model, dataset, results, files, provenance, failure } = meta
  return {
    schema_version: meta.schema_version,
    run_id: meta.run_id,
    status: meta.status,
    ...(failure ? { failure: redactFailure(failure, personal) } : {}),
    model: {
      name: noPlace(model.name),
      id: noPlace(model.id),
      slug: model.slug,
      ...pick(model, ['vram_gb', 'revision', 'weights_sha256']),
      ...words(model, ['size', 'quantization']),
    },
    // what a run recorded of its prompt is not the catalog: a rubric that was mended since may say less
    dataset: {
      ...pick(dataset, ['name', 'count', 'sha256', 'privacy', 'prompt_sha256', 'extraction_sha256']),
      ...(idSchema.safeParse(dataset.rubric).success ? pick(dataset, ['rubric']) : {}),
    },
    execution: redactExecution(meta.execution),
    results: {
      ...pick(results, ['total', 'success', 'errors', 'missing', 'success_rate']),
      ...pick(results, ['avg_prompt_tokens', 'avg_completion_tokens']),
      error_causes: mergeCauses(results.error_causes.map((cause) => redactCause(cause, personal))),
      finish_reasons: redactReasons(results.finish_reasons),
    },
    files: {
      ...pick(files, ['results', 'log']),
      // it may lie anywhere on a runner
      input: dataset.name,
      sha256: pick(files.sha256, ['results', 'log']),
      bytes: pick(files.bytes, ['results', 'log']),
    },
    provenance: {
      source: provenance.source,
      conflicts: provenance.conflicts.map(({ field, claimed, observed }) => ({
        field: conflictFields.has(field) ? field : withheld,
        claimed: figureOnly(claimed),
        observed: figureOnly(observed),
      })),
    },
  }
}

function redactExecution(execution: RunMeta['execution']): RunMeta['execution'] {
  const { sampling, engine, host } = execution
  return {
    ...pick(execution, [
      'started_at',
      'completed_at',
      'duration_seconds',
      'req_per_sec',
      'limit',
      'concurrency',
      'order',
    ]),
    ...pick(execution, ['chat_template_sha256', 'retries', 'restarts', 'resumes']),
    ...words(execution, ['vllm_version', 'response_format']),
    ...(sampling
      ? {
          sampling: {
            ...Object.fromEntries(samplingNames.flatMap((name) => settingOf(sampling, name))),
            temperature: sampling.temperature,
            max_tokens: sampling.max_tokens,
          },
        }
      : {}),
    engine: {
      name: plainWords(engine.name) ?? withheld,
      ...words(engine, ['version']),
      args: Object.fromEntries(argNames.flatMap((name) => settingOf(engine.args, name))),
    },
    // no name of a machine, and no serial number of a card
    ...(host
      ? {
          host: {
            platform: plainWords(host.platform) ?? withheld,
            ...words(host, ['cpu']),
            ...pick(host, ['cpus', 'memory_gb']),
            ...(host.gpus
              ? {
                  gpus: host.gpus.map(({ name, driver, memory_gb }) => ({
                    name: plainWords(name) ?? withheld,
                    uuid: withheld,
                    driver: plainWords(driver) ?? withheld,
                    memory_gb,
                  })),
                }
              : {}),
          },
        }
      : {}),
    segments: execution.segments.map((segment) => ({
      ...pick(segment, ['started_at', 'completed_at', 'load_seconds', 'energy_joules']),
      ...(segment.usage ? { usage: pick(segment.usage, ['prompt_tokens', 'completion_tokens']) } : {}),
      ...(segment.engine_metrics
        ? {
            engine_metrics: Object.fromEntries(
              Object.entries(segment.engine_metrics).flatMap(([name, value]) =>
                metricNames.test(name) ? [[name, value]] : [],
              ),
            ),
          }
        : {}),
    })),
  }
}

function redactFailure({ code, message }: { code: string; message: string }, personal: boolean) {
  return { code: codeOf(code) ?? withheld, message: personal ? tellCode(code) : keepKnownWords(maskMessage(message)) }
}

function redactCause({ status, code, message, count }: ErrorCause, personal: boolean): ErrorCause {
  const word = personal || code === undefined ? undefined : codeOf(code)
  return {
    ...(status === undefined ? {} : { status }),
    ...(word === undefined ? {} : { code: word }),
    message: personal ? 'withheld: the dataset is personal' : keepKnownWords(maskMessage(message)),
    count,
  }
}

/** Causes that read alike now are one. */
function mergeCauses(causes: readonly ErrorCause[]): ErrorCause[] {
  const merged = new Map<string, ErrorCause>()
  for (const { count, ...cause } of causes) {
    const key = JSON.stringify([cause.status, cause.code, cause.message])
    merged.set(key, { ...cause, count: count + (merged.get(key)?.count ?? 0) })
  }
  return [...merged.values()].sort((a, b) => b.count - a.count)
}

function redactReasons(reasons: Readonly<Record<string, number>>): Record<string, number> {
  const told: Record<string, number> = {}
  for (const [reason, count] of Object.entries(reasons)) {
    const name = finishReasons.has(reason) ? reason : 'other'
    told[name] = (told[name] ?? 0) + count
  }
  return told
}

/** An error's code or a failure's, made of known words: `no_chat_template`, `400`, `BadRequestError`. */
function codeOf(code: string): string | undefined {
  const spaced = code.replaceAll(/[_.-]/g, ' ').replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ')
  return /^\d{1,5}$/.test(code) || (/^[\w.-]{1,40}$/.test(code) && keepKnownWords(spaced) === spaced) ? code : undefined
}

function tellCode(code: string): string {
  const known = codeOf(code)
  return known === undefined ? 'the reason is withheld: the dataset is personal' : known.replaceAll('_', ' ')
}

/** A setting that is a number, yes or no, or a plain word; none where it is anything else. */
function settingOf(settings: Readonly<Record<string, unknown>>, name: string): [string, unknown][] {
  const value = Object.hasOwn(settings, name) ? settings[name] : undefined
  const plain = typeof value === 'number' || typeof value === 'boolean' || value === null
  if (plain || (typeof value === 'string' && /^[\w.@-]+(?:\/[\w.@-]+)?$/.test(value))) return [[name, value]]
  return []
}

/** Of what a meta claims only numbers, times and statuses go out: anything else is somebody's text. */
function figureOnly(value: unknown): unknown {
  if (typeof value === 'number' || value === null) return value
  const known = /^(?:[\d.,%\s]{1,20}|\d{4}-\d{2}-\d{2}[T ][\d:.]{5,12}Z?|completed|partial|failed)$/
  return typeof value === 'string' && known.test(value) ? value : withheld
}

/** Names of hardware, engines and versions: letters, digits and a little punctuation; undefined for anything else. */
function plainWords(text: string): string | undefined {
  return /^[\w.,()+@ -]{1,100}$/.test(text) ? text : undefined
}

function words<T extends object, K extends keyof T>(from: T, names: readonly K[]): { [P in K]?: string } {
  const told: { [P in K]?: string } = {}
  for (const name of names) {
    const value = from[name]
    const plain = typeof value === 'string' ? plainWords(value) : undefined
    if (plain !== undefined) told[name] = plain
  }
  return told
}

/** The named members, where they are there. */
function pick<T extends object, K extends keyof T>(from: T, names: readonly K[]): Pick<T, K> {
  return Object.fromEntries(names.flatMap((name) => (from[name] === undefined ? [] : [[name, from[name]]]))) as Pick<
    T,
    K
  >
}
