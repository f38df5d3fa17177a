import { spawn } from 'node:child_process'

export interface Ended {
  /** from its start to its end */
  wallSeconds: number
  /** the last line of its standard output, parsed */
  told: unknown
}

/** Runs a program to its end. @throws Error with the end of its standard error when it does not end well */
export async function runProgram(program: string, args: readonly string[]): Promise<Ended> {
  const begin = performance.now()
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  const wallSeconds = (performance.now() - begin) / 1000
  if (code !== 0) throw new Error(`${program} ${args.join(' ')}: exit ${code}: ${stderr.trim().slice(-4000)}`)
  return { wallSeconds, told: JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '') }
}
