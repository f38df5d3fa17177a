import { UserError, type Model } from 'registry'
import { cacheFolder, llamaCppFolder, weightsPath } from '../adapters/cache-folder.ts'
import { checkLlamaCpp, llamaCppEngine, type LlamaCppOptions } from '../engines/llama-cpp.ts'
import { normaliseBaseUrl, openaiEngine } from '../engines/openai.ts'
import { defaultLimits, type RunDeps, type RunLimits } from '../run-batch/run-batch.ts'
import { readTemplate } from './read-template.ts'
import { createRunReporter } from './run-reporter.ts'
import { isVllmAtHand, vllmRunDeps, type VllmRunOptions } from './vllm-run-deps.ts'

export const engineNames = ['vllm', 'llama-cpp', 'openai', 'vllm-run-batch'] as const
export type EngineName = (typeof engineNames)[number]

export interface RunDepsOptions extends VllmRunOptions {
  spool: string
  concurrency: number
  engine?: EngineName
  baseUrl?: string
  limits?: Partial<RunLimits>
  again?: boolean
  continues?: string
  allowPartial?: boolean
}

/** A job runner kills soon after it signals: GitHub after 7.5 s and 2.5 s more. */
const runnerGraceMs = 5000

/** The real things a run needs: the engine, the clock, the terminal, the signals. @throws UserError when options clash */
export async function createRunDeps(options: RunDepsOptions): Promise<RunDeps> {
  const name = options.engine ?? (await defaultEngine(options.baseUrl))
  if (!isVllm(name)) refuseVllmOptions(name, options)
  const shared = {
    spool: options.spool,
    now: () => new Date(),
    limits: { ...defaultLimits, ...(isJobRunner(process.env) ? { graceMs: runnerGraceMs } : {}), ...options.limits },
    again: options.again === true,
    allowPartial: options.allowPartial === true,
    ...(options.continues === undefined ? {} : { continues: options.continues }),
    signal: abortOnSignals(),
    reporter: createRunReporter(process.stderr),
  }
  const flags = [`--engine ${name}`]
  if (name === 'openai') {
    const { baseUrl } = options
    if (baseUrl === undefined)
      throw new UserError('the run can’t start', ['--engine openai: needs --base-url, e.g. http://127.0.0.1:8000/v1'])
    // said before anything is written, also by a dry run: a URL with a password must not get into a log
    normaliseBaseUrl(baseUrl)
    const apiKey = process.env['OPENAI_API_KEY']
    return {
      ...shared,
      engineName: name,
      engineFlags: [...flags, `--base-url ${baseUrl}`],
      ...(apiKey ? { apiKey } : {}),
      checkEngine: () => Promise.resolve([]),
      createEngine: (plan) =>
        Promise.resolve(
          openaiEngine({ baseUrl, slug: plan.slug, hubId: plan.model.hub_id, ...(apiKey ? { apiKey } : {}) }),
        ),
    }
  }
  if (options.baseUrl !== undefined)
    throw new UserError('the run can’t start', [
      `--base-url: ${name} starts its own server: leave --base-url out or use --engine openai`,
    ])
  if (isVllm(name)) return { ...shared, engineName: name, ...vllmRunDeps(name, options) }
  return {
    ...shared,
    engineName: name,
    engineFlags: flags,
    checkEngine: async (slug, model) => {
      const { problems, options: engineOptions } = await llamaCppOptions(options, slug, model, '')
      return [...problems, ...(engineOptions ? await checkLlamaCpp(engineOptions) : [])]
    },
    createEngine: async (plan, logPath) => {
      const { problems, options: engineOptions } = await llamaCppOptions(options, plan.slug, plan.model, logPath)
      if (!engineOptions) throw new UserError('the engine can’t start', problems)
      return llamaCppEngine(engineOptions)
    },
  }
}

async function llamaCppOptions(
  { ledger, concurrency }: RunDepsOptions,
  slug: string,
  model: Model,
  logPath: string,
): Promise<{ problems: string[]; options?: LlamaCppOptions }> {
  const entry = `registry/models/${slug}.yaml`
  if (!model.weights)
    return {
      problems: [
        `${entry}: names no weights, and llama-cpp needs a GGUF file: add weights, or use --engine openai --base-url URL`,
      ],
    }
  const cache = cacheFolder(process.env)
  const { chat_template: path } = model
  const text = path === undefined ? undefined : await readTemplate(ledger, path)
  if (text === null)
    return {
      problems: [`${entry}: chat_template is ${path}, no such file: put it there or mend the entry`],
    }
  return {
    problems: [],
    options: {
      slug,
      model,
      weightsPath: weightsPath(cache, model.weights),
      toolFolder: llamaCppFolder(cache),
      ...(text === undefined || path === undefined ? {} : { chatTemplate: { path, text } }),
      concurrency,
      logPath,
    },
  }
}

/** What answers where nobody said: vLLM on a machine with a GPU, else the embedded engine. */
export async function defaultEngine(baseUrl: string | undefined): Promise<EngineName> {
  if (baseUrl !== undefined) return 'openai'
  return (await isVllmAtHand(process.env)) ? 'vllm' : 'llama-cpp'
}

export function isVllm(name: EngineName): name is 'vllm' | 'vllm-run-batch' {
  return name === 'vllm' || name === 'vllm-run-batch'
}

function refuseVllmOptions(name: EngineName, { engineArgs = [], weightsFolder }: VllmRunOptions): void {
  const problems = [
    ...(engineArgs.length > 0 ? ['--engine-arg'] : []),
    ...(weightsFolder === undefined ? [] : ['--weights-folder']),
  ].map((option) => `${option}: is for vLLM, and the engine is ${name}: leave it out or use --engine vllm`)
  if (problems.length > 0) throw new UserError('the run can’t start', problems)
}

/** The process is a step of a workflow, whose output is a log that others read. */
export function isJobRunner(env: NodeJS.ProcessEnv): boolean {
  return env['GITHUB_ACTIONS'] === 'true' || env['GITEA_ACTIONS'] === 'true'
}

/** Aborts at the first SIGINT or SIGTERM; a second one ends the process as usual. */
function abortOnSignals(): AbortSignal {
  const controller = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => controller.abort(signal))
  return controller.signal
}
