import { readdirSync, readFileSync } from 'node:fs'
import type { Browser } from 'playwright-core'
import { launchBrowser } from '../../site/test/launch-browser.ts'

/** Linux counts processor time in hundredths of a second (USER_HZ). */
const ticks = 100

export interface OpenBrowser extends AsyncDisposable {
  browser: Browser
  /** processor time of all its processes so far; there is no other child */
  cpuSeconds: () => number
}

/** Chromium, by itself. */
export async function openBrowser(): Promise<OpenBrowser> {
  const browser = await launchBrowser()
  return { browser, cpuSeconds: cpuOfChildren, [Symbol.asyncDispose]: () => browser.close() }
}

/** Processor time of all processes that come from this one. Source: proc_pid_stat(5), fields 4, 14 and 15. */
function cpuOfChildren(): number {
  const processes = new Map<number, { parent: number; seconds: number }>()
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    const fields = readStat(name)
    if (fields)
      processes.set(Number(name), {
        parent: Number(fields[1]),
        seconds: (Number(fields[11]) + Number(fields[12])) / ticks,
      })
  }
  const isOurs = (pid: number): boolean => {
    const parent = processes.get(pid)?.parent
    return parent === process.pid || (parent !== undefined && isOurs(parent))
  }
  let seconds = 0
  for (const [pid, found] of processes) if (isOurs(pid)) seconds += found.seconds
  return seconds
}

/** What follows the command's name; a process may have ended meanwhile. */
function readStat(pid: string): string[] | undefined {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ')
  } catch {
    return undefined
  }
}
