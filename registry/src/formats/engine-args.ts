import { z } from 'zod'

const count = z.int().positive()
/** A name that vLLM looks up among its own; a dotted one would be a class that somebody else wrote. */
const ownName = z.string().regex(/^[A-Za-z0-9_-]{1,60}$/, 'expected one of vLLM’s own names, not a class or a path')

const shape = {
  dtype: z.enum(['auto', 'half', 'float16', 'bfloat16', 'float', 'float32']),
  quantization: ownName.describe('only where the weights don’t say it themselves, e.g. fp8'),
  kv_cache_dtype: ownName,
  max_model_len: count.describe('tokens of a prompt and its answer together'),
  max_num_batched_tokens: count.describe('tokens of one step of the engine'),
  max_num_seqs: count.describe('requests that run at the same time'),
  gpu_memory_utilization: z.number().positive().max(1),
  kv_cache_memory_bytes: count,
  num_gpu_blocks_override: count.describe('blocks of the KV cache, whatever the memory'),
  block_size: count,
  enable_prefix_caching: z.boolean(),
  enable_chunked_prefill: z.boolean(),
  enforce_eager: z.boolean(),
  async_scheduling: z.boolean(),
  cpu_offload_gb: z.number().nonnegative(),
  seed: z.int().nonnegative(),
  load_format: z.enum(['auto', 'safetensors', 'mistral', 'fastsafetensors', 'sharded_state']),
  tokenizer_mode: z.enum(['auto', 'slow', 'mistral']),
  config_format: z.enum(['auto', 'hf', 'mistral']),
  attention_backend: ownName,
  reasoning_parser: ownName.describe('takes the thinking of a model out of its answer'),
  language_model_only: z.boolean().describe('leave out what a model has for images and sound'),
  tensor_parallel_size: count,
  pipeline_parallel_size: count,
  data_parallel_size: count,
  enable_expert_parallel: z.boolean(),
  distributed_executor_backend: z.enum(['ray', 'mp', 'uni']),
  disable_custom_all_reduce: z.boolean(),
  max_lora_rank: count,
  shutdown_timeout: z.int().nonnegative().describe('seconds that requests in flight get when the engine is stopped'),
} satisfies Record<string, z.ZodType>

/** What a catalog entry or a command line may tell vLLM; `--max-model-len` is written max_model_len. */
export const engineArgsSchema = z
  .strictObject(shape, {
    error: (issue) => (issue.code === 'unrecognized_keys' ? issue.keys.map(refuseEngineArg).join('; ') : undefined),
  })
  .partial()

export type EngineArgs = z.infer<typeof engineArgsSchema>

export const engineArgNames = Object.keys(shape) as (keyof EngineArgs)[]

/** Set by batchledger itself, with where a value of one's own goes. */
const elsewhere: Record<string, string> = {
  model: 'the weights follow from hub_id and revision, or --weights-folder',
  revision: 'it is a member of the model’s entry',
  tokenizer: 'it lies beside the weights',
  chat_template: 'it is a member of the model’s entry',
  lora_modules: 'an adapter is named by the member lora of the model’s entry',
  enable_lora: 'an adapter is named by the member lora of the model’s entry',
  served_model_name: 'it is the model’s slug',
  host: 'the engine listens on 127.0.0.1 only',
  port: 'a free one is taken',
  generation_config: 'sampling is sent with each request, nothing is left to the model’s files',
}

/** Why an argument outside the list is refused, and what to do instead. */
export function refuseEngineArg(name: string): string {
  const plain = name.replace(/^--/, '').replaceAll('-', '_')
  if (plain === 'trust_remote_code' || plain === 'hf_overrides' || plain.endsWith('_plugin') || plain.endsWith('_cls'))
    return `${name} is refused, always: it runs code that came with the weights or from elsewhere: leave it out, and take weights that vLLM knows without it`
  const instead = elsewhere[plain]
  if (instead !== undefined) return `${name} can’t be set: ${instead}: leave it out`
  return `${name} is not an argument one may set, expected one of ${engineArgNames.join(', ')}: leave it out`
}
