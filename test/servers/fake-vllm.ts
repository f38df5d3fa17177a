// Stands for vLLM's program: `fake-vllm serve DIR --port P …` and `fake-vllm run-batch -i IN -o OUT …`, with the limits and
// the bad habits of the real one (0.32): an engine process that nobody ends with it, output only at the end, exit 0 with
// failed rows. What goes wrong is told by FAKE_VLLM, a `FakeVllmConfig` as JSON.
import { spawn } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { complete, countWords, promptText, verdictText } from './vllm-answers.ts'
import { refuse } from './vllm-errors.ts'
import { startVllmProtocolServer } from './vllm-protocol-server.ts'

export interface FakeVllmConfig {
  /** does not come up: writes this and ends with code 1 */
  failStart?: string
  /** how long it takes until it answers */
  startMs?: number
  /** of an answer; of the whole batch with run-batch */
  latencyMs?: number
  maxModelLen?: number
  /** arguments and the environment that matter are written here */
  toldPath?: string
}

const config = JSON.parse(process.env['FAKE_VLLM'] ?? '{}') as FakeVllmConfig
const [command = '', ...args] = process.argv.slice(2)
const valueOf = (flag: string): string | undefined => args[args.indexOf(flag) + 1]
const verdicts = { values: ['No', 'Maybe', 'Yes'] }
const model = valueOf('--served-model-name') ?? ''
const limits = { models: [model], maxModelLen: config.maxModelLen ?? 2048 }

tell('(APIServer) INFO: starting')
if (config.toldPath !== undefined) {
  const { HF_HUB_OFFLINE, VLLM_NO_USAGE_STATS, DO_NOT_TRACK } = process.env
  const env = { HF_HUB_OFFLINE, VLLM_NO_USAGE_STATS, DO_NOT_TRACK }
  writeFileSync(config.toldPath, JSON.stringify({ command, args, env }))
}
if (config.failStart !== undefined) {
  tell(config.failStart)
  process.exit(1)
}
// the engine: it takes no SIGTERM and sees no end of its parent
const core = spawn(process.execPath, ['-e', 'process.on("SIGTERM", () => {}); setInterval(() => {}, 1000)'], {
  stdio: 'ignore',
})
tell(`(EngineCore pid=${core.pid}) INFO: Initializing a V1 LLM engine (v0.32.0) with config: …`)
if (config.startMs !== undefined) await delay(config.startMs)
if (command === 'serve') await serve()
else await runBatch()

function tell(line: string): void {
  process.stderr.write(`${line}\n`)
}

async function serve(): Promise<void> {
  const server = await startVllmProtocolServer({
    answer: (body) => verdictText(body, verdicts),
    latencyMs: () => config.latencyMs ?? 0,
    models: limits.models,
    maxModelLen: limits.maxModelLen,
    port: Number(valueOf('--port')),
  })
  process.once('SIGTERM', () => {
    server.killEngine()
    setTimeout(() => process.exit(0), 50)
  })
}

async function runBatch(): Promise<void> {
  await delay(config.latencyMs ?? 0)
  const lines = readFileSync(valueOf('-i') ?? '', 'utf8')
    .trimEnd()
    .split('\n')
  const rows = lines.map((line, index) => {
    const { custom_id, url, body } = JSON.parse(line) as { custom_id: string; url: string; body: never }
    const rowOf = (status_code: number, completion: object | null, error: object | string | null) => ({
      id: `vllm-${index}`,
      custom_id,
      response: { status_code, request_id: `vllm-batch-${index}`, body: completion },
      error,
    })
    if (url !== '/v1/chat/completions') return rowOf(400, null, `Model does not support endpoint: ${url}`)
    const refusal = refuse(body, countWords(promptText(body)), limits)
    if (refusal) return rowOf(refusal.status, null, refusal.body)
    return rowOf(200, complete(body, verdictText(body, verdicts)).body, null)
  })
  writeFileSync(valueOf('-o') ?? '', rows.map((row) => `${JSON.stringify(row)}\n`).join(''))
  process.exit(0)
}
