import type { EngineFigures } from './simulated-engine.ts'

/** `/metrics` in Prometheus text, the series of vLLM 0.32 that batchledger may look at, with its labels. */
export function renderMetrics(figures: EngineFigures, model: string): string {
  const labels = `engine="0",model_name="${model}"`
  const series: [name: string, type: 'gauge' | 'counter', help: string, value: number][] = [
    [
      'num_requests_running',
      'gauge',
      'Number of requests currently being processed in model execution batches.',
      figures.running,
    ],
    ['num_requests_waiting', 'gauge', 'Number of requests waiting to be processed.', figures.waiting],
    [
      'kv_cache_usage_perc',
      'gauge',
      'KV-cache usage. 1 means 100 percent usage.',
      Number.isFinite(figures.slots) ? figures.running / figures.slots : 0,
    ],
    ['num_preemptions_total', 'counter', 'Cumulative number of preemption from the engine.', 0],
    ['prefix_cache_queries_total', 'counter', 'Prefix cache queries, in tokens.', figures.promptTokens],
    ['prefix_cache_hits_total', 'counter', 'Prefix cache hits, in tokens.', 0],
    ['prompt_tokens_total', 'counter', 'Number of prefill tokens processed.', figures.promptTokens],
    ['generation_tokens_total', 'counter', 'Number of generation tokens processed.', figures.generationTokens],
  ]
  const lines = series.flatMap(([name, type, help, value]) => [
    `# HELP vllm:${name} ${help}`,
    `# TYPE vllm:${name} ${type}`,
    `vllm:${name}{${labels}} ${asFloat(value)}`,
  ])
  return [
    ...lines,
    '# HELP vllm:request_success_total Count of successfully processed requests.',
    '# TYPE vllm:request_success_total counter',
    `vllm:request_success_total{engine="0",finished_reason="stop",model_name="${model}"} ${asFloat(figures.answered)}`,
    '',
  ].join('\n')
}

/** Python's client writes every value as a float. */
function asFloat(value: number): string {
  return Number.isInteger(value) ? `${value}.0` : String(value)
}
