import { readFile, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

export interface LockOwner {
  host: string
  pid: number
  /** start of that process in clock ticks since boot, where the system tells it: a reused pid is another process */
  ticks?: string
  /** the system's start that the process belongs to, where it is told */
  boot?: string
  since: string
}

const settleMs = 50
const beatMs = 10_000
/** A lock of another host that gave no sign for this long is given up. */
const staleMs = 60_000

/**
 * Takes a run's folder for this process. A lock whose process is gone is taken over; one of another host counts as held
 * while its file is touched. @returns the owner that holds it, when it is held
 */
export async function takeLock(folder: string): Promise<{ release: () => Promise<void> } | { heldBy: LockOwner }> {
  const path = join(folder, 'lock')
  const me: LockOwner = {
    host: hostname(),
    pid: process.pid,
    ...(await ticksOf(process.pid)),
    ...(await bootOf()),
    since: new Date().toISOString(),
  }
  const text = `${JSON.stringify(me)}\n`
  for (;;) {
    try {
      await writeFile(path, text, { flag: 'wx' })
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      const owner = await readLock(folder)
      if (owner) return { heldBy: owner }
      await rm(path, { force: true })
      continue
    }
    // two that find a dead owner at once may each remove the other's lock: whose lock stands in the end has it
    await delay(settleMs)
    if ((await readFile(path, 'utf8').catch(() => '')) === text) break
  }
  const beat = setInterval(() => void utimes(path, new Date(), new Date()).catch(() => undefined), beatMs)
  beat.unref()
  return {
    async release() {
      clearInterval(beat)
      await rm(path, { force: true })
    },
  }
}

/** Takes a folder's lock, waiting for whoever holds it for a moment. @throws when it is held for longer than 30 s */
export async function waitForLock(folder: string): Promise<{ release: () => Promise<void> }> {
  const until = Date.now() + 30_000
  for (;;) {
    const lock = await takeLock(folder)
    if (!('heldBy' in lock)) return lock
    if (Date.now() > until) throw new Error(`${folder}: process ${lock.heldBy.pid} holds its lock for more than 30 s`)
    await delay(settleMs)
  }
}

/** Who holds a run's folder, or undefined when nobody alive does. */
export async function readLock(folder: string): Promise<LockOwner | undefined> {
  const path = join(folder, 'lock')
  let owner: LockOwner
  try {
    owner = JSON.parse(await readFile(path, 'utf8')) as LockOwner
  } catch {
    // half written by a process that died at it, or just gone
    return undefined
  }
  if (owner.host === hostname()) return (await isAlive(owner)) ? owner : undefined
  const touched = await stat(path).catch(() => undefined)
  return touched && Date.now() - touched.mtimeMs < staleMs ? owner : undefined
}

async function isAlive({ pid, ticks, boot }: LockOwner): Promise<boolean> {
  // another user's process can't be told from ours by its ticks where a service hides it (ProtectProc=)
  const now = await bootOf()
  if (boot !== undefined && now.boot !== undefined && boot !== now.boot) return false
  try {
    process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
  return ticks === undefined || isSameProcess(pid, ticks)
}

async function bootOf(): Promise<{ boot?: string }> {
  const boot = (await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => '')).trim()
  return boot === '' ? {} : { boot }
}

/** The process is alive and is the one that started at these ticks. */
export async function isSameProcess(pid: number, ticks: string): Promise<boolean> {
  const now = await ticksOf(pid)
  return now.ticks === ticks && !now.ended
}

/** Source: proc(5); the fields after the name, which may hold spaces, start with the state; starttime is the 22nd. */
export async function ticksOf(pid: number): Promise<{ ticks?: string; ended?: true }> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  const ticks = fields[19]
  return { ...(ticks ? { ticks } : {}), ...(fields[0] === 'Z' ? { ended: true } : {}) }
}
