import { renameSync, writeFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import type { Fault } from '../servers/faults.ts'
import type { Weather } from '../servers/vllm-server-process.ts'
import type { EventLog } from './event-log.ts'
import { describeEnding, isAlive, startJob, waitForEnd, type Ending, type JobProcess } from './job-process.ts'
import type { Disturbance, Kind } from './plan-disturbances.ts'
import type { JobConfig } from './run-job.ts'
import type { SmallFilesystem } from './small-filesystem.ts'

export interface Scene {
  config: JobConfig
  jobLog: string
  weatherPath: string
  events: EventLog
  /** none where the full disk is left out */
  disk?: SmallFilesystem
  /** told of what did not go as it should */
  problem: (text: string) => void
  /** rows acknowledged when the engine was last hit */
  engineHitAt: number
}

export const pollMs = 5
const engineGoneMs = 3000
const noticedMs = 15_000

/** Brings one disturbance about and sees it through: a job that must end by it has ended, a hung engine was replaced. */
export async function disturb(scene: Scene, job: JobProcess, { kind, forMs, delayMs }: Disturbance): Promise<void> {
  switch (kind) {
    case 'kill job':
      job.send('SIGKILL')
      await job.exited
      return expectEnginesGone(scene, kind)
    case 'SIGTERM':
    case 'SIGINT':
      return interrupt(scene, job, kind)
    case 'kill engine':
      return replaceEngine(scene, job, kind, 'SIGKILL')
    case 'hang engine':
      return replaceEngine(scene, job, kind, 'SIGSTOP')
    case 'connection storm':
      return storm(scene, forMs, { kind: 'reset', at: delayMs % 2 === 0 ? 'start' : 'middle' })
    case '429 storm':
      return storm(scene, forMs, { kind: 'throttle', status: 429, retryAfter: 1 })
    case '503 storm':
      return storm(scene, forMs, { kind: 'throttle', status: 503 })
    case 'full disk':
      return fillDisk(scene, job, delayMs % 2 === 0)
    case 'second start':
      return startTwice(scene, job)
  }
}

async function interrupt(scene: Scene, job: JobProcess, signal: 'SIGTERM' | 'SIGINT'): Promise<void> {
  const started = performance.now()
  job.send(signal)
  const ending = await waitForEnd(job, scene.config.limits.graceMs + 5000)
  if (!ending) {
    scene.problem(`${signal}: the job is still there ${Math.round(performance.now() - started)} ms later`)
    job.send('SIGKILL')
    await job.exited
  } else if (!isInterruption(ending, signal))
    scene.problem(`${signal}: the job ended with ${describeEnding(ending)}, expected ${codes[signal]}`)
  await expectEnginesGone(scene, signal)
}

const codes = { SIGINT: 130, SIGTERM: 143 }

/** It may have come to its end just then, or have been caught before it could listen. */
function isInterruption({ code, signal }: Ending, sent: 'SIGTERM' | 'SIGINT'): boolean {
  return code === codes[sent] || code === 0 || signal === sent
}

async function replaceEngine(scene: Scene, job: JobProcess, kind: Kind, signal: 'SIGKILL' | 'SIGSTOP'): Promise<void> {
  const { events } = scene
  const pid = await until(job, noticedMs, () => events.look().enginePids.findLast(isAlive))
  if (pid === undefined) return
  const before = events.enginePids.length
  process.kill(pid, signal)
  const replaced = await until(job, noticedMs, () => events.look().enginePids.length > before || undefined)
  if (replaced === undefined && job.ending === undefined)
    scene.problem(`${kind}: no new engine within ${noticedMs / 1000} s`)
  if (isAlive(pid)) {
    // a job that ended meanwhile by itself is told by its own ending
    await delay(200)
    if (isAlive(pid)) {
      scene.problem(`${kind}: the old engine ${pid} is still there`)
      process.kill(pid, 'SIGKILL')
    }
  }
}

function storm({ weatherPath }: Scene, forMs: number, fault: Fault): void {
  // whole or not at all: the server reads it at any moment
  const weather: Weather = { until: Date.now() + forMs, fault }
  writeFileSync(`${weatherPath}.new`, JSON.stringify(weather))
  renameSync(`${weatherPath}.new`, weatherPath)
}

/** @param startOnIt once more while it is full: nothing may be damaged by that either */
async function fillDisk(scene: Scene, job: JobProcess, startOnIt: boolean): Promise<void> {
  const { disk, events } = scene
  if (!disk) throw new Error('the disk of this run can’t be filled')
  disk.fill()
  const seen = events.look().acknowledged.size
  for (const each of startOnIt ? [job, undefined] : [job]) {
    const full = each ?? startJob(scene.config, scene.jobLog)
    const ending = await waitForEnd(full, noticedMs)
    if (!ending) {
      const since = events.look().acknowledged.size - seen
      scene.problem(`full disk: the job did not end within ${noticedMs / 1000} s, ${since} rows acknowledged since`)
      full.send('SIGKILL')
      await full.exited
    } else if (ending.code !== 1 && ending.code !== 0)
      scene.problem(`full disk: the job ended with ${describeEnding(ending)}, expected code 1`)
  }
  disk.free()
  await expectEnginesGone(scene, 'full disk')
}

/** The same command once more while the first one runs: it is refused, and the first goes on. */
async function startTwice(scene: Scene, job: JobProcess): Promise<void> {
  const second = startJob(scene.config, scene.jobLog)
  const ending = await waitForEnd(second, noticedMs)
  if (!ending) {
    scene.problem('second start: it is still there, and so is the first')
    second.send('SIGKILL')
    await second.exited
  } else if (ending.code !== 2 && job.ending === undefined)
    scene.problem(`second start: it ended with ${describeEnding(ending)}, expected code 2`)
}

/** After the job is gone, whatever way, no engine of it may be left. */
async function expectEnginesGone({ events, problem }: Scene, kind: Kind): Promise<void> {
  const deadline = performance.now() + engineGoneMs
  let left: number[]
  do {
    left = events.look().enginePids.filter(isAlive)
    if (left.length === 0) return
    await delay(pollMs)
  } while (performance.now() < deadline)
  problem(`${kind}: engine ${left.join(', ')} outlives its job`)
  for (const pid of left) process.kill(pid, 'SIGKILL')
}

/** Looks again and again until there is something, the job has ended, or so long. */
export async function until<T>(
  job: JobProcess,
  milliseconds: number,
  look: () => T | undefined,
): Promise<T | undefined> {
  const deadline = performance.now() + milliseconds
  for (;;) {
    const found = look()
    if (found !== undefined) return found
    if (job.ending !== undefined || performance.now() > deadline) return undefined
    await delay(pollMs)
  }
}
