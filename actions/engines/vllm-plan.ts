import { access, constants } from 'node:fs/promises'
import { delimiter, isAbsolute, join } from 'node:path'
import type { EngineArgs, Model } from 'registry'
import { sha256 } from 'registry/node'
import { engineFlags, gpusNeeded, mergeEngineArgs, profileFor } from './engine-args.ts'
import type { EngineInfo } from './engine.ts'
import { describeGpu, pickGpus, readGpus, type Gpu } from './gpu.ts'
import { findWeights, hubCache, snapshotFolder, type WeightsFolder } from './vllm-weights.ts'

export interface VllmOptions {
  slug: string
  model: Model
  /** from the command line: they win over the entry's, and these over the profile's */
  engineArgs: EngineArgs
  /** weights that no hub has */
  weightsFolder?: string
  /** used instead of the template beside the weights; the path is absolute */
  chatTemplate?: { path: string; text: string }
  /** what vLLM appends to */
  logPath: string
  env: NodeJS.ProcessEnv
}

/** What is started, settled before anything is. */
export interface VllmPlan {
  program: string
  args: EngineArgs
  weights: WeightsFolder
  /** what serve and run-batch have in common: the weights and the arguments, without a program or an address */
  flags: string[]
  gpus: Gpu[]
  info: EngineInfo
}

/** vLLM's program: BATCHLEDGER_VLLM, else `vllm` on PATH; undefined where there is none one may run. */
export async function findVllm(env: NodeJS.ProcessEnv): Promise<string | undefined> {
  const named = env['BATCHLEDGER_VLLM']
  const candidates = named
    ? [named]
    : (env['PATH'] ?? '')
        .split(delimiter)
        .filter((folder) => isAbsolute(folder))
        .map((folder) => join(folder, 'vllm'))
  for (const path of candidates) {
    const runs = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    )
    if (runs) return path
  }
  return undefined
}

/** Settles program, weights and arguments, and says every fault that shows without starting anything. */
export async function planVllm(options: VllmOptions): Promise<{ problems: string[]; plan?: VllmPlan }> {
  const { slug, model, env, chatTemplate } = options
  const cache = hubCache(env)
  const program = await findVllm(env)
  const found = await findWeights(slug, model, options.weightsFolder, cache)
  const adapter = model.lora && snapshotFolder(cache, model.lora.hub_id, model.lora.revision)
  const problems = [...(program === undefined ? [noProgram(env)] : []), ...found.problems]
  if (adapter !== undefined && !(await isThere(join(adapter, 'adapter_config.json'))))
    problems.push(
      `${adapter}: holds no adapter; get it with: hf download ${model.lora?.hub_id} --revision ${model.lora?.revision}`,
    )
  const { weights } = found
  if (problems.length > 0 || program === undefined || !weights) return { problems }
  const all = await readGpus()
  const wanted = mergeEngineArgs(model.engine_args, options.engineArgs)
  const gpus = pickGpus(all, env['CUDA_VISIBLE_DEVICES'], gpusNeeded(wanted))
  const args = mergeEngineArgs(profileFor(gpus, weights.context), wanted)
  if (all.length > 0 && gpus.length < gpusNeeded(args) && args.distributed_executor_backend !== 'ray')
    return {
      problems: [
        `tensor_parallel_size, pipeline_parallel_size, data_parallel_size: ask for ${gpusNeeded(args)} GPUs, ${gpus.length} are visible here: ask for fewer, or mend CUDA_VISIBLE_DEVICES`,
      ],
    }
  const flags = [
    ...engineFlags(args),
    // requests carry their sampling; nothing is taken from the model's own files
    '--generation-config',
    'vllm',
    ...(chatTemplate ? ['--chat-template', chatTemplate.path] : []),
    ...(adapter === undefined
      ? ['--served-model-name', slug]
      : ['--served-model-name', `${slug}-base`, '--enable-lora', '--lora-modules', `${slug}=${adapter}`]),
  ]
  const template = chatTemplate ? sha256(chatTemplate.text) : weights.chatTemplateSha256
  const info: EngineInfo = {
    name: 'vllm',
    args: {
      ...args,
      ...(options.weightsFolder === undefined && model.revision !== undefined ? { revision: model.revision } : {}),
      ...(model.lora ? { lora: `${model.lora.hub_id}@${model.lora.revision}` } : {}),
    },
    servedModel: slug,
    ...(template === undefined ? {} : { chatTemplateSha256: template }),
    ...(weights.sha256 === undefined
      ? {}
      : { weights: { sha256: weights.sha256, quantization: args.quantization ?? weights.quantization } }),
    ...(gpus.length > 0 ? { gpus: gpus.map(describeGpu) } : {}),
  }
  return { problems: [], plan: { program, args, weights, flags, gpus, info } }
}

function noProgram(env: NodeJS.ProcessEnv): string {
  const named = env['BATCHLEDGER_VLLM']
  return named
    ? `BATCHLEDGER_VLLM: ${named} is no program one may run: name vLLM’s, e.g. /opt/vllm/bin/vllm`
    : 'vllm: no such program on PATH: install vLLM (https://docs.vllm.ai), or name its program with BATCHLEDGER_VLLM'
}

/** vLLM reaches no hub and tells nobody of its use; a key that only it would know of would shut us out. */
export function vllmEnv(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { VLLM_API_KEY: _, ...rest } = env
  return { ...rest, HF_HUB_OFFLINE: '1', TRANSFORMERS_OFFLINE: '1', VLLM_NO_USAGE_STATS: '1', DO_NOT_TRACK: '1' }
}

/** Requests in flight that keep an engine busy: a few always wait in its queue. */
export function flightsFor(args: EngineArgs): number {
  const running = args.max_num_seqs ?? 64
  return running + Math.max(4, Math.ceil(running / 4))
}

function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
