import { rmSync } from 'node:fs'
import { constants } from 'node:os'

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/**
 * Removes folders when a signal ends this process: `finally` isn't reached then, and what a build keeps for its own use
 * holds rows' words, a public one's too. @returns ends the watch
 */
export function removeWhenEnded(folders: readonly string[]): () => void {
  const end = (signal: (typeof signals)[number]) => {
    for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
    process.exit(128 + constants.signals[signal])
  }
  for (const signal of signals) process.on(signal, end)
  return () => {
    for (const signal of signals) process.off(signal, end)
  }
}
