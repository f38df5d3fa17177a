import { readFileSync, readdirSync } from 'node:fs'

/** In the environment of everything a forge test starts, and so of everything those start in turn. */
export const markName = 'BATCHLEDGER_FORGE_TEST'

/** Processes that inherited a mark that starts so, whatever group they moved to and whoever their parent is now. */
export function listMarked(mark: string): number[] {
  const found: number[] = []
  for (const name of readdirSync('/proc')) {
    const pid = Number(name)
    if (!Number.isInteger(pid) || pid === process.pid) continue
    try {
      const environment = readFileSync(`/proc/${pid}/environ`, 'latin1').split('\0')
      if (environment.some((entry) => entry.startsWith(`${markName}=${mark}`))) found.push(pid)
    } catch {
      // it ended while we looked, or is another user's
    }
  }
  return found
}

/** A process's command line; empty when it has ended. */
export function readCommand(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim()
  } catch {
    return ''
  }
}

/** Kills them all, those included that are started meanwhile. */
export function endMarked(mark: string): number {
  let ended = 0
  for (let round = 0; round < 20; round++) {
    const pids = listMarked(mark)
    if (pids.length === 0) break
    for (const pid of pids)
      try {
        process.kill(pid, 'SIGKILL')
        ended++
      } catch {
        // it ended by itself
      }
  }
  return ended
}
