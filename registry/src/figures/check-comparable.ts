import type { FiguredRun } from './compared-run.ts'

export interface Comparability {
  /** why the verdicts can't be compared; none where they can */
  refusals: string[]
  /** what differs and may explain differences: sampling */
  warnings: string[]
  /** why the speeds can't be compared; none where they can */
  speed: string[]
}

type Comparable = Pick<FiguredRun, 'run_id' | 'dataset' | 'execution'>

/**
 * Whether runs may be compared (DESIGN, "Words"): verdicts by the same dataset digest and prompt, with other sampling told;
 * speeds also by the same hardware, engine and version, engine arguments, order and concurrency. Pure.
 */
export function checkComparable(runs: readonly Comparable[]): Comparability {
  const tell = (what: string, valueOf: (run: Comparable) => unknown, ofDigest = false): string[] => {
    const who = new Map<string, string[]>()
    for (const run of runs) {
      const value = spell(valueOf(run))
      who.set(value, [...(who.get(value) ?? []), run.run_id])
    }
    if (who.size < 2) return []
    const parts = [...who].map(([value, ids]) => `${ofDigest ? value.slice(0, 12) : value} (${ids.join(', ')})`)
    return [`${what}: ${parts.join('; ')}`]
  }
  const unknown = runs.filter(({ dataset }) => dataset.prompt_sha256 === undefined).map(({ run_id: id }) => id)
  const samplings = [...new Set(runs.flatMap(({ execution }) => Object.keys(execution.sampling ?? {})))]
  // an imported run may not know what it ran on: two that don't are not the same
  const unmeasured = runs
    .filter(({ execution: { host, order, concurrency } }) => [host, order, concurrency].includes(undefined))
    .map(({ run_id: id }) => id)
  return {
    refusals: [
      ...tell('dataset digest', ({ dataset }) => dataset.sha256, true),
      ...(unknown.length > 0
        ? [`prompt digest: absent (${unknown.join(', ')}): nobody recorded what the model was asked`]
        : tell('prompt digest', ({ dataset }) => dataset.prompt_sha256, true)),
    ],
    warnings: [
      ...samplings.flatMap((name) => tell(`sampling ${name}`, ({ execution }) => execution.sampling?.[name])),
      ...tell('response format', ({ execution }) => execution.response_format),
    ],
    speed: [
      ...(unmeasured.length > 0
        ? [`hardware, order or concurrency: absent (${unmeasured.join(', ')}): nobody recorded them`]
        : []),
      ...tell('hardware', ({ execution: { host } }) => [host?.platform, host?.cpu, host?.cpus, host?.memory_gb]),
      ...tell('engine', ({ execution: { engine } }) => `${engine.name} ${engine.version ?? ''}`.trim()),
      ...tell('engine arguments', ({ execution: { engine } }) => engine.args),
      ...tell('order', ({ execution }) => execution.order),
      ...tell('concurrency', ({ execution }) => execution.concurrency),
    ],
  }
}

function spell(value: unknown): string {
  if (value === undefined) return 'not set'
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return typeof value === 'string' ? value : JSON.stringify(value)
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return members.map(([name, entry]) => `${name} ${spell(entry)}`).join(', ') || 'none'
}
