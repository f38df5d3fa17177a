import { mkdir, utimes, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'

/** 2025-03-14T09:00:00Z: when the rows of an old folder begin, unless told. */
export const oldStart = 1_741_942_800

const values = ['Strong No', 'No', 'Maybe', 'Yes', 'Strong Yes']

/** One row as vLLM's run-batch of early 2025 wrote it. */
export function oldRow(model: string, index: number, at = oldStart + index): string {
  const verdict = { recommendation: { value: values[(index + model.length) % values.length], reasoning: 'invented' } }
  const body = {
    id: `chatcmpl-${model.length}-${index}`,
    object: 'chat.completion',
    created: at,
    model,
    choices: [
      {
        index: 0,
        message: { role: 'assistant', content: JSON.stringify(verdict) },
        logprobs: null,
        finish_reason: 'stop',
      },
    ],
    usage: { prompt_tokens: 100 + index, total_tokens: 120 + index, completion_tokens: 20 },
  }
  return JSON.stringify({
    id: `vllm-${model.length}-${index}`,
    custom_id: `person-${index + 1}`,
    response: { status_code: 200, request_id: `vllm-batch-${index}`, body },
    error: null,
  })
}

/** A row of a model without a chat template: HTTP 400, and no model in it. */
export function refusedRow(index: number): string {
  const message = 'default chat template is no longer allowed, so you must provide a chat template'
  return JSON.stringify({
    id: `vllm-x-${index}`,
    custom_id: `person-${index + 1}`,
    response: { status_code: 400, request_id: `vllm-batch-${index}`, body: null },
    error: { error: { message, type: 'BadRequestError', param: null, code: 400 } },
  })
}

export function oldRows(model: string, count: number, at = oldStart): string {
  return Array.from({ length: count }, (_, index) => `${oldRow(model, index, at + index)}\n`).join('')
}

/**
 * The mess the users had: three naming patterns, a run in another folder, one of another model than its name says, a model
 * that refused every row, a copy under another name, a torn file, a packed one; a meta and an index as the seed wrote them.
 * The requests themselves lie beside it, as `batch.jsonl`.
 */
export async function writeOldFolder(root: string, count: number): Promise<{ old: string; input: string }> {
  const old = join(root, 'old')
  const put = async (path: string, data: string | Buffer) => {
    await mkdir(dirname(join(root, path)), { recursive: true })
    await writeFile(join(root, path), data)
    await utimes(join(root, path), oldStart + 86_400, oldStart + 86_400)
  }
  const requests = Array.from({ length: count }, (_, index) => {
    const messages = [{ role: 'user', content: `Judge person ${index + 1}` }]
    return `${JSON.stringify({ custom_id: `person-${index + 1}`, method: 'POST', url: '/v1/chat/completions', body: { model: 'x', messages } })}\n`
  })
  await put('batch.jsonl', requests.join(''))
  const qwen = oldRows('Qwen/Qwen3-4B-Instruct-2507', count)
  // first pattern: <model>_<dataset>_results
  await put('old/qwen3_4b_batch_results.jsonl', qwen)
  await put('old/qwen3_4b_batch_results.meta.json', seedMeta(count + 1))
  // second: <dataset>-<model>-<date>, CRLF and a byte order mark
  await put(
    'old/batch-gemma-3-4b-20250314.jsonl',
    `\uFEFF${oldRows('google/gemma-3-4b-it', count).replaceAll('\n', '\r\n')}`,
  )
  // third: a folder a model; this one lies where nobody looked, in another order, one row twice
  const llama = oldRows('meta-llama/Llama-3.2-3B-Instruct', count).trimEnd().split('\n').reverse()
  await put('old/benchmarks/raw/llama-3.2-3b/output.jsonl', `${[...llama, llama[0]].join('\n')}\n`)
  // a name from 2024 over rows from 2025, packed
  await put('old/llama3.2-1b_batch_20241028.jsonl.gz', gzipSync(oldRows('meta-llama/Llama-3.2-1B-Instruct', count)))
  // the last line is torn
  const torn = oldRows('HuggingFaceTB/SmolLM2-135M-Instruct', count)
  await put('old/smollm2-135m_batch_results.jsonl', torn.slice(0, -40))
  // every row HTTP 400
  const refused = Array.from({ length: count }, (_, index) => `${refusedRow(index)}\n`)
  await put('old/olmo2_1b_batch_results.jsonl', refused.join(''))
  // called qwen3_4b, and it is another run of gemma
  await put('old/qwen3_4b_batch_rerun.jsonl', oldRows('google/gemma-3-4b-it', count, oldStart + 50_000))
  // the first file again, under another name
  await put('old/final_final.jsonl', qwen)
  await put('old/notes.md', '# to do: sort these\n')
  await put('old/batch.jsonl', requests.join(''))
  await put('old/metadata.json', `${JSON.stringify(seedIndex(count))}\n`)
  await put('old/qwen3_4b_batch_results.log', `INFO vLLM API server version 0.8.5\nelapsed: 9h 59m 59s\n`)
  return { old, input: join(root, 'batch.jsonl') }
}

/** A meta with the contract's first fields only; it counts a row too many, and its elapsed is another's. */
function seedMeta(count: number): string {
  return `${JSON.stringify(
    {
      run_id: 'qwen-3-4b-batch-20250314-085900',
      model: { name: 'Qwen 3-4B', id: 'Qwen/Qwen3-4B-Instruct-2507', size: '4B', vram_gb: 7.6 },
      dataset: { name: 'batch.jsonl', count, prompt_template: 'Judge' },
      execution: {
        started_at: '2025-03-14T08:59:00Z',
        completed_at: '2025-03-14T10:00:00Z',
        duration_seconds: 3600,
        req_per_sec: 99,
        vllm_version: '0.8.5',
        command: 'vllm run-batch -i batch.jsonl -o out.jsonl --model Qwen/Qwen3-4B-Instruct-2507',
      },
      results: { total: count, success: count, errors: 0, success_rate: 100, avg_prompt_tokens: 1 },
      files: { results: 'qwen3_4b_batch_results.jsonl', log: 'qwen3_4b_batch_results.log', input: 'batch.jsonl' },
    },
    null,
    2,
  )}\n`
}

function seedIndex(count: number): object {
  return {
    runs: [
      {
        run_id: 'x',
        model: 'qwen-3-4b',
        dataset: 'batch.jsonl',
        status: 'completed',
        timestamp: '2025-03-14T08:59:00Z',
        results_file: 'results/olmo2_1b_batch_results.jsonl',
      },
    ],
    datasets: { 'batch.jsonl': { count, prompt_version: 'v1', created: '2025-03-01' } },
    models: { 'qwen-3-4b': { name: 'Qwen 3-4B', hf_id: 'Qwen/Qwen3-4B', runs: 1 } },
  }
}
