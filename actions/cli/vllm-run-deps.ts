import { resolve } from 'node:path'
import { UserError, type Model } from 'registry'
import { parseEngineArgs } from '../engines/engine-args.ts'
import { readGpus } from '../engines/gpu.ts'
import { findVllm, flightsFor, planVllm, type VllmOptions } from '../engines/vllm-plan.ts'
import { vllmRunBatch } from '../engines/vllm-run-batch.ts'
import { vllmEngine } from '../engines/vllm.ts'
import { checkVram } from '../plan-runs/check-vram.ts'
import type { RunDeps } from '../run-batch/run-batch.ts'
import { readTemplate } from './read-template.ts'

export interface VllmRunOptions {
  ledger: string
  /** `name=value`, as often as it was given */
  engineArgs?: readonly string[]
  weightsFolder?: string
}

/** vLLM is the engine where nothing was said and this machine has both the program and a GPU. */
export async function isVllmAtHand(env: NodeJS.ProcessEnv): Promise<boolean> {
  return (await findVllm(env)) !== undefined && (await readGpus()).length > 0
}

/** What a run needs to know of vLLM. @throws UserError for arguments that are refused */
export function vllmRunDeps(
  name: 'vllm' | 'vllm-run-batch',
  options: VllmRunOptions,
): Pick<RunDeps, 'engineFlags' | 'checkEngine' | 'createEngine' | 'createBatchEngine'> {
  const { args, problems } = parseEngineArgs(options.engineArgs ?? [])
  if (problems.length > 0) throw new UserError('the run can’t start', problems)
  const optionsFor = async (slug: string, model: Model, logPath: string): Promise<VllmOptions | string> => {
    const { chat_template: path } = model
    const text = path === undefined ? undefined : await readTemplate(options.ledger, path)
    if (text === null)
      return `registry/models/${slug}.yaml: chat_template is ${path}, no such file: put it there or mend the entry`
    return {
      slug,
      model,
      engineArgs: args,
      ...(options.weightsFolder === undefined ? {} : { weightsFolder: resolve(options.weightsFolder) }),
      ...(text === undefined || path === undefined
        ? {}
        : { chatTemplate: { path: resolve(options.ledger, path), text } }),
      logPath,
      env: process.env,
    }
  }
  const settled = async (slug: string, model: Model, logPath: string): Promise<VllmOptions> => {
    const found = await optionsFor(slug, model, logPath)
    if (typeof found === 'string') throw new UserError('the engine can’t start', [found])
    return found
  }
  return {
    engineFlags: [
      `--engine ${name}`,
      ...Object.entries(args).map(([argument, value]) => `--engine-arg ${argument}=${String(value)}`),
    ],
    checkEngine: async (slug, model) => {
      const found = await optionsFor(slug, model, '')
      if (typeof found === 'string') return [found]
      const { problems: faults, plan } = await planVllm(found)
      // one engine over several GPUs has the memory of all
      const memory = plan?.gpus.reduce((sum, gpu) => sum + gpu.memory_gb, 0) ?? 0
      return [...faults, ...(memory > 0 ? checkVram(slug, model, [memory]) : [])]
    },
    createEngine: async (plan, logPath) => vllmEngine(await settled(plan.slug, plan.model, logPath)),
    ...(name === 'vllm-run-batch'
      ? {
          createBatchEngine: async (plan, logPath) => vllmRunBatch(await settled(plan.slug, plan.model, logPath)),
        }
      : {}),
  }
}

/** How many requests keep vLLM busy; without an entry of this name as many as the smallest profile takes. */
export async function vllmConcurrency(
  slug: string,
  model: Model | undefined,
  options: VllmRunOptions,
): Promise<number> {
  if (!model) return flightsFor({})
  const { args } = parseEngineArgs(options.engineArgs ?? [])
  const { weightsFolder } = options
  const { plan } = await planVllm({
    slug,
    model,
    engineArgs: args,
    ...(weightsFolder === undefined ? {} : { weightsFolder: resolve(weightsFolder) }),
    logPath: '',
    env: process.env,
  })
  return flightsFor(plan?.args ?? { ...model.engine_args, ...args })
}
