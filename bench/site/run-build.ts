import { fileURLToPath } from 'node:url'
import { runProgram } from '../run-program.ts'

export interface Built {
  /** from the process's start to its end */
  seconds: number
  cpuSeconds: number
  peakBytes: number
  pages: number
}

const program = fileURLToPath(new URL('build-process.ts', import.meta.url))

/** Builds a site in a process of its own. @throws Error with what it said when it does not end well */
export async function runBuild(ledger: string, out: string, cache?: string): Promise<Built> {
  const args = [program, ledger, out, ...(cache === undefined ? [] : [cache])]
  const { wallSeconds, told } = await runProgram(process.execPath, args)
  return { ...(told as Omit<Built, 'seconds'>), seconds: wallSeconds }
}
