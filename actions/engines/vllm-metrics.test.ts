import { expect, test } from 'vitest'
import { compareMetrics, countUnderWay } from './vllm-metrics.ts'

/** As vLLM 0.32 writes it: two engines, so that what is summed is seen. */
const metrics = (scale: number) => `# HELP vllm:prompt_tokens_total Number of prefill tokens processed.
# TYPE vllm:prompt_tokens_total counter
vllm:prompt_tokens_total{engine="0",model_name="m"} ${100 * scale}.0
vllm:prompt_tokens_total{engine="1",model_name="m"} ${10 * scale}.0
vllm:prompt_tokens_created{engine="0",model_name="m"} 1.79e+09
vllm:prompt_tokens_cached_total{engine="0",model_name="m"} ${64 * scale}.0
vllm:generation_tokens_total{engine="0",model_name="m"} ${20 * scale}.0
vllm:num_preemptions_total{engine="0",model_name="m"} 0.0
vllm:num_requests_running{engine="0",model_name="m"} 2.0
vllm:num_requests_waiting{engine="0",model_name="m"} 3.0
vllm:num_requests_waiting_by_reason{engine="0",model_name="m",reason="capacity"} 3.0
vllm:request_success_total{engine="0",finished_reason="stop",model_name="m"} ${7 * scale}.0
vllm:request_success_total{engine="0",finished_reason="length",model_name="m"} ${scale}.0
vllm:request_success_total{engine="0",finished_reason="abort",model_name="m"} 0.0
vllm:request_queue_time_seconds_sum{engine="0",model_name="m"} 5.0
vllm:request_queue_time_seconds_bucket{engine="0",le="0.3",model_name="m"} ${50 * scale}.0
vllm:request_queue_time_seconds_bucket{engine="0",le="0.5",model_name="m"} ${90 * scale}.0
vllm:request_queue_time_seconds_bucket{engine="0",le="+Inf",model_name="m"} ${100 * scale}.0
vllm:e2e_request_latency_seconds_bucket{engine="0",le="0.3",model_name="m"} 5.0
vllm:e2e_request_latency_seconds_bucket{engine="0",le="+Inf",model_name="m"} 5.0
`

test('counters are differences, summed over engines; percentiles are read out of what the histogram gained', () => {
  expect(compareMetrics(metrics(1), metrics(3))).toEqual({
    prompt_tokens: 220,
    cached_prompt_tokens: 128,
    generation_tokens: 40,
    preemptions: 0,
    finished_stop: 14,
    finished_length: 2,
    // rank 100 of 200: the end of the first bucket
    queue_seconds_p50: 0.3,
    // beyond the last bound it is that bound
    queue_seconds_p95: 0.5,
    queue_seconds_p99: 0.5,
  })
})

test('within a bucket a percentile is linear', () => {
  const text =
    'vllm:e2e_request_latency_seconds_bucket{le="1.0"} 0.0\nvllm:e2e_request_latency_seconds_bucket{le="2.0"} 10.0\n'
  expect(compareMetrics('', text)).toEqual({
    latency_seconds_p50: 1.5,
    latency_seconds_p95: 1.95,
    latency_seconds_p99: 1.99,
  })
})

test('an engine that has none of it tells nothing', () => {
  expect(compareMetrics('', '# nothing\nup 1\n')).toEqual({})
  expect(countUnderWay('up 1\n')).toBeUndefined()
  expect(countUnderWay(metrics(1))).toBe(5)
})
