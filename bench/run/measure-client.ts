import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { planRun } from '../../actions/run-batch/plan-run.ts'
import { ratios, type BenchReport } from '../figure.ts'
import { inPairs } from '../in-pairs.ts'
import { peerPython } from '../peers/peer-python.ts'
import { clientProgram, type ClientConfig, type ClientUsage } from './client-process.ts'
import { runPinned } from './run-pinned.ts'
import { benchModel } from './write-bench-ledger.ts'

/** What each measurement of a run works with. */
export interface Bench {
  /** emptied at the end */
  folder: string
  ledger: string
  baseUrl: string
  /** the folder of a run of 200,000 rows, once there is one */
  longRun?: string
}

interface ClientSample {
  rows: number
  wallSeconds: number
  cpuSeconds: number
}

interface OwnSample extends ClientSample, ClientUsage {}

const rows = 20_000
/** it is slow: its processor time a row hardly depends on their number, the start included */
const rowsOfOpenai = 8000
const pairs = 5
const concurrency = 64
/** as in the first line of actions/cli/batchledger.ts */
const youngGeneration = '--max-semi-space-size=16'

/** Client CPU a row and rows a second against the instant server: whole processes, from their start to their end. */
export async function measureClient(bench: Bench): Promise<BenchReport> {
  const python = peerPython('clients')
  const requests = join(bench.folder, 'requests.jsonl')
  await writeRequests(bench.ledger, requests)
  let versions: Record<string, string> = {}
  const peer = (script: string, count: number) => async (): Promise<ClientSample> => {
    const path = fileURLToPath(new URL(`../peers/${script}`, import.meta.url))
    const answers = join(bench.folder, 'answers.jsonl')
    const ended = await runPinned(python, [path, bench.baseUrl, requests, answers, String(concurrency), String(count)])
    const told = ended.told as { cpuSeconds: number; versions: Record<string, string> }
    versions = told.versions
    return { rows: count, wallSeconds: ended.wallSeconds, cpuSeconds: told.cpuSeconds }
  }
  const samples = await inPairs<string, ClientSample>(pairs, {
    ours: () => runOurs(bench, { dataset: `rows_${rows}`, concurrency }),
    AsyncOpenAI: peer('async_openai.py', rowsOfOpenai),
    aiohttp: peer('aiohttp_client.py', rows),
  })
  await rm(requests)
  const cpu = (name: string) => (samples[name] ?? []).map((sample) => (sample.cpuSeconds / sample.rows) * 1e6)
  const own = (samples['ours'] ?? []) as OwnSample[]
  const figures = [
    ...Object.keys(samples).map((name) => ({ name: `${name}: CPU`, unit: 'µs/row', values: cpu(name) })),
    {
      name: 'AsyncOpenAI / ours, CPU',
      unit: '',
      values: ratios(cpu('AsyncOpenAI'), cpu('ours')),
      wanted: { atLeast: 5 },
    },
    { name: 'aiohttp / ours, CPU', unit: '', values: ratios(cpu('aiohttp'), cpu('ours')), wanted: { atLeast: 1.5 } },
    ...Object.entries(samples).map(([name, taken]) => ({
      name: `${name}: rows`,
      unit: '1/s',
      values: taken.map((sample) => sample.rows / sample.wallSeconds),
    })),
    { name: 'ours: CPU before the first answer', unit: 's', values: own.map(({ cpuBefore }) => cpuBefore) },
    { name: 'ours: CPU after the last answer', unit: 's', values: own.map(({ cpuAfter }) => cpuAfter) },
    {
      name: 'ours: rows while in flight',
      unit: '1/s',
      values: own.map(({ inFlightSeconds }) => rows / inFlightSeconds),
    },
  ]
  const work = `${rows} candidates, ${concurrency} in flight, answers of 2.5 KB; ours plans, journals and assembles too`
  return { parts: [{ name: 'client', work, figures }], versions }
}

/** One run of ours in a process of its own. @param keep the run's folder stays, for who needs its journal */
export async function runOurs(
  { folder, ledger, baseUrl }: Bench,
  given: Pick<ClientConfig, 'dataset' | 'concurrency'> & { sync?: boolean; keep?: boolean },
): Promise<OwnSample> {
  const { dataset, keep = false, sync = true } = given
  const spool = await mkdtemp(join(folder, 'spool-'))
  const config: ClientConfig = {
    ledger,
    spool,
    model: benchModel,
    dataset,
    baseUrl,
    concurrency: given.concurrency,
    sync,
  }
  const { wallSeconds, told } = await runPinned(process.execPath, [
    youngGeneration,
    clientProgram,
    JSON.stringify(config),
  ])
  if (!keep) await rm(spool, { recursive: true })
  return { wallSeconds, ...(told as ClientUsage) }
}

/** The requests as ours would send them. */
async function writeRequests(ledger: string, path: string): Promise<void> {
  const { plan, problems } = await planRun({ ledger, model: benchModel, dataset: `rows_${rows}`, concurrency })
  if (!plan) throw new Error(problems.join('\n'))
  const { source, order } = plan
  const lines = function* () {
    for (const position of order) {
      const body = source.text(position, 'test/tiny')
      yield `{"custom_id":${JSON.stringify(source.customIds[position])},"body":${body}}\n`
    }
  }
  await pipeline(lines, createWriteStream(path))
  source.close()
}
