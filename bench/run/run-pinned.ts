import { execFileSync, spawn } from 'node:child_process'
import { availableParallelism } from 'node:os'

/** The client has a core of its own, and so has the server, where there are two and taskset is. */
const clientCore = '0'
const serverCore = '1'
const canPin = availableParallelism() > 1 && hasTaskset()

export interface Ended {
  /** from its start to its end */
  wallSeconds: number
  /** the last line of its standard output, parsed */
  told: unknown
}

/** Runs a program on the client's core. @throws Error with its standard error when it does not end well */
export async function runPinned(program: string, args: readonly string[]): Promise<Ended> {
  const [command, ...rest] = canPin ? ['taskset', '-c', clientCore, program, ...args] : [program, ...args]
  const begin = performance.now()
  const child = spawn(command ?? program, rest, { stdio: ['ignore', 'pipe', 'pipe'] })
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  const wallSeconds = (performance.now() - begin) / 1000
  if (code !== 0) throw new Error(`${program} ${args.join(' ')}: exit ${code}: ${stderr.trim()}`)
  return { wallSeconds, told: JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '') }
}

/** Puts a process that runs already on the server's core, all its threads. */
export function pinServer(pid: number): void {
  if (canPin) execFileSync('taskset', ['-acp', serverCore, String(pid)], { stdio: 'ignore' })
}

function hasTaskset(): boolean {
  try {
    execFileSync('taskset', ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
