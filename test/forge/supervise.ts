import { spawn } from 'node:child_process'
import { openSync } from 'node:fs'
import { endMarked, markName } from './end-marked.ts'

/** Given as JSON in the first argument. */
export interface Supervised {
  mark: string
  program: string
  args: readonly string[]
  cwd: string
  env: Record<string, string>
  log: string
  /** it ends after this, whatever happens */
  capSeconds: number
}

// Runs one program and ends it, with all it started, when the parent goes: the parent holds the other end of stdin.
const config = JSON.parse(process.argv[2] ?? '{}') as Supervised
const log = openSync(config.log, 'a')
const child = spawn(config.program, config.args, {
  cwd: config.cwd,
  env: { ...config.env, [markName]: config.mark },
  stdio: ['ignore', log, log],
  detached: true,
})
const ended = new Promise<void>((resolve) => {
  child.once('error', () => resolve())
  child.once('exit', () => resolve())
})

let ending = false
async function end(): Promise<void> {
  if (ending) return
  ending = true
  child.kill('SIGTERM')
  await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 3000))])
  endMarked(config.mark)
  process.exit(child.exitCode ?? 1)
}

process.stdin.resume().on('end', () => void end())
process.stdin.on('error', () => void end())
process.on('SIGTERM', () => void end())
process.on('SIGINT', () => undefined)
setTimeout(() => void end(), config.capSeconds * 1000)
void ended.then(end)
