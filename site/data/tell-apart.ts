import type { RunMeta } from 'registry'
import { describeHardware } from './describe-hardware.ts'
import { describeSampling } from './describe-sampling.ts'
import { differingSettings } from './differing-settings.ts'

/** What is set of a run and may differ between runs of one model, each value as a reader sees it. */
export function describeSettings({ model, dataset, execution }: Pick<RunMeta, 'model' | 'dataset' | 'execution'>) {
  const { engine, host, sampling } = execution
  const spell = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value))
  const settings: Record<string, string | undefined> = {
    ...describeSampling(sampling),
    'response format': execution.response_format,
    engine: engine.name,
    version: engine.version,
    ...Object.fromEntries(Object.entries(engine.args).map(([name, value]) => [name, spell(value)])),
    concurrency: execution.concurrency === undefined ? undefined : String(execution.concurrency),
    order: execution.order,
    'first rows only': execution.limit === undefined ? undefined : String(execution.limit),
    revision: model.revision?.slice(0, 8),
    weights: model.weights_sha256?.slice(0, 8),
    quantization: model.quantization,
    hardware: describeHardware(host),
    rubric: dataset.rubric,
  }
  return Object.fromEntries(
    Object.entries(settings).filter((entry): entry is [string, string] => entry[1] !== undefined),
  )
}

/**
 * For runs of which several are of one model: the settings in which those differ, e.g. `temperature 0.7`; by run id,
 * none for a run that is its model's only one or differs by its date alone. Pure.
 */
export function tellApart(
  metas: readonly Pick<RunMeta, 'run_id' | 'model' | 'dataset' | 'execution'>[],
): ReadonlyMap<string, string[]> {
  const told = new Map<string, string[]>()
  const models = Map.groupBy(metas, ({ model }) => model.slug)
  for (const runs of models.values()) {
    const settings = differingSettings(runs.map(describeSettings))
    for (const [place, { run_id: id }] of runs.entries()) told.set(id, settings[place] ?? [])
  }
  return told
}
