import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { UserError, type Model } from 'registry'
import { cacheFolder, llamaCppFolder, weightsPath } from '../adapters/cache-folder.ts'
import { checkLlamaCpp, llamaCppEngine, type LlamaCppOptions } from '../engines/llama-cpp.ts'
import { normaliseBaseUrl, openaiEngine } from '../engines/openai.ts'
import { defaultLimits, type RunDeps, type RunLimits } from '../run-batch/run-batch.ts'
import { createRunReporter } from './run-reporter.ts'

export const engineNames = ['llama-cpp', 'openai'] as const
export type EngineName = (typeof engineNames)[number]

export interface RunDepsOptions {
  ledger: string
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
  const name = options.engine ?? (options.baseUrl === undefined ? 'llama-cpp' : 'openai')
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
  const chatTemplate = model.chat_template === undefined ? undefined : await readTemplate(ledger, model.chat_template)
  if (chatTemplate === null)
    return {
      problems: [`${entry}: chat_template is ${model.chat_template}, no such file: put it there or mend the entry`],
    }
  return {
    problems: [],
    options: {
      slug,
      model,
      weightsPath: weightsPath(cache, model.weights),
      toolFolder: llamaCppFolder(cache),
      ...(chatTemplate ? { chatTemplate } : {}),
      concurrency,
      logPath,
    },
  }
}

async function readTemplate(ledger: string, path: string): Promise<{ path: string; text: string } | null> {
  try {
    return { path, text: await readFile(join(ledger, path), 'utf8') }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
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
