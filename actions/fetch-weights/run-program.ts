import { spawn } from 'node:child_process'

/**
 * Runs a program to its end without a shell; its standard output is dropped.
 * @throws Error with what it last said on stderr when it can't be started or its exit code is not 0
 */
export async function runProgram(
  program: string,
  args: readonly string[],
  options: { cwd: string; env: NodeJS.ProcessEnv },
): Promise<void> {
  const child = spawn(program, args, { ...options, stdio: ['ignore', 'ignore', 'pipe'] })
  const said: string[] = []
  child.stderr.setEncoding('utf8').on('data', (text: string) => said.push(text))
  const code = await new Promise<number | string>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (exitCode, signal) => resolve(exitCode ?? signal ?? 'unknown'))
  })
  if (code === 0) return
  const lines = said.join('').trim().split('\n').slice(-4)
  throw new Error(`${program} ended with ${code}: ${lines.map((line) => line.trim()).join(' ')}`)
}
