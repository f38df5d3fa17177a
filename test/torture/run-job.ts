import { appendFileSync, writeFileSync } from 'node:fs'
import { UserError } from 'registry'
import { InterruptedRun } from '../../actions/run-batch/run-batch.ts'
import type { ServerProcessConfig } from '../servers/vllm-server-process.ts'
import { processEngine } from '../support/process-engine.ts'
import { runTestBatch } from '../support/run-test-batch.ts'

/** Given as JSON in the first argument. */
export interface JobConfig {
  ledger: string
  spool: string
  dataset: string
  concurrency: number
  /**
   * appended to, one line an event: `E <pid>` engine started, `A <custom_id>` acknowledged, `D` done with asking; the
   * server adds its own
   */
  events: string
  /** written when the run has ended, as JobOutcome */
  outcome: string
  server: ServerProcessConfig
  limits: TortureLimits
}

export interface TortureLimits {
  requestTimeoutMs: number
  maxTries: number
  hangTimeoutMs: number
  maxRestarts: number
  maxErrorRate: number
  minParseRate: number
  graceMs: number
  backoffMs: number
}

export interface JobOutcome {
  runId: string
  status: string
  /** the results file */
  results: string
  already: boolean
}

const config = JSON.parse(process.argv[2] ?? '{}') as JobConfig
const stop = new AbortController()
let stoppedBy: 'SIGINT' | 'SIGTERM' | undefined
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => {
    stoppedBy = signal
    stop.abort()
  })
// written at once and in order with what the server writes: what a kill leaves behind is the truth
const note = (line: string) => appendFileSync(config.events, `${line}\n`)

// no process.exit: a run that leaves something open must be seen to hang
process.exitCode = await run()

async function run(): Promise<number> {
  try {
    const outcome = await runTestBatch(
      { folder: config.ledger, spool: config.spool, write: () => Promise.reject(new Error('not here')) },
      {
        engine: processEngine(config.server, (pid) => note(`E ${pid}`)),
        inputs: { dataset: config.dataset, concurrency: config.concurrency },
        deps: {
          limits: config.limits,
          signal: stop.signal,
          reporter: {
            line: (text) => process.stderr.write(`${text}\n`),
            progress: () => undefined,
            done: () => note('D'),
            acknowledged: (customId) => note(`A ${customId}`),
          },
        },
      },
    )
    const told: JobOutcome = {
      runId: outcome.runId,
      status: outcome.meta.status,
      results: `${outcome.folder}/${outcome.meta.files.results}`,
      already: outcome.already,
    }
    writeFileSync(config.outcome, JSON.stringify(told))
    if (outcome.meta.failure) process.stderr.write(`failure: ${outcome.meta.failure.message}\n`)
    return outcome.meta.status === 'completed' ? 0 : 1
  } catch (error) {
    if (error instanceof InterruptedRun) {
      process.stderr.write(`${error.message}\n`)
      return stoppedBy === 'SIGINT' ? 130 : 143
    }
    if (error instanceof UserError) {
      process.stderr.write(`${[error.message, ...error.problems].join('\n')}\n`)
      return 2
    }
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
    return 1
  }
}
