import { open } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { openaiEngine } from '../../actions/engines/openai.ts'
import { defaultLimits, runBatch } from '../../actions/run-batch/run-batch.ts'
import { peakBytes } from './peak-bytes.ts'

export interface ClientConfig {
  ledger: string
  spool: string
  model: string
  dataset: string
  baseUrl: string
  concurrency: number
  /** false: the journal's sync is told done without being done */
  sync: boolean
}

export interface ClientUsage {
  /** user and system time of all threads, in seconds: whole, up to the first answer, and after the last */
  cpuSeconds: number
  cpuBefore: number
  cpuAfter: number
  /** from the first request sent to the last answer, in seconds */
  inFlightSeconds: number
  rows: number
  /** VmHWM, in bytes */
  peakBytes: number
  runFolder: string
}

export const clientProgram = fileURLToPath(import.meta.url)

if (import.meta.main) {
  const config = JSON.parse(process.argv[2] ?? '') as ClientConfig
  if (!config.sync) await dropSync()
  process.stdout.write(`${JSON.stringify(await runClient(config))}\n`)
}

/** One run of ours as the CLI would do it, its answers unread by the brakes' rate: the instant server's say nothing. */
async function runClient(config: ClientConfig): Promise<ClientUsage> {
  const { ledger, spool, model, dataset, baseUrl, concurrency } = config
  let first: number | undefined
  let last = 0
  const outcome = await runBatch(
    { ledger, model, dataset, concurrency },
    {
      spool,
      now: () => new Date(),
      engineName: 'openai',
      engineFlags: ['--engine openai'],
      checkEngine: () => Promise.resolve([]),
      createEngine: (plan) => Promise.resolve(openaiEngine({ baseUrl, slug: plan.slug, hubId: plan.model.hub_id })),
      limits: { ...defaultLimits, minParseRate: 0 },
      signal: new AbortController().signal,
      reporter: {
        line: () => undefined,
        progress: () => void (first ??= cpuSeconds()),
        done: () => (last = cpuSeconds()),
      },
    },
  )
  const { meta } = outcome
  if (meta.status !== 'completed') throw new Error(`the run is ${meta.status}: ${meta.failure?.message ?? ''}`)
  const whole = cpuSeconds()
  return {
    cpuSeconds: whole,
    cpuBefore: first ?? 0,
    cpuAfter: whole - last,
    inFlightSeconds: meta.execution.duration_seconds ?? 0,
    rows: meta.results.success,
    peakBytes: peakBytes(),
    runFolder: outcome.folder.replace(/\/bundle$/, ''),
  }
}

function cpuSeconds(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

/** The journal has no switch for it: the one method it syncs by is replaced in this process. */
async function dropSync(): Promise<void> {
  const file = await open('/dev/null')
  const prototype = Object.getPrototypeOf(file) as { datasync: () => Promise<void> }
  prototype.datasync = () => Promise.resolve()
  await file.close()
}
