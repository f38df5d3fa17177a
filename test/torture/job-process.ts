import { spawn, type ChildProcess } from 'node:child_process'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { JobConfig } from './run-job.ts'

const program = fileURLToPath(new URL('run-job.ts', import.meta.url))

export interface Ending {
  code: number | null
  signal: NodeJS.Signals | null
}

export interface JobProcess {
  pid: number
  /** set once it is gone */
  ending?: Ending
  exited: Promise<Ending>
  send(signal: NodeJS.Signals): void
}

/** Starts the job; what it says is appended to a file. */
export function startJob(config: JobConfig, logPath: string): JobProcess {
  const log = openSync(logPath, 'a')
  const child = spawn(process.execPath, [program, JSON.stringify(config)], { stdio: ['ignore', log, log] })
  closeSync(log)
  const job: JobProcess = {
    pid: child.pid ?? -1,
    exited: endingOf(child).then((ending) => (job.ending = ending)),
    send: (signal) => void child.kill(signal),
  }
  return job
}

function endingOf(child: ChildProcess): Promise<Ending> {
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code, signal) => resolve({ code, signal }))
  })
}

/** @returns undefined when it is still there after so long */
export async function waitForEnd(job: JobProcess, milliseconds: number): Promise<Ending | undefined> {
  const timeout = new AbortController()
  const late = delay(milliseconds, undefined, { signal: timeout.signal }).catch(() => undefined)
  const ending = await Promise.race([job.exited, late])
  timeout.abort()
  return ending
}

export function describeEnding({ code, signal }: Ending): string {
  return signal === null ? `code ${code}` : signal
}

/** A process that has ended and only waits for its parent to notice is not alive: an orphan's may take its time. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch {
    return false
  }
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
    return !stat.slice(stat.lastIndexOf(')')).startsWith(') Z')
  } catch {
    // no such file system, or gone just now
    return process.platform !== 'linux'
  }
}
