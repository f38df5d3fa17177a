import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { cacheFolder } from './cache-folder.ts'
import { resolveRef } from './git.ts'

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

const bin = fileURLToPath(new URL('../../site/bin/batchledger-site.ts', import.meta.url))

export interface BuiltSite {
  out: string
  kind: 'private' | 'public'
  runs: number
  datasets: number
  pages: number
  seconds: number
}

/** The site build ended with an exit code of its own; what it had to say stands on standard error already. */
export class SiteBuildError extends Error {
  override name = 'SiteBuildError'
  readonly exitCode: number

  constructor(exitCode: number) {
    super(`the site was not built (exit code ${exitCode})`)
    this.exitCode = exitCode
  }
}

/**
 * Builds a ledger's site by the site's own command, as a process of its own; the footer tells the commit the ledger
 * stands at. @throws SiteBuildError
 */
export async function buildSite(
  ledger: string,
  out: string,
  more: { kind?: string; base?: string; name?: string; repository?: string } = {},
): Promise<BuiltSite> {
  const commit = await resolveRef(ledger, 'HEAD').catch(() => undefined)
  const extra = Object.entries({ ...more, commit, cache: cacheFolder(process.env) }).flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name}`, value],
  )
  const child = spawn(process.execPath, [bin, 'build', '--ledger', ledger, '--out', out, '--json', ...extra], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const chunks: Buffer[] = []
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
  // it has folders with rows' words to remove, and we are to be there until it has
  const pass = (signal: NodeJS.Signals) => child.kill(signal)
  for (const signal of signals) process.on(signal, pass)
  const code = await new Promise<number>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (exitCode) => resolve(exitCode ?? 1))
  }).finally(() => {
    for (const signal of signals) process.off(signal, pass)
  })
  if (code !== 0) throw new SiteBuildError(code)
  return JSON.parse(Buffer.concat(chunks).toString('utf8')) as BuiltSite
}
