import { spawn, type ChildProcess } from 'node:child_process'
import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { RunMeta } from 'registry'
import { processesOf } from '../support/fake-vllm.ts'
import type { TestLedger } from '../support/write-ledger.ts'
import type { VllmAtHand } from './set-up-vllm.ts'

const cli = fileURLToPath(new URL('../../actions/cli/batchledger.ts', import.meta.url))

export interface Scene {
  vllm: VllmAtHand
  ledger: TestLedger
  /** a line of the transcript below the step */
  note: (line: string) => void
}

export interface Step {
  name: string
  run: (scene: Scene) => Promise<void>
}

/** Small enough for this machine: the KV cache, the threads, one step of the engine. */
export const engineArgs = [
  'dtype=float32',
  'max_model_len=2048',
  'max_num_seqs=16',
  'max_num_batched_tokens=2048',
  'kv_cache_memory_bytes=536870912',
  'enforce_eager=true',
]

/** As TOOLCHAIN says for vLLM on processors. */
export function vllmEnvironment({ program }: VllmAtHand): NodeJS.ProcessEnv {
  return {
    ...process.env,
    BATCHLEDGER_VLLM: program,
    VLLM_CPU_OMP_THREADS_BIND: 'nobind',
    OMP_NUM_THREADS: '2',
  }
}

export interface RunningCli {
  child: ChildProcess
  ended: Promise<{ code: number | null; signal: NodeJS.Signals | null; stdout: string; stderr: string }>
}

/** `batchledger run` of the model `tiny` over a dataset, in a process of its own. */
export function startRun(scene: Scene, engine: string, dataset: string, more: readonly string[] = []): RunningCli {
  const { vllm, ledger } = scene
  const args = [
    ...'run --model tiny --json --concurrency 6'.split(' '),
    ...(engine === 'vllm' || engine === 'vllm-run-batch' ? engineArgs.flatMap((arg) => ['--engine-arg', arg]) : []),
  ]
  args.push('--dataset', dataset, '--engine', engine, '--weights-folder', vllm.weights)
  args.push('--ledger', ledger.folder, '--spool', ledger.spool, ...more)
  const child = spawn(process.execPath, [cli, ...args], {
    cwd: ledger.folder,
    env: vllmEnvironment(vllm),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let [stdout, stderr] = ['', '']
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  const ended = new Promise<Awaited<RunningCli['ended']>>((resolve) => {
    child.once('close', (code, signal) => resolve({ code, signal, stdout, stderr }))
  })
  return { child, ended }
}

export interface ReadRun {
  meta: RunMeta
  /** parsed rows, in the dataset's order */
  rows: { custom_id: string; response: { status_code: number; body: unknown } | null; error: unknown }[]
}

/** What a run that ended left in the spool. @throws Error with its last words when it left none */
export async function readEnded({ ended }: RunningCli): Promise<ReadRun> {
  const { stdout, stderr, code } = await ended
  if (stdout === '') throw new Error(`no bundle, exit code ${code}: ${stderr.slice(-3000)}`)
  const folder = join((JSON.parse(stdout) as { bundle: string }).bundle, 'results', 'tiny')
  const names = await readdir(folder)
  const read = (ending: string) => readFile(join(folder, names.find((name) => name.endsWith(ending)) ?? ''), 'utf8')
  return {
    meta: JSON.parse(await read('.meta.json')) as RunMeta,
    rows: (await read('.jsonl'))
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as ReadRun['rows'][number]),
  }
}

/** The newest run's folder of a dataset in the spool, its journal and its engine. */
export async function lookAtSpool({ ledger }: Scene, dataset: string): Promise<{ rows: number; group: number }> {
  const names = (await readdir(ledger.spool).catch(() => [])).filter((name) => name.includes(`-${dataset}-`)).sort()
  const folder = join(ledger.spool, names.at(-1) ?? 'none')
  const journal = await readFile(join(folder, 'journal.jsonl'), 'utf8').catch(() => '')
  const note = await readFile(join(folder, 'engine.pid'), 'utf8').catch(() => '')
  return {
    rows: journal.split('\n').filter((line) => line.includes(',"row":')).length,
    group: note.endsWith('\n') ? (JSON.parse(note) as { pid: number }).pid : 0,
  }
}

/** Waits until a run has so many rows on the disk and its engine is up. @throws Error when it ended before, or after 5 minutes */
export async function waitForRows(scene: Scene, run: RunningCli, dataset: string, rows: number): Promise<number> {
  const until = Date.now() + 300_000
  for (;;) {
    const seen = await lookAtSpool(scene, dataset)
    if (seen.rows >= rows && seen.group > 0) return seen.group
    if (run.child.exitCode !== null || run.child.signalCode !== null)
      throw new Error(`the run ended before it had ${rows} rows: ${(await run.ended).stderr.slice(-3000)}`)
    if (Date.now() > until) throw new Error(`no ${rows} rows within 5 minutes, ${seen.rows} so far`)
    await delay(50)
  }
}

/** Processes of a group into the transcript, as `ps` shows them. */
export async function notePs({ note }: Scene, when: string, group: number): Promise<string[]> {
  const lines = await processesOf(group)
  note(`ps ${when}: ${lines.length} processes of group ${group}`)
  for (const line of lines) note(`  ${line.slice(0, 150)}`)
  return lines
}

/** Waits until no process of a group is left, and says how long that took. @throws Error when one is left after 20 s */
export async function expectGone(scene: Scene, group: number): Promise<void> {
  const since = Date.now()
  while ((await processesOf(group)).length > 0 && Date.now() - since < 20_000) await delay(100)
  const left = await notePs(scene, `after ${((Date.now() - since) / 1000).toFixed(1)} s`, group)
  if (left.length > 0) throw new Error(`${left.length} processes are left`)
}

/** The pid of a process of a group by its command line. */
export async function findIn(group: number, pattern: RegExp): Promise<number> {
  const line = (await processesOf(group)).find((one) => pattern.test(one))
  if (line === undefined) throw new Error(`no process of group ${group} matches ${String(pattern)}`)
  return Number(line.split(/ +/)[1])
}

/** @throws Error saying what was found, when it is not so */
export function check(condition: unknown, finding: string): asserts condition {
  if (!condition) throw new Error(finding)
}
