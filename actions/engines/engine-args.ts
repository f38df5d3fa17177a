import { engineArgNames, engineArgsSchema, refuseEngineArg, type EngineArgs } from 'registry'
import type { GpuInfo } from './engine.ts'

/** Arguments of vLLM that change speed or memory, never what is asked or answered. */
export const speedArgs: readonly (keyof EngineArgs)[] = [
  'max_num_batched_tokens',
  'max_num_seqs',
  'gpu_memory_utilization',
  'kv_cache_memory_bytes',
  'num_gpu_blocks_override',
  'block_size',
  'enable_prefix_caching',
  'enable_chunked_prefill',
  'enforce_eager',
  'async_scheduling',
  'cpu_offload_gb',
  'load_format',
  'tensor_parallel_size',
  'pipeline_parallel_size',
  'data_parallel_size',
  'enable_expert_parallel',
  'distributed_executor_backend',
  'disable_custom_all_reduce',
  'shutdown_timeout',
]

/**
 * Reads `--engine-arg name=value` of a command line by the same list as a catalog entry; names may be written as vLLM
 * writes them (max-model-len). Every fault is told.
 */
export function parseEngineArgs(texts: readonly string[]): { args: EngineArgs; problems: string[] } {
  const given: Record<string, unknown> = {}
  const problems: string[] = []
  for (const text of texts) {
    const at = text.indexOf('=')
    const written = (at === -1 ? text : text.slice(0, at)).trim()
    const name = written.replace(/^--/, '').replaceAll('-', '_')
    if (!(engineArgNames as readonly string[]).includes(name))
      problems.push(`--engine-arg: ${refuseEngineArg(written.slice(0, 80))}`)
    else if (at === -1) problems.push(`--engine-arg ${name}: has no value, expected ${name}=<value>`)
    else if (name in given) problems.push(`--engine-arg ${name}: is given twice: give it once`)
    else given[name] = readValue(text.slice(at + 1))
  }
  const parsed = engineArgsSchema.safeParse(given)
  if (!parsed.success)
    for (const { path, message } of parsed.error.issues)
      problems.push(`--engine-arg ${path.join('.')}: is ${JSON.stringify(given[String(path[0])])}: ${message}`)
  return { args: parsed.data ?? {}, problems }
}

function readValue(text: string): unknown {
  if (text === 'true' || text === 'false') return text === 'true'
  return /^-?\d+(\.\d+)?(e-?\d+)?$/i.test(text) ? Number(text) : text
}

const gib = 2 ** 30

/**
 * Where to start from, by the memory of the smallest GPU: how much runs at once, and how long a request may be.
 * @param context tokens the model was made for
 */
export function profileFor(gpus: readonly Pick<GpuInfo, 'memory_gb'>[], context: number | undefined): EngineArgs {
  const memory = gpus.length === 0 ? undefined : Math.min(...gpus.map((gpu) => gpu.memory_gb))
  const { length, ...size } = sizeFor(memory)
  return {
    dtype: 'auto',
    max_model_len: context === undefined ? length : Math.min(length, context),
    ...size,
    enable_prefix_caching: true,
    // requests in flight are waited for before the engine is told to end; this is for what comes in between
    shutdown_timeout: 2,
  }
}

function sizeFor(memory: number | undefined): EngineArgs & { length: number } {
  // of a machine's memory vLLM would take nearly all
  if (memory === undefined)
    return { length: 4096, max_num_seqs: 64, max_num_batched_tokens: 4096, kv_cache_memory_bytes: 2 * gib }
  const common = { gpu_memory_utilization: 0.9 }
  if (memory < 12) return { length: 4096, max_num_seqs: 64, max_num_batched_tokens: 4096, ...common }
  if (memory < 26) return { length: 8192, max_num_seqs: 256, max_num_batched_tokens: 8192, ...common }
  if (memory < 50) return { length: 16_384, max_num_seqs: 256, max_num_batched_tokens: 8192, ...common }
  return { length: 32_768, max_num_seqs: 512, max_num_batched_tokens: 16_384, ...common }
}

/** The later ones win. */
export function mergeEngineArgs(...layers: readonly (EngineArgs | undefined)[]): EngineArgs {
  const merged: EngineArgs = {}
  for (const layer of layers) Object.assign(merged, layer)
  return merged
}

/** `{max_model_len: 4096, enforce_eager: false}` → `--max-model-len 4096 --no-enforce-eager`, in the list's order. */
export function engineFlags(args: EngineArgs): string[] {
  return engineArgNames.flatMap((name) => {
    const value = args[name]
    const flag = name.replaceAll('_', '-')
    if (value === undefined) return []
    if (typeof value === 'boolean') return [`--${value ? '' : 'no-'}${flag}`]
    return [`--${flag}`, String(value)]
  })
}

/** GPUs that one engine takes. */
export function gpusNeeded(args: EngineArgs): number {
  return (args.tensor_parallel_size ?? 1) * (args.pipeline_parallel_size ?? 1) * (args.data_parallel_size ?? 1)
}
