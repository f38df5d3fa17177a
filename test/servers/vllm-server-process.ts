import { appendFileSync, readFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { faultsByRule, type Fault, type FaultRule } from './faults.ts'
import { verdictText, type VerdictOptions } from './vllm-answers.ts'
import { startVllmProtocolServer } from './vllm-protocol-server.ts'

/** Given as JSON in the first argument; all of it plain data. */
export interface ServerProcessConfig {
  models?: readonly string[]
  version?: string
  port?: number
  slots?: number
  maxModelLen?: number
  /** an answer takes between these, by its place in the order the requests come */
  latencyMs?: readonly [low: number, high: number]
  answer?: VerdictOptions
  faults?: readonly FaultRule[]
  /** a request whose body contains this text kills the process by SIGKILL, as an out-of-memory killer would */
  poison?: string
  /** a file with `{"until": <ms since 1970>, "fault": …}` as JSON: until then each request gets that fault */
  weatherPath?: string
  /** each chat request is appended, synchronously: `R <first group of pattern in the messages>` */
  requestLog?: { path: string; pattern: string }
  /** how long it takes until the ready line */
  startMs?: number
  /** does not come up: writes this on stderr and ends with code 1 */
  failStart?: string
}

export interface Weather {
  until: number
  fault: Fault
}

/** The one line on stdout. */
export interface ReadyLine {
  ready: true
  port: number
  pid: number
}

const config = JSON.parse(process.argv[2] ?? '{}') as ServerProcessConfig
const verdicts = config.answer ?? { values: ['No', 'Maybe', 'Yes'] }
const poison: FaultRule[] = config.poison === undefined ? [] : [{ contains: config.poison, fault: { kind: 'die' } }]
const ruled = faultsByRule([...poison, ...(config.faults ?? [])])
const logged = config.requestLog && { path: config.requestLog.path, pattern: new RegExp(config.requestLog.pattern) }
let answers = 0

// the parent holds the other end: when it ends, however it ends, this does too
process.stdin.resume().on('end', () => process.exit(0))
// a parent that is gone must not turn its last words into an error that keeps us
process.stdin.on('error', () => process.exit(0))

if (config.failStart !== undefined) {
  process.stderr.write(`${config.failStart}\n`)
  process.exit(1)
}
if (config.startMs !== undefined) await delay(config.startMs)

const server = await startVllmProtocolServer({
  answer: (body) => verdictText(body, verdicts),
  latencyMs: () => {
    const [low, high] = config.latencyMs ?? [0, 0]
    // spread evenly, without chance: the golden ratio's multiples never bunch up
    return low + ((answers++ * 0.618_033_988_75) % 1) * (high - low)
  },
  fault: (body, index) => {
    if (logged) appendFileSync(logged.path, `R ${logged.pattern.exec(JSON.stringify(body))?.[1] ?? '?'}\n`)
    return ruled(body, index) ?? weather()?.fault
  },
  refuseConnection: () => {
    const fault = weather()?.fault
    return typeof fault === 'object' && 'kind' in fault && fault.kind === 'reset' && fault.at !== 'middle'
  },
  endProcess: (how) => process.kill(process.pid, how === 'die' ? 'SIGKILL' : 'SIGSTOP'),
  keepRequests: false,
  ...(config.models && { models: config.models }),
  ...(config.version !== undefined && { version: config.version }),
  ...(config.port !== undefined && { port: config.port }),
  ...(config.slots !== undefined && { slots: config.slots }),
  ...(config.maxModelLen !== undefined && { maxModelLen: config.maxModelLen }),
})

// vLLM's shutdown_timeout is 0: what is in flight gets HTTP 500, then it ends
process.once('SIGTERM', () => {
  server.killEngine()
  setTimeout(() => process.exit(0), 50)
})

process.stdout.write(`${JSON.stringify({ ready: true, port: server.port, pid: process.pid } satisfies ReadyLine)}\n`)

function weather(): Weather | undefined {
  if (config.weatherPath === undefined) return undefined
  try {
    const read = JSON.parse(readFileSync(config.weatherPath, 'utf8')) as Weather
    return read.until > Date.now() ? read : undefined
  } catch {
    // no file is fair weather
    return undefined
  }
}
