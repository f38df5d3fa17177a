import { spawn, type ChildProcess } from 'node:child_process'
import { access, mkdir, open, readFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { dirname, extname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { gguf } from '@huggingface/gguf'
import { UserError, type Model } from 'registry'
import { digestFile } from 'registry/node'
import { EngineError, type Engine, type EngineInfo, type StartedEngine } from './engine.ts'
import { killGroup } from './kill-group.ts'
import type { LlamaCppServerConfig } from './llama-cpp-model.ts'
import type { ReadyLine } from './llama-cpp-server.ts'

export interface LlamaCppOptions {
  slug: string
  model: Model
  /** the GGUF file, as `weightsFile` of the cache folder names it */
  weightsPath: string
  /** where node-llama-cpp is installed */
  toolFolder: string
  /** used instead of the template in the weights */
  chatTemplate?: { path: string; text: string }
  /** requests generated at the same time; each holds a context of its own */
  concurrency: number
  /** prompt and answer of one request together; 2048 unless told */
  contextTokens?: number
  /** all cores unless told */
  threads?: number
  /** the server's output is appended here */
  logPath: string
}

const defaultContextTokens = 2048
const startSeconds = 300
const stopSeconds = 5

/**
 * What keeps this model from being started, one line a fault, all at once; nothing is started for it.
 * Reads the whole weights file (about 0.3 s for 250 MB) to compare its digest with the catalog's.
 */
export async function checkLlamaCpp(options: LlamaCppOptions): Promise<string[]> {
  const { slug, model, weightsPath, toolFolder } = options
  const entry = `registry/models/${slug}.yaml`
  const mend = `get it with: batchledger fetch ${slug}`
  const problems: string[] = []
  if (!(await exists(join(toolFolder, 'node_modules/node-llama-cpp/package.json'))))
    problems.push(`${toolFolder}: the llama.cpp engine is not installed; ${mend}`)
  if (model.weights === undefined) {
    problems.push(`${entry}: no weights are named, the embedded engine needs a GGUF file; add weights: to the entry`)
    return problems
  }
  if (!(await exists(weightsPath))) {
    problems.push(`${weightsPath}: the weights of ${slug} are not there; ${mend}`)
    return problems
  }
  const { bytes, sha256 } = model.weights
  const [found, header] = await Promise.all([digestFile(weightsPath), readHeader(weightsPath)])
  const again = `remove the file and get it again with: batchledger fetch ${slug}`
  if (found.bytes !== bytes) problems.push(`${weightsPath}: has ${found.bytes} bytes, ${entry} says ${bytes}; ${again}`)
  if (found.sha256 !== sha256)
    problems.push(`${weightsPath}: sha256 is ${found.sha256}, ${entry} says ${sha256}; ${again}`)
  if (typeof header === 'string') {
    problems.push(`${weightsPath}: is not a readable GGUF file (${header}); ${again}`)
    return problems
  }
  if (options.chatTemplate === undefined && typeof header['tokenizer.chat_template'] !== 'string')
    problems.push(
      `${entry}: the weights carry no chat template and the entry names none, so every chat request would be refused; ` +
        'name one with chat_template: registry/chat-templates/<file>.jinja',
    )
  const wanted = options.contextTokens ?? defaultContextTokens
  const trained = header[`${String(header['general.architecture'])}.context_length`]
  if (typeof trained === 'number' && wanted > trained)
    problems.push(
      `${entry}: ${wanted} context tokens are asked for, the model was trained with ${trained}; ask for less`,
    )
  return problems
}

/**
 * llama.cpp in a process of its own, which ends with this one. `start` throws a UserError with every fault that
 * `checkLlamaCpp` finds, or an EngineError with the end of the log.
 */
export function llamaCppEngine(options: LlamaCppOptions): Engine {
  let child: ChildProcess | undefined

  async function stop(): Promise<void> {
    const ending = child
    child = undefined
    if (ending !== undefined) await endGroup(ending)
  }

  async function start(): Promise<StartedEngine> {
    if (child !== undefined) throw new EngineError('the engine is running already')
    const problems = await checkLlamaCpp(options)
    if (problems.length > 0) throw new UserError(`the engine for ${options.slug} can't start`, problems)
    const config = serverConfig(options)
    await mkdir(dirname(options.logPath), { recursive: true })
    const log = await open(options.logPath, 'a')
    const logStart = (await log.stat()).size
    // in a bundle the server lies beside this file under the same ending
    const here = fileURLToPath(import.meta.url)
    const server = join(dirname(here), `llama-cpp-server${extname(here)}`)
    // a group of its own, so that Ctrl-C reaches us and not the engine, and so that stop takes all of it
    const process_ = spawn(process.execPath, [server, JSON.stringify(config)], {
      stdio: ['pipe', 'pipe', log.fd],
      detached: true,
    })
    child = process_
    await log.close()
    const exited = new Promise<string>((resolve) => {
      process_.once('error', (error) => resolve(`could not be started: ${error.message}`))
      process_.once('exit', (code, signal) =>
        resolve(signal === null ? `ended with code ${code}` : `ended by ${signal}`),
      )
    })
    const ready = await Promise.race([readyLine(process_), exited, after(startSeconds)])
    if (typeof ready === 'string') {
      await stop()
      const tail = await logTail(options.logPath, logStart)
      throw new EngineError([`the llama.cpp server ${ready}; ${options.logPath} ends with:`, ...tail].join('\n'))
    }
    const { weights } = options.model
    const info: EngineInfo = {
      name: 'llama-cpp',
      version: ready.version,
      args: {
        context_tokens: config.contextTokens,
        sequences: config.sequences,
        threads: config.threads,
      },
      servedModel: config.servedModel,
      chatTemplateSha256: ready.chat_template_sha256,
      ...(weights ? { weights: { sha256: weights.sha256, quantization: weights.quantization } } : {}),
    }
    const died = exited.then((reason) =>
      // one that we stopped did not die
      child === process_
        ? `the llama.cpp server ${reason}; its log: ${options.logPath}`
        : new Promise<string>(() => {}),
    )
    return {
      baseUrl: `http://127.0.0.1:${ready.port}/v1`,
      info,
      died,
      ...(process_.pid === undefined ? {} : { pid: process_.pid }),
    }
  }

  return { start, stop }
}

function serverConfig(options: LlamaCppOptions): LlamaCppServerConfig {
  return {
    toolFolder: options.toolFolder,
    weightsPath: options.weightsPath,
    servedModel: options.slug,
    sequences: options.concurrency,
    contextTokens: options.contextTokens ?? defaultContextTokens,
    threads: options.threads ?? availableParallelism(),
    ...(options.chatTemplate && { chatTemplate: options.chatTemplate.text }),
  }
}

async function endGroup(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  killGroup(child.pid, 'SIGTERM')
  if ((await Promise.race([exited, after(stopSeconds)])) === undefined) return
  killGroup(child.pid, 'SIGKILL')
  await exited
}

async function readyLine(child: ChildProcess): Promise<ReadyLine> {
  if (child.stdout === null) throw new EngineError('the server process has no output')
  for await (const line of createInterface({ input: child.stdout })) return JSON.parse(line) as ReadyLine
  // it ended without a word: its exit says more
  return new Promise(() => {})
}

function after(seconds: number): Promise<string> {
  return new Promise((resolve) => {
    setTimeout(() => resolve(`did not answer within ${seconds} s`), seconds * 1000).unref()
  })
}

async function logTail(path: string, from: number): Promise<string[]> {
  const written = (await readFile(path)).subarray(from).toString('utf8').trimEnd()
  return written.split('\n').slice(-20)
}

async function readHeader(path: string): Promise<Record<string, unknown> | string> {
  try {
    return { ...(await gguf(path, { allowLocalFile: true })).metadata }
  } catch (error) {
    return (error as Error).message
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
