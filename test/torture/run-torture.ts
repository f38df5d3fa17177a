import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { seededRandom } from '../../scripts/seeded-random.ts'
import { writeDataset, writeLedger } from '../support/write-ledger.ts'
import { compareResults, type Comparison } from './compare-results.ts'
import { disturb, pollMs, until, type Scene } from './disturb.ts'
import { EventLog } from './event-log.ts'
import { describeEnding, isAlive, startJob, waitForEnd, type JobProcess } from './job-process.ts'
import { kinds, planDisturbances, type Disturbance, type Kind } from './plan-disturbances.ts'
import type { JobConfig, JobOutcome } from './run-job.ts'
import { canMount, mountSmallFilesystem } from './small-filesystem.ts'

export interface TortureOptions {
  rows: number
  disturbances: number
  seed: number
  /** about so long between two disturbances, what a start takes not counted; 900 unless told */
  gapMs?: number
  /** all of them unless told; a full disk only as root */
  kinds?: readonly Kind[]
  /** told of each disturbance */
  say?: (line: string) => void
  /** the folder with every log stays */
  keep?: boolean
}

export interface TortureReport extends Comparison {
  rowsIn: number
  disturbances: Partial<Record<Kind, number>>
  /** planned for after the last row, and the job was faster */
  tooLate: number
  /** how often the job was started, and the engine */
  starts: number
  engines: number
  requests: number
  acknowledged: number
  sentAgain: string[]
  acknowledgedTwice: string[]
  /** of the undisturbed run, and of the disturbed one */
  undisturbedSeconds: number
  seconds: number
  /** everything else that did not go as it should */
  problems: string[]
  folder: string
}

const limits = {
  requestTimeoutMs: 20_000,
  maxTries: 40,
  hangTimeoutMs: 1200,
  maxRestarts: 10_000,
  maxErrorRate: 1,
  minParseRate: 0,
  graceMs: 1000,
  backoffMs: 20,
}

const concurrency = 8
const stuckMs = 60_000
const defaultGapMs = 900

/**
 * One job of so many rows, started again and again until it is complete, disturbed at seeded moments, and compared with an
 * undisturbed run over the same ledger. @throws only where the harness itself fails; what the job does wrong is reported
 */
export async function runTorture(options: TortureOptions): Promise<TortureReport> {
  const wanted = (options.kinds ?? kinds).filter((kind) => kind !== 'full disk' || canMount)
  const folder = await mkdtemp(join(tmpdir(), 'batchledger-torture-'))
  const disk = wanted.includes('full disk') ? mountSmallFilesystem(join(folder, 'disk'), 64) : undefined
  try {
    const undisturbed = await makeScene(folder, 'undisturbed', options, join(folder, 'undisturbed-spool'), [0, 5])
    const calm = await runCalm(undisturbed)
    options.say?.(`undisturbed: ${options.rows} rows in ${calm.seconds.toFixed(1)} s`)
    const scene = await makeScene(folder, 'disturbed', options, join(disk?.folder ?? folder, 'spool'), paceOf(options))
    if (disk) scene.disk = disk
    const planned = planDisturbances({
      seed: options.seed,
      count: options.disturbances,
      kinds: wanted,
      gapMs: options.gapMs ?? defaultGapMs,
    })
    const torn = await runDisturbed(scene, planned, options)
    const outcome = readOutcome(scene.config)
    const { events } = scene
    events.look()
    const comparison = compareResults(
      { runId: outcome.runId, text: await readFile(outcome.results, 'utf8') },
      { runId: calm.outcome.runId, text: await readFile(calm.outcome.results, 'utf8') },
      events.acknowledged,
    )
    return {
      ...comparison,
      rowsIn: options.rows,
      ...torn,
      engines: events.enginePids.length,
      requests: events.requests,
      acknowledged: events.acknowledged.size,
      sentAgain: events.sentAgain,
      acknowledgedTwice: events.acknowledgedTwice,
      undisturbedSeconds: calm.seconds,
      problems: [...undisturbed.problems, ...scene.problems],
      folder,
    }
  } finally {
    if (options.keep && disk) await cp(disk.folder, join(folder, 'disk-kept'), { recursive: true })
    disk?.[Symbol.dispose]()
    if (!options.keep) await rm(folder, { recursive: true, force: true })
  }
}

/** Why it does not hold, one line each; empty when it does. Pure. */
export function findFailures(report: TortureReport): string[] {
  const some = (list: readonly string[]) => `${list.length} (${list.slice(0, 3).join(', ')})`
  return [
    ...report.problems,
    ...(report.rowsOut === report.rowsIn ? [] : [`rows out: ${report.rowsOut}, rows in: ${report.rowsIn}`]),
    ...(report.lost.length === 0 ? [] : [`rows lost: ${some(report.lost)}`]),
    ...(report.twice.length === 0 ? [] : [`rows there more than once: ${some(report.twice)}`]),
    ...(report.errors.length === 0 ? [] : [`rows that are errors: ${some(report.errors)}`]),
    ...(report.sentAgain.length === 0
      ? []
      : [`rows sent again after they were acknowledged: ${some(report.sentAgain)}`]),
    ...(report.acknowledgedTwice.length === 0 ? [] : [`rows acknowledged twice: ${some(report.acknowledgedTwice)}`]),
    ...(report.equal ? [] : ['the results differ from those of the undisturbed run']),
  ]
}

/** Answers as slow as it takes for the job to last until the last disturbance. */
function paceOf({ rows, disturbances, gapMs = defaultGapMs }: TortureOptions): readonly [low: number, high: number] {
  const mean = (concurrency * gapMs) / (rows / disturbances)
  return [mean / 2, mean * 1.5]
}

async function makeScene(
  folder: string,
  name: string,
  options: TortureOptions,
  spool: string,
  latencyMs: readonly [low: number, high: number],
): Promise<Scene & { problems: string[] }> {
  const root = join(folder, name)
  const ledger = await writeLedger(root, 1)
  await writeDataset(ledger, 'torture', rowsText(options.rows, options.seed))
  const events = join(root, 'events')
  await writeFile(events, '')
  const weatherPath = join(root, 'weather.json')
  const problems: string[] = []
  const config: JobConfig = {
    ledger: ledger.folder,
    spool,
    dataset: 'torture',
    concurrency,
    events,
    outcome: join(root, 'outcome.json'),
    limits,
    server: {
      slots: concurrency,
      latencyMs,
      // long enough to be met
      startMs: 150,
      answer: { values: ['No', 'Maybe', 'Yes'], bytes: 600 },
      weatherPath,
      requestLog: { path: events, pattern: String.raw`ref\W+(row-\d+)` },
    },
  }
  return {
    config,
    jobLog: join(root, 'job.log'),
    weatherPath,
    events: new EventLog(events),
    problem: (text) => void problems.push(text),
    engineHitAt: -Infinity,
    problems,
  }
}

/** Records of different lengths, in an order that is not that of their prompts; each names itself in its prompt. */
function rowsText(rows: number, seed: number): string {
  const random = seededRandom(seed)
  const lines = Array.from({ length: rows }, (_, index) => {
    const ref = `row-${String(index + 1).padStart(6, '0')}`
    return JSON.stringify({
      custom_id: ref,
      team: `team-${random.integer(1, 12)}`,
      note: 'word '.repeat(random.integer(1, 80)),
      ref,
    })
  })
  return `${lines.join('\n')}\n`
}

function readOutcome(config: JobConfig): JobOutcome {
  return JSON.parse(readFileSync(config.outcome, 'utf8')) as JobOutcome
}

async function runCalm(scene: Scene): Promise<{ outcome: JobOutcome; seconds: number }> {
  const started = performance.now()
  const job = startJob(scene.config, scene.jobLog)
  const ending = await job.exited
  if (ending.code !== 0)
    throw new Error(`the undisturbed run ended with ${describeEnding(ending)}:\n${lastLines(scene.jobLog)}`)
  return { outcome: readOutcome(scene.config), seconds: (performance.now() - started) / 1000 }
}

type Torn = Pick<TortureReport, 'disturbances' | 'tooLate' | 'starts' | 'seconds'>

async function runDisturbed(scene: Scene, planned: Disturbance[], { rows, say }: TortureOptions): Promise<Torn> {
  const torn: Torn = { disturbances: {}, tooLate: 0, starts: 0, seconds: 0 }
  const started = performance.now()
  const start = (): JobProcess => {
    torn.starts++
    return startJob(scene.config, scene.jobLog)
  }
  let job = start()
  const show = (count: number) => {
    const seconds = ((performance.now() - started) / 1000).toFixed(0)
    say?.(`${count} disturbances, ${scene.events.look().acknowledged.size} rows, ${seconds} s`)
  }
  try {
    for (const [index, wanted] of planned.entries()) {
      const place = placeOf(wanted, scene, planned.length - index, rows)
      job = await reach(scene, job, start, place)
      const kind = await spareEngine(scene, job, wanted.kind, rows)
      await waitForEnd(job, wanted.delayMs)
      if (job.ending?.code === 0) {
        torn.tooLate = planned.length - index
        break
      }
      // what ended by itself meanwhile is told and started again
      if (job.ending !== undefined) job = await reach(scene, job, start, () => true)
      await disturb(scene, job, { ...wanted, kind })
      torn.disturbances[kind] = (torn.disturbances[kind] ?? 0) + 1
      if (index % 20 === 19) show(index + 1)
      if (job.ending !== undefined && job.ending.code !== 0) job = start()
    }
    await reach(scene, job, start, () => false)
    torn.seconds = (performance.now() - started) / 1000
    await expectAlready(scene)
  } finally {
    job.send('SIGKILL')
    for (const pid of scene.events.look().enginePids.filter(isAlive)) {
      scene.problem(`engine ${pid} is left at the end`)
      process.kill(pid, 'SIGKILL')
    }
  }
  return torn
}

/**
 * A row that was alone in two engines that died is rightly an error row, which would be no difference worth finding here.
 * So between two blows to the engine everything that was in flight comes through; near the end the job is hit instead.
 */
async function spareEngine(scene: Scene, job: JobProcess, kind: Kind, rows: number): Promise<Kind> {
  if (kind !== 'kill engine' && kind !== 'hang engine') return kind
  const enough = scene.engineHitAt + 2 * scene.config.concurrency
  if (enough > rows) return 'kill job'
  const reached = await until(job, 5000, () => scene.events.look().acknowledged.size >= enough || undefined)
  if (reached === undefined) return 'kill job'
  scene.engineHitAt = scene.events.acknowledged.size
  return kind
}

/** Whether a disturbance's place is reached, told from what is left of rows and disturbances now. */
function placeOf({ place }: Disturbance, { events }: Scene, left: number, rows: number): (now: EventLog) => boolean {
  const before = events.look()
  const { askedAll } = before
  if (place === 'atTheEnd') return (now) => now.askedAll > askedAll
  const there = before.acknowledged.size
  const wanted = there + (place * (rows - there)) / (left + 1)
  return (now) => now.acknowledged.size >= wanted
}

/** Waits until a place is reached; a job that ends by itself before it is complete is a problem, and started again. */
async function reach(
  scene: Scene,
  first: JobProcess,
  start: () => JobProcess,
  isThere: (now: EventLog) => boolean,
): Promise<JobProcess> {
  let job = first
  let seen = -1
  let moved = performance.now()
  for (;;) {
    const now = scene.events.look()
    if (job.ending?.code === 0) return job
    if (job.ending !== undefined) {
      scene.problem(`the job ended by itself with ${describeEnding(job.ending)}: ${lastLines(scene.jobLog, 3)}`)
      job = start()
    }
    if (isThere(now)) return job
    if (now.acknowledged.size > seen) moved = performance.now()
    seen = now.acknowledged.size
    if (performance.now() - moved > stuckMs)
      throw new Error(`no row for ${stuckMs / 1000} s, ${seen} acknowledged:\n${lastLines(scene.jobLog)}`)
    await delay(pollMs)
  }
}

/** The same command again after the end: it says so, sends nothing, starts no engine. */
async function expectAlready(scene: Scene): Promise<void> {
  const { requests, enginePids } = scene.events.look()
  const engines = enginePids.length
  const ending = await startJob(scene.config, scene.jobLog).exited
  const after = scene.events.look()
  if (ending.code !== 0 || !readOutcome(scene.config).already)
    scene.problem(`started again when complete, the job ended with ${describeEnding(ending)} and did not say so`)
  if (after.requests !== requests || after.enginePids.length !== engines)
    scene.problem('started again when complete, the job sent requests or started an engine')
}

function lastLines(path: string, count = 20): string {
  return readFileSync(path, 'utf8').trimEnd().split('\n').slice(-count).join('\n')
}
