import { spawn } from 'node:child_process'
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { RunMeta } from 'registry'
import { parseEngineArgs } from '../actions/engines/engine-args.ts'
import { planVllm, vllmEnv } from '../actions/engines/vllm-plan.ts'
import { startGuarded } from '../actions/engines/vllm-process.ts'
import { planRun } from '../actions/run-batch/plan-run.ts'
import { vllmEnvironment } from '../test/vllm/scene.ts'
import { setUpVllm, vllmVersion, type VllmAtHand } from '../test/vllm/set-up-vllm.ts'
import type { TestLedger } from '../test/support/write-ledger.ts'
import { ratios, type BenchPart, type BenchReport, type Figure } from './figure.ts'
import { inPairs } from './in-pairs.ts'
import { writeVllmLedger } from './vllm-ledger.ts'

const cli = fileURLToPath(new URL('../actions/cli/batchledger.ts', import.meta.url))
/** 30 layers, keys and values, 3 heads of 64 in float32 */
const bytesPerToken = 30 * 2 * 3 * 64 * 4
const tokensPerPrefix = 600

interface Sample {
  /** from the command to its end */
  wall: number
  /** from the first request to the last answer */
  asking: number
  /** from the command to the first answer on the disk; for run-batch that is its end */
  firstRow: number
  /** of the processors' time while requests were asked, as /proc/stat tells */
  idleShare: number
}

interface BenchCase {
  name: string
  dataset: string
  /** bytes of key-value cache */
  cache: number
  /** wanted of the ratio ours / run-batch, or of its upper 95 % bound */
  ratioAtMost?: number
  boundAtMost?: number
}

/**
 * Ours by `vllm serve` against plain `vllm run-batch` with equal arguments, whole commands one after the other.
 * BENCH_VLLM_PAIRS (5), BENCH_VLLM_ROWS (200) and BENCH_VLLM_PREFIXES (50) make it smaller; BENCH_VLLM_ONLY names one part.
 */
export async function benchVllm(): Promise<BenchReport> {
  const setting = (name: string, usual: number) => Number(process.env[`BENCH_VLLM_${name}`] ?? usual)
  const [pairs, rows, prefixes] = [setting('PAIRS', 5), setting('ROWS', 200), setting('PREFIXES', 50)]
  const vllm = await setUpVllm((line) => console.error(`bench: ${line}`))
  const root = await mkdtemp(join(tmpdir(), 'batchledger-bench-vllm-'))
  try {
    const ledger = await writeVllmLedger(root, { rows, prefixes })
    const workingSet = prefixes * tokensPerPrefix * bytesPerToken
    const cases: BenchCase[] = [
      { name: 'uniform prompts', dataset: 'uniform', cache: 1e9, boundAtMost: 1.05 },
      {
        name: 'interleaved prefixes, cache of half of them',
        dataset: 'shared',
        cache: workingSet / 2,
        ratioAtMost: 0.5,
      },
      { name: 'interleaved prefixes, cache of twice all', dataset: 'shared', cache: workingSet * 2 },
      { name: 'interleaved prefixes, cache of eight times all', dataset: 'shared', cache: workingSet * 8 },
      { name: 'one prefix for all', dataset: 'home', cache: 1e9 },
    ]
    const argsFor = (cache: number) => [
      ...'dtype=float32 max_model_len=1024 max_num_seqs=64 max_num_batched_tokens=2048 enforce_eager=true'.split(' '),
      `kv_cache_memory_bytes=${Math.round(cache)}`,
    ]
    // whoever came first would pay for reading gigabytes of libraries from the disk
    await runPlain(vllm, ledger, 'uniform', argsFor(1e9), 1)
    const parts: BenchPart[] = []
    for (const each of cases) {
      const { name, dataset, cache } = each
      if (!name.includes(process.env['BENCH_VLLM_ONLY'] ?? '')) continue
      const args = argsFor(cache)
      const samples = await inPairs<'ours' | 'runBatch', Sample>(pairs, {
        ours: async () => tell(`${name}, ours`, await runOurs(vllm, ledger, dataset, args)),
        runBatch: async () => tell(`${name}, run-batch`, await runPlain(vllm, ledger, dataset, args)),
      })
      parts.push(describe(each, `${rows} rows; ${args.join(' ')}`, samples))
    }
    return { parts, versions: { vllm: vllmVersion } }
  } finally {
    await rm(root, { recursive: true })
  }
}

/** What came of each command at once: the whole takes hours. */
function tell(name: string, sample: Sample): Sample {
  console.error(`bench: ${name}: ${JSON.stringify(sample)}`)
  return sample
}

function describe(
  { name, ratioAtMost, boundAtMost }: BenchCase,
  work: string,
  { ours, runBatch }: Record<'ours' | 'runBatch', Sample[]>,
): BenchPart {
  const of = (samples: readonly Sample[], what: keyof Sample) => samples.map((sample) => sample[what])
  const figures: Figure[] = (['wall', 'asking'] as const).flatMap((what) => {
    const ratio = ratios(of(ours, what), of(runBatch, what))
    const loading = what === 'wall' ? 'with load' : 'without load'
    const measured: Figure[] = [
      { name: `ours, ${loading}`, unit: 's', values: of(ours, what) },
      { name: `run-batch, ${loading}`, unit: 's', values: of(runBatch, what) },
      wanting({ name: `ours / run-batch, ${loading}`, unit: '', values: ratio }, ratioAtMost),
    ]
    if (ratio.length < 2) return measured
    const bound = { name: `its upper 95 % bound, ${loading}`, unit: '', values: [upperBound(ratio)] }
    return measured.concat(wanting(bound, boundAtMost))
  })
  for (const [who, samples] of [
    ['ours', ours],
    ['run-batch', runBatch],
  ] as const) {
    figures.push(
      { name: `${who}, start to first row`, unit: 's', values: of(samples, 'firstRow') },
      { name: `${who}, idle share of the processors`, unit: '', values: of(samples, 'idleShare') },
    )
  }
  return { name, work, figures }
}

function wanting(figure: Figure, atMost: number | undefined): Figure {
  return atMost === undefined ? figure : { ...figure, wanted: { atMost } }
}

/** One-sided 95 % quantiles of Student's t for 1 … 9 degrees of freedom. */
const t95 = [6.314, 2.92, 2.353, 2.132, 2.015, 1.943, 1.895, 1.86, 1.833]

/** Upper end of a one-sided 95 % interval for the geometric mean of ratios, by Student's t on their logarithms. */
export function upperBound(values: readonly number[]): number {
  const logs = values.map((value) => Math.log(value))
  const mean = logs.reduce((sum, value) => sum + value, 0) / logs.length
  const variance = logs.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (logs.length - 1)
  const quantile = t95[Math.min(logs.length - 1, t95.length) - 1] ?? Number.NaN
  return Math.exp(mean + quantile * Math.sqrt(variance / logs.length))
}

async function runOurs(
  { program, weights }: VllmAtHand,
  { folder, spool }: TestLedger,
  dataset: string,
  engineArgs: readonly string[],
): Promise<Sample> {
  await rm(spool, { recursive: true, force: true })
  const args = ['run', '--model', 'tiny', '--dataset', dataset, '--engine', 'vllm', '--weights-folder', weights]
  args.push('--ledger', folder, '--spool', spool, '--json', '--min-parse-rate', '0')
  for (const arg of engineArgs) args.push('--engine-arg', arg)
  const begin = performance.now()
  const child = spawn(process.execPath, ['--max-semi-space-size=16', cli, ...args], {
    cwd: folder,
    env: vllmEnvironment({ program, weights }),
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let stdout = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  let ended = false
  const end = new Promise<number | null>((resolve) => {
    child.once('close', (code) => {
      ended = true
      resolve(code)
    })
  })
  let [firstRow, idleFrom] = [0, await readIdle()]
  while (firstRow === 0) {
    if (hasEnded()) throw new Error('the run ended without a row')
    const [run] = await readdir(spool).catch(() => [])
    const journal = await readFile(join(spool, run ?? '', 'journal.jsonl'), 'utf8').catch(() => '')
    if (!journal.startsWith('{"segment"')) idleFrom = await readIdle()
    if (journal.includes(',"row":')) firstRow = seconds(begin)
    else await delay(100)
  }
  const code = await end
  const wall = seconds(begin)
  const idleShare = shareOf(idleFrom, await readIdle())
  if (code !== 0) throw new Error(`the run ended with code ${code}`)
  const { bundle } = JSON.parse(stdout) as { bundle: string }
  const results = join(bundle, 'results', 'tiny')
  const name = (await readdir(results)).find((file) => file.endsWith('.meta.json')) ?? ''
  const { execution } = JSON.parse(await readFile(join(results, name), 'utf8')) as RunMeta
  return { wall, asking: execution.duration_seconds ?? Number.NaN, firstRow, idleShare }

  function hasEnded(): boolean {
    return ended
  }
}

async function runPlain(
  vllm: VllmAtHand,
  { folder }: TestLedger,
  dataset: string,
  engineArgs: readonly string[],
  most = Number.POSITIVE_INFINITY,
): Promise<Sample> {
  const draft = await planRun({ ledger: folder, model: 'tiny', dataset, concurrency: 1, order: 'input' })
  const { plan: run } = draft
  const { args } = parseEngineArgs(engineArgs)
  const options = { slug: 'tiny', model: { name: 'Tiny', hub_id: 'test/tiny' }, engineArgs: args }
  const env = vllmEnvironment(vllm)
  const logPath = join(folder, 'run-batch.log')
  const { plan } = await planVllm({ ...options, weightsFolder: vllm.weights, logPath, env })
  if (!plan || !run) throw new Error('the bench can’t be planned')
  const [input, output] = [join(folder, 'in.jsonl'), join(folder, 'out.jsonl')]
  const lines = [...run.order].slice(0, most).map((position) => {
    const body = run.source.text(position, 'tiny')
    return `{"custom_id":"row-${position + 1}","method":"POST","url":"/v1/chat/completions","body":${body}}\n`
  })
  await writeFile(input, lines.join(''))
  run.source.close()
  await rm(logPath, { force: true })
  const begin = performance.now()
  const command = [plan.program, 'run-batch', '-i', input, '-o', output, '--model', plan.weights.folder, ...plan.flags]
  const guarded = await startGuarded(command, { env: vllmEnv(env), logPath })
  let [loaded, idleFrom] = [0, await readIdle()]
  while (loaded === 0) {
    // it says when it has loaded: the last line before it asks
    if ((await readFile(logPath, 'utf8')).includes('Reading batch from')) {
      loaded = seconds(begin)
      idleFrom = await readIdle()
    } else await delay(100)
  }
  const code = await guarded.code
  const wall = seconds(begin)
  const idleShare = shareOf(idleFrom, await readIdle())
  await guarded.end(0)
  if (code !== 0) throw new Error(`run-batch ended with code ${code}`)
  return { wall, asking: wall - loaded, firstRow: wall, idleShare }
}

function seconds(begin: number): number {
  return (performance.now() - begin) / 1000
}

interface Ticks {
  idle: number
  all: number
}

/** Of all processors: proc(5), /proc/stat: user nice system idle iowait irq softirq steal. */
async function readIdle(): Promise<Ticks> {
  const line = (await readFile('/proc/stat', 'utf8')).split('\n')[0] ?? ''
  const ticks = line.split(/ +/).slice(1, 9).map(Number)
  return { idle: (ticks[3] ?? 0) + (ticks[4] ?? 0), all: ticks.reduce((sum, count) => sum + count, 0) }
}

function shareOf(from: Ticks, to: Ticks): number {
  return (to.idle - from.idle) / Math.max(1, to.all - from.all)
}
