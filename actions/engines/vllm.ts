import { createServer, type AddressInfo } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { UserError } from 'registry'
import { request } from 'undici'
import { EngineError, type Engine, type EngineInfo, type StartedEngine } from './engine.ts'
import { samplePower } from './gpu-power.ts'
import { compareMetrics, countGenerated, countUnderWay, readMetrics } from './vllm-metrics.ts'
import { planVllm, vllmEnv, type VllmOptions, type VllmPlan } from './vllm-plan.ts'
import { startGuarded, type GuardedProcess } from './vllm-process.ts'

const startSeconds = 3600
const drainSeconds = 60
const stuckSeconds = 5
const stopSeconds = 15
/** for one that says nothing any more */
const silentSeconds = 2
const requestMs = 10_000

/**
 * `vllm serve` in a process group of its own, which ends with this process. `start` throws a UserError with every fault
 * that `planVllm` finds, or an EngineError with the end of the log; it may take as long as the weights take to load.
 */
export function vllmEngine(options: VllmOptions): Engine {
  let running: { process: GuardedProcess; baseUrl: string } | undefined

  async function stop(): Promise<void> {
    const ending = running
    running = undefined
    if (!ending) return
    // what is in flight when vLLM is told to end gets HTTP 500
    const isSilent = await drain(ending.baseUrl, ending.process)
    await ending.process.end(isSilent ? silentSeconds : stopSeconds)
  }

  async function start(): Promise<StartedEngine> {
    if (running) throw new EngineError('the engine is running already')
    const { problems, plan } = await planVllm(options)
    if (!plan) throw new UserError(`vLLM for ${options.slug} can’t start`, problems)
    const port = await freePort()
    const command = [
      plan.program,
      'serve',
      plan.weights.folder,
      '--host',
      '127.0.0.1',
      '--port',
      String(port),
      ...plan.flags,
      // a line a request would be most of the log
      '--disable-uvicorn-access-log',
    ]
    const { logPath } = options
    const baseUrl = `http://127.0.0.1:${port}/v1`
    const own = { process: await startGuarded(command, { env: vllmEnv(options.env), logPath }), baseUrl }
    running = own
    const { exited } = own.process
    const finding = await Promise.race([exited, becomeHealthy(baseUrl, () => running !== own)])
    if (finding !== undefined) {
      const tail = await own.process.logTail()
      await own.process.end(0)
      if (running === own) running = undefined
      throw new EngineError([`vllm serve ${finding}; ${logPath} ends with:`, ...tail].join('\n'))
    }
    const info: EngineInfo = { ...plan.info, ...(await askWhatItIs(baseUrl, plan)), command }
    return {
      baseUrl,
      info,
      pid: own.process.pid,
      // one that we stopped did not die
      died: exited.then((how) =>
        running === own ? `vllm serve ${how}; its log: ${logPath}` : new Promise<string>(() => undefined),
      ),
      measure: () => measure(baseUrl, plan),
      countPrompt: (body) => countPrompt(baseUrl, body),
    }
  }

  return { start, stop }
}

/** A port that was free a moment ago. */
async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  await new Promise<void>((resolve) => server.close(() => resolve()))
  return port
}

/** @returns why not, or undefined when it answers */
async function becomeHealthy(baseUrl: string, isGivenUp: () => boolean): Promise<string | undefined> {
  const until = performance.now() + startSeconds * 1000
  while (performance.now() < until) {
    if (isGivenUp()) return 'was stopped while it started'
    if (await isHealthy(baseUrl)) return undefined
    await delay(200)
  }
  return `did not answer within ${startSeconds} s`
}

async function isHealthy(baseUrl: string): Promise<boolean> {
  try {
    const { statusCode, body } = await request(baseUrl.replace(/\/v1$/, '/health'), {
      signal: AbortSignal.timeout(requestMs),
    })
    await body.dump()
    return statusCode === 200
  } catch {
    return false
  }
}

/** Its version, and the context it really has. @throws EngineError when another model answers there */
async function askWhatItIs(baseUrl: string, plan: VllmPlan): Promise<Pick<EngineInfo, 'args' | 'version'>> {
  const { data } = (await askJson(`${baseUrl}/models`)) as { data?: { id?: string; max_model_len?: number }[] }
  const { version } = (await askJson(baseUrl.replace(/\/v1$/, '/version'))) as { version?: string }
  const served = data?.find(({ id }) => id === plan.info.servedModel)
  const length = data?.find(({ max_model_len: tokens }) => typeof tokens === 'number')?.max_model_len
  if (!served) throw new EngineError(`${baseUrl} does not serve ${plan.info.servedModel}`)
  return {
    args: { ...plan.info.args, ...(length === undefined ? {} : { max_model_len: length }) },
    ...(version === undefined ? {} : { version }),
  }
}

async function askJson(url: string, body?: string): Promise<unknown> {
  const response = await request(url, {
    signal: AbortSignal.timeout(requestMs),
    ...(body === undefined ? {} : { method: 'POST', headers: { 'content-type': 'application/json' }, body }),
  })
  const text = await response.body.text()
  if (response.statusCode !== 200) throw new EngineError(`${url}: HTTP ${response.statusCode}`)
  return JSON.parse(text)
}

async function measure(baseUrl: string, { gpus }: VllmPlan) {
  const before = await readMetrics(baseUrl)
  const endPower = samplePower(gpus)
  return async () => {
    const [after, joules] = await Promise.all([readMetrics(baseUrl), endPower()])
    return {
      ...(before === undefined || after === undefined ? {} : { engine_metrics: compareMetrics(before, after) }),
      ...(joules === undefined ? {} : { energy_joules: joules }),
    }
  }
}

/** vLLM's own tokenizer and template, through /tokenize. */
async function countPrompt(baseUrl: string, body: string): Promise<{ tokens: number; fit: number } | undefined> {
  const { model, messages, tools, chat_template_kwargs } = JSON.parse(body) as Record<string, unknown>
  try {
    const question = JSON.stringify({ model, messages, tools, chat_template_kwargs })
    const answer = (await askJson(baseUrl.replace(/\/v1$/, '/tokenize'), question)) as Record<string, unknown>
    const { count: tokens, max_model_len: fit } = answer
    return typeof tokens === 'number' && typeof fit === 'number' ? { tokens, fit } : undefined
  } catch {
    // a request that can't be tokenised is refused by itself, with its own reason
    return undefined
  }
}

/** Waits for what is in flight as long as it gets on, up to a minute. @returns it doesn't say what it has in flight */
async function drain(baseUrl: string, process_: GuardedProcess): Promise<boolean> {
  const begin = performance.now()
  let moved = { tokens: -1, at: begin }
  while (performance.now() - begin < drainSeconds * 1000 && performance.now() - moved.at < stuckSeconds * 1000) {
    const silence = delay(silentSeconds * 1000, undefined, { ref: false })
    const metrics = await Promise.race([readMetrics(baseUrl), silence, process_.exited.then(() => undefined)])
    if (metrics === undefined) return true
    if (countUnderWay(metrics) === 0) return false
    const tokens = countGenerated(metrics) ?? -1
    if (tokens !== moved.tokens) moved = { tokens, at: performance.now() }
    await delay(100)
  }
  return false
}
