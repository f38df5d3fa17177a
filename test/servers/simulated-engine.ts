import { setTimeout as delay } from 'node:timers/promises'

export interface Work {
  promptTokens: number
  completionTokens: number
  /** how long the answer takes once it runs */
  milliseconds: number
}

export interface EngineFigures {
  running: number
  waiting: number
  promptTokens: number
  generationTokens: number
  answered: number
  slots: number
}

/**
 * The part of an engine that counts: at most `slots` requests run at once, the others wait in the order they came.
 * Answer tokens are counted as they come, in a straight line over the time that a request runs.
 */
export class SimulatedEngine {
  readonly #slots: number
  readonly #waiting: (() => void)[] = []
  readonly #running = new Map<Work, number>()
  #taken = 0
  #promptTokens = 0
  #generationTokens = 0
  #answered = 0

  constructor(slots: number) {
    this.#slots = slots
  }

  /** Settles when the answer is there. @throws the signal's reason; a request given up leaves the queue or its slot */
  async generate(work: Work, signal: AbortSignal): Promise<void> {
    await this.#takeSlot(signal)
    this.#running.set(work, performance.now())
    this.#promptTokens += work.promptTokens
    try {
      if (work.milliseconds > 0) await delay(work.milliseconds, undefined, { signal })
      signal.throwIfAborted()
      this.#answered++
      this.#generationTokens += work.completionTokens
    } catch (error) {
      this.#generationTokens += tokensSoFar(work, this.#running.get(work) ?? 0)
      throw error
    } finally {
      this.#running.delete(work)
      this.#taken--
      this.#waiting.shift()?.()
    }
  }

  figures(): EngineFigures {
    const underway = [...this.#running].reduce((sum, [work, since]) => sum + tokensSoFar(work, since), 0)
    return {
      running: this.#running.size,
      waiting: this.#waiting.length,
      promptTokens: this.#promptTokens,
      generationTokens: this.#generationTokens + underway,
      answered: this.#answered,
      slots: this.#slots,
    }
  }

  async #takeSlot(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted()
    if (this.#taken < this.#slots) {
      this.#taken++
      return
    }
    await new Promise<void>((resolve, reject) => {
      const enter = (): void => {
        signal.removeEventListener('abort', leave)
        this.#taken++
        resolve()
      }
      const leave = (): void => {
        this.#waiting.splice(this.#waiting.indexOf(enter), 1)
        reject(signal.reason as Error)
      }
      this.#waiting.push(enter)
      signal.addEventListener('abort', leave, { once: true })
    })
  }
}

function tokensSoFar({ completionTokens, milliseconds }: Work, since: number): number {
  if (milliseconds === 0) return completionTokens
  return Math.floor(completionTokens * Math.min(1, (performance.now() - since) / milliseconds))
}
