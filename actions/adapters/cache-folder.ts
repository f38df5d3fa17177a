import { homedir } from 'node:os'
import { isAbsolute, join } from 'node:path'
import type { Weights } from 'registry'

/** The embedded engine's package, pinned; its folder's name carries the version. */
export const llamaCppPackage = { name: 'node-llama-cpp', version: '3.22.1' }

/** DuckDB's package, pinned; what `batchledger query` asks. */
export const duckdbPackage = { name: '@duckdb/node-api', version: '1.5.6-r.1' }

/**
 * What can be fetched again lies here: BATCHLEDGER_CACHE, else XDG_CACHE_HOME/batchledger, else ~/.cache/batchledger.
 * A relative XDG_CACHE_HOME is ignored, as the XDG base directory specification asks.
 */
export function cacheFolder(env: NodeJS.ProcessEnv): string {
  if (env['BATCHLEDGER_CACHE']) return env['BATCHLEDGER_CACHE']
  const xdg = env['XDG_CACHE_HOME'] ?? ''
  return join(isAbsolute(xdg) ? xdg : join(homedir(), '.cache'), 'batchledger')
}

/** Where weights of this digest lie, whether they are there or not. */
export function weightsPath(cache: string, weights: Pick<Weights, 'sha256' | 'file'>): string {
  return join(cache, 'weights', weights.sha256, weights.file)
}

/** The tool folder of the embedded engine, whether it is there or not. */
export function llamaCppFolder(cache: string): string {
  return join(cache, 'tools', `${llamaCppPackage.name}-${llamaCppPackage.version}`)
}

/** The tool folder of DuckDB, whether it is there or not. */
export function duckdbFolder(cache: string): string {
  return join(cache, 'tools', `duckdb-${duckdbPackage.version}`)
}
