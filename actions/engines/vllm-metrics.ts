import { request } from 'undici'

/** Series by name, summed over their labels but for those that are kept; histograms by their bounds. */
interface Counters {
  /** `name` or `name{kept}` → value */
  values: Map<string, number>
  /** histogram → upper bound → requests at or below it */
  buckets: Map<string, Map<number, number>>
}

const timeoutMs = 5000

/** Counters of vLLM 0.32 and later, with the names they get in a run's meta. */
const counters: Record<string, string> = {
  'vllm:prompt_tokens_total': 'prompt_tokens',
  'vllm:prompt_tokens_cached_total': 'cached_prompt_tokens',
  'vllm:generation_tokens_total': 'generation_tokens',
  'vllm:num_preemptions_total': 'preemptions',
  'vllm:prefix_cache_queries_total': 'prefix_cache_queries',
  'vllm:prefix_cache_hits_total': 'prefix_cache_hits',
}

const histograms: Record<string, string> = {
  'vllm:request_queue_time_seconds': 'queue_seconds',
  'vllm:time_to_first_token_seconds': 'first_token_seconds',
  'vllm:e2e_request_latency_seconds': 'latency_seconds',
}

const percentiles = [50, 95, 99]

/** The text of /metrics; undefined where the engine doesn't answer. @param baseUrl with /v1 at the end */
export async function readMetrics(baseUrl: string): Promise<string | undefined> {
  try {
    const url = `${baseUrl.replace(/\/v1$/, '')}/metrics`
    const response = await request(url, { signal: AbortSignal.timeout(timeoutMs) })
    const text = await response.body.text()
    return response.statusCode === 200 ? text : undefined
  } catch {
    return undefined
  }
}

/**
 * What an engine did between two looks at its /metrics. A counter that it doesn't have is absent, and so is a percentile
 * of nothing. Percentiles are read out of histograms: linear within a bucket, and a value beyond the last bound is that
 * bound (as Prometheus' histogram_quantile). Pure.
 */
export function compareMetrics(before: string, after: string): Record<string, number> {
  const [was, is] = [parseMetrics(before), parseMetrics(after)]
  const figures: Record<string, number> = {}
  for (const [name, figure] of Object.entries(counters)) {
    const value = is.values.get(name)
    if (value !== undefined) figures[figure] = value - (was.values.get(name) ?? 0)
  }
  for (const [name, value] of is.values) {
    const reason = /^vllm:request_success_total\{(\w+)\}$/.exec(name)?.[1]
    const count = value - (was.values.get(name) ?? 0)
    // vLLM tells every reason it knows from the start
    if (reason !== undefined && count > 0) figures[`finished_${reason}`] = count
  }
  for (const [name, figure] of Object.entries(histograms)) {
    const grown = subtract(is.buckets.get(name), was.buckets.get(name))
    for (const percent of percentiles) {
      const value = percentile(grown, percent / 100)
      if (value !== undefined) figures[`${figure}_p${percent}`] = Math.round(value * 1e6) / 1e6
    }
  }
  return figures
}

/** Prometheus text format 0.0.4, as far as it is looked at. */
function parseMetrics(text: string): Counters {
  const read: Counters = { values: new Map(), buckets: new Map() }
  for (const line of text.split('\n')) {
    const [, name = '', labels = '', number = ''] = /^([\w:]+)(?:\{(.*)\})? (\S+)/.exec(line) ?? []
    const value = Number(number)
    if (name === '' || number === '' || !Number.isFinite(value)) continue
    const histogram = name.replace(/_bucket$/, '')
    if (name !== histogram && histogram in histograms) {
      const bound = /\ble="([^"]+)"/.exec(labels)?.[1]
      const upper = bound === '+Inf' ? Infinity : Number(bound)
      const buckets = read.buckets.get(histogram) ?? new Map<number, number>()
      buckets.set(upper, (buckets.get(upper) ?? 0) + value)
      read.buckets.set(histogram, buckets)
      continue
    }
    const reason = name === 'vllm:request_success_total' ? /\bfinished_reason="(\w+)"/.exec(labels)?.[1] : undefined
    const key = reason === undefined ? name : `${name}{${reason}}`
    read.values.set(key, (read.values.get(key) ?? 0) + value)
  }
  return read
}

function subtract(
  is: ReadonlyMap<number, number> | undefined,
  was: ReadonlyMap<number, number> | undefined,
): [bound: number, count: number][] {
  return [...(is ?? [])]
    .map(([bound, count]): [number, number] => [bound, count - (was?.get(bound) ?? 0)])
    .sort(([a], [b]) => a - b)
}

function percentile(buckets: readonly [bound: number, count: number][], share: number): number | undefined {
  const total = buckets.at(-1)?.[1] ?? 0
  if (total <= 0) return undefined
  const rank = share * total
  let [lower, below] = [0, 0]
  for (const [bound, count] of buckets) {
    if (count >= rank && count > below) {
      if (bound === Infinity) return lower
      return lower + ((bound - lower) * (rank - below)) / (count - below)
    }
    if (bound !== Infinity) lower = bound
    below = count
  }
  return lower
}

/** Requests that run or wait in the engine; undefined where it doesn't say. Pure. */
export function countUnderWay(text: string): number | undefined {
  const { values } = parseMetrics(text)
  const running = values.get('vllm:num_requests_running')
  return running === undefined ? undefined : running + (values.get('vllm:num_requests_waiting') ?? 0)
}

/** Tokens generated since the engine's start; undefined where it doesn't say. Pure. */
export function countGenerated(text: string): number | undefined {
  return parseMetrics(text).values.get('vllm:generation_tokens_total')
}
