import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { killGroup } from '../engines/kill-group.ts'
import { isSameProcess, readLock, ticksOf } from './job-lock.ts'

/** Where a run's folder notes the process group of its engine while it is up. */
const noteName = 'engine.pid'

/** Notes the engine's process group, so that whoever goes on can end it, should this process not live to do so. */
export async function noteEngine(folder: string, pid: number): Promise<void> {
  const { ticks } = await ticksOf(pid)
  await writeFile(join(folder, noteName), `${JSON.stringify({ pid, ...(ticks === undefined ? {} : { ticks }) })}\n`)
}

/** The engine was stopped as it should be. */
export async function forgetEngine(folder: string): Promise<void> {
  await rm(join(folder, noteName), { force: true })
}

/**
 * Ends an engine that an earlier process left behind: one that hung can't see that its parent is gone.
 * @returns its pid, when there was one
 */
export async function reapEngine(folder: string): Promise<number | undefined> {
  const pid = await notedEngine(folder)
  await forgetEngine(folder)
  if (pid !== undefined) killGroup(pid, 'SIGKILL')
  return pid
}

/** The pid of an engine that lives although nobody alive holds its run; undefined when there is none. Changes nothing. */
export async function findLeftEngine(folder: string): Promise<number | undefined> {
  const pid = await notedEngine(folder)
  return pid === undefined || (await readLock(folder)) ? undefined : pid
}

/** The noted engine's pid, if it is still that very process. */
async function notedEngine(folder: string): Promise<number | undefined> {
  const text = await readFile(join(folder, noteName), 'utf8').catch(() => undefined)
  if (text === undefined || !text.endsWith('\n')) return undefined
  const { pid, ticks } = JSON.parse(text) as { pid: number; ticks?: string }
  return ticks !== undefined && (await isSameProcess(pid, ticks)) ? pid : undefined
}
