import { InterruptedRun } from '../run-batch/run-batch.ts'

/** Settles on SIGINT or SIGTERM. */
export function untilInterrupted(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGINT', () => resolve())
    process.once('SIGTERM', () => resolve())
  })
}

/**
 * Runs work that SIGINT or SIGTERM aborts; the first one lets it clean up, a second one ends the process as usual.
 * @throws InterruptedRun with this message when it was aborted, else what the work throws
 */
export async function untilAborted<T>(message: string, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController()
  const abort = (signal: NodeJS.Signals) => controller.abort(signal)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, abort)
  try {
    return await work(controller.signal)
  } catch (error) {
    if (controller.signal.aborted) throw new InterruptedRun(message, controller.signal.reason)
    throw error
  } finally {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, abort)
  }
}
