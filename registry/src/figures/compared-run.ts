import type { ComparedRun } from '../formats/comparison.ts'
import type { RunMeta } from '../formats/run-meta.ts'

/** What the figures of a comparison need of a run's meta. */
export interface FiguredRun {
  run_id: string
  status: RunMeta['status']
  model: Pick<RunMeta['model'], 'slug' | 'name' | 'revision' | 'weights_sha256'>
  dataset: Pick<RunMeta['dataset'], 'name' | 'sha256' | 'prompt_sha256'>
  execution: Pick<
    RunMeta['execution'],
    | 'started_at'
    | 'duration_seconds'
    | 'req_per_sec'
    | 'sampling'
    | 'response_format'
    | 'chat_template_sha256'
    | 'concurrency'
    | 'order'
  > & {
    engine: Pick<RunMeta['execution']['engine'], 'name' | 'version' | 'args'>
    host?: Pick<NonNullable<RunMeta['execution']['host']>, 'platform' | 'cpu' | 'cpus' | 'memory_gb'> | undefined
    segments: readonly Pick<RunMeta['execution']['segments'][number], 'energy_joules'>[]
  }
  results: Pick<RunMeta['results'], 'total' | 'success' | 'avg_prompt_tokens' | 'avg_completion_tokens'>
}

/** A run as a comparison names it. @param place in the selection @param tokens sums over its rows */
export function describeComparedRun(
  { run_id: runId, model, status, execution, results }: FiguredRun,
  place: number,
  tokens: { prompt: number; output: number },
  rubric: string,
): ComparedRun {
  const { duration_seconds: seconds, req_per_sec: rate, segments } = execution
  const perSecond = (sum: number, measured: number | undefined) =>
    measured === undefined || seconds === undefined || seconds === 0 ? undefined : sum / seconds
  const prompt = perSecond(tokens.prompt, results.avg_prompt_tokens)
  const output = perSecond(tokens.output, results.avg_completion_tokens)
  const joules = segments.map(({ energy_joules: energy }) => energy)
  const energy = joules.reduce<number | undefined>(
    (sum, one) => (sum === undefined || one === undefined ? undefined : sum + one),
    0,
  )
  return {
    run_id: runId,
    name: letterOf(place),
    model: { slug: model.slug, name: model.name },
    rubric,
    status,
    started_at: execution.started_at,
    speed: {
      ...(seconds === undefined ? {} : { duration_seconds: seconds }),
      ...(rate === undefined ? {} : { req_per_sec: rate }),
      ...(prompt === undefined ? {} : { prompt_tokens_per_sec: prompt }),
      ...(output === undefined ? {} : { output_tokens_per_sec: output }),
      ...(energy === undefined || joules.length === 0 || results.success === 0
        ? {}
        : { joules_per_1000_rows: (energy / results.success) * 1000 }),
    },
  }
}

/** A, B, … Z, then R27 */
function letterOf(place: number): string {
  return place < 26 ? String.fromCharCode(65 + place) : `R${place + 1}`
}

/** A line for each run that did not answer all of its rows. */
export function tellIncomplete(runs: readonly FiguredRun[]): string[] {
  return runs.flatMap(({ run_id: runId, status, results }) =>
    status === 'completed' ? [] : [`${runId} is ${status}: ${results.success} of ${results.total} rows were answered`],
  )
}

/** Another completed run of the same model in the same configuration, the first there is: what a run agrees with itself. */
export function findReplicate<Run extends FiguredRun>(meta: FiguredRun, others: readonly Run[]): Run | undefined {
  const key = configurationOf(meta)
  return others.find(
    (other) => other.run_id !== meta.run_id && other.status === 'completed' && configurationOf(other) === key,
  )
}

/** Each run's replicate among all runs; of two that are each other's only the first. */
export function findReplicates<Run extends FiguredRun>(
  runs: readonly FiguredRun[],
  all: readonly Run[],
): { place: number; again: Run }[] {
  const done = new Set<string>()
  return runs.flatMap((run, place) => {
    const again = findReplicate(run, all)
    const key = again && [run.run_id, again.run_id].sort().join(' ')
    if (!again || key === undefined || done.has(key)) return []
    done.add(key)
    return [{ place, again }]
  })
}

function configurationOf({ model, dataset, execution }: FiguredRun): string {
  const { sampling, engine, response_format: format, chat_template_sha256: template } = execution
  return JSON.stringify([
    model.slug,
    model.revision,
    model.weights_sha256,
    dataset.sha256,
    dataset.prompt_sha256,
    Object.entries(sampling ?? {}).sort(([a], [b]) => (a < b ? -1 : 1)),
    engine.name,
    engine.version,
    format,
    template,
  ])
}
