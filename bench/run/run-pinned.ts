import { execFileSync } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { runProgram, type Ended } from '../run-program.ts'

/** The client has a core of its own, and so has the server, where there are two and taskset is. */
const clientCore = '0'
const serverCore = '1'
const canPin = availableParallelism() > 1 && hasTaskset()

/** Runs a program on the client's core. @throws Error with its standard error when it does not end well */
export function runPinned(program: string, args: readonly string[]): Promise<Ended> {
  return canPin ? runProgram('taskset', ['-c', clientCore, program, ...args]) : runProgram(program, args)
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
