import { readFileSync } from 'node:fs'

/** The most memory this process ever had resident. Source: VmHWM of proc_pid_status(5). */
export function peakBytes(): number {
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]) * 1024
}
