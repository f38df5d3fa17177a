import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

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
  const begin = performance.now()
  const child = spawn(process.execPath, [program, ledger, out, ...(cache === undefined ? [] : [cache])], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  if (code !== 0) throw new Error(`the build ended with ${code}: ${stderr.slice(-2000)}`)
  const told = JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '') as Omit<Built, 'seconds'>
  return { ...told, seconds: (performance.now() - begin) / 1000 }
}
