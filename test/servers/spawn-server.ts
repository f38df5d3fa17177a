import { spawn, type ChildProcess } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { ReadyLine, ServerProcessConfig } from './vllm-server-process.ts'

export interface SpawnedServer extends AsyncDisposable {
  baseUrl: string
  port: number
  pid: number
  child: ChildProcess
  /** how it ended; never rejects */
  exited: Promise<string>
  /** by SIGKILL, whatever state it is in; settles once it is gone */
  kill(): Promise<void>
}

/**
 * Starts vllm-server-process.ts in a process group of its own.
 * @param giveUp kills one that is still coming up @throws Error with its stderr when it does not come up
 */
export function spawnVllmServer(config: ServerProcessConfig, giveUp?: AbortSignal): Promise<SpawnedServer> {
  return spawnServer('vllm-server-process.ts', [JSON.stringify(config)], giveUp)
}

/** Starts instant-server.ts: every answer is the same, `bytes` long (2,500 unless told). */
export function spawnInstantServer(bytes = 2500): Promise<SpawnedServer> {
  return spawnServer('instant-server.ts', [String(bytes)])
}

async function spawnServer(file: string, args: readonly string[], giveUp?: AbortSignal): Promise<SpawnedServer> {
  const program = fileURLToPath(new URL(file, import.meta.url))
  const child = spawn(process.execPath, [program, ...args], { stdio: ['pipe', 'pipe', 'pipe'], detached: true })
  let stderr = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  const exited = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(`could not be started: ${error.message}`))
    child.once('close', (code, signal) => resolve(signal === null ? `ended with code ${code}` : `ended by ${signal}`))
  })
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL')
    await exited
  }
  const abandon = (): void => void child.kill('SIGKILL')
  giveUp?.addEventListener('abort', abandon, { once: true })
  const ready = await Promise.race([firstLine(child), exited.then(() => undefined)])
  giveUp?.removeEventListener('abort', abandon)
  if (ready === undefined) throw new Error(`${file} ${await exited}: ${stderr.trim()}`)
  const { port, pid } = JSON.parse(ready) as ReadyLine
  return { baseUrl: `http://127.0.0.1:${port}/v1`, port, pid, child, exited, kill, [Symbol.asyncDispose]: kill }
}

async function firstLine(child: ChildProcess): Promise<string | undefined> {
  if (child.stdout === null) return undefined
  for await (const line of createInterface({ input: child.stdout })) return line
  return undefined
}
