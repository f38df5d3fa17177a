export interface Turn {
  position: number
  /** which try this is, from 1 */
  tries: number
}

/**
 * What is still to be asked: rows to replay alone come first, then retries whose time has come, then the order itself.
 * Knows nothing of requests in flight; who takes a row gives its outcome.
 */
export class RequestQueue {
  readonly #order: Uint32Array
  #next = 0
  readonly #alone: number[] = []
  readonly #retries: (Turn & { notBefore: number })[] = []

  constructor(order: Uint32Array) {
    this.#order = order
  }

  get isEmpty(): boolean {
    return this.#next >= this.#order.length && this.#alone.length === 0 && this.#retries.length === 0
  }

  /** Rows wait to be replayed one at a time. */
  get wantsSingles(): boolean {
    return this.#alone.length > 0
  }

  /** Rows that wait for another try. */
  get retrying(): number {
    return this.#retries.length
  }

  /** Rows of the order that were taken so far. */
  get taken(): number {
    return this.#next
  }

  /**
   * The next row to ask, or how long to wait for one in milliseconds, or undefined when nothing is left for now.
   * @param held only rows to replay and retries are given, the order waits
   */
  take(now: number, held: boolean): Turn | { waitMs: number } | undefined {
    const alone = this.#alone.shift()
    if (alone !== undefined) return { position: alone, tries: 1 }
    const due = this.#retries.findIndex(({ notBefore }) => notBefore <= now)
    if (due !== -1) {
      const [{ position, tries } = { position: -1, tries: 0 }] = this.#retries.splice(due, 1)
      return { position, tries }
    }
    const position = held ? undefined : this.#order[this.#next]
    if (position !== undefined) {
      this.#next++
      return { position, tries: 1 }
    }
    if (this.#retries.length === 0) return undefined
    let soonest = Number.POSITIVE_INFINITY
    for (const { notBefore } of this.#retries) soonest = Math.min(soonest, notBefore)
    return { waitMs: Math.max(1, soonest - now) }
  }

  /** @param tries of the coming turn @param notBefore milliseconds since 1970 */
  retry(position: number, tries: number, notBefore: number): void {
    this.#retries.push({ position, tries, notBefore })
  }

  /** Rows that were in flight when the engine failed: one of them may have been the cause. */
  replayAlone(positions: readonly number[]): void {
    this.#alone.push(...positions)
  }
}

/**
 * Full-jitter exponential back-off in milliseconds (Brooker, "Exponential Backoff And Jitter", AWS 2015), or what the
 * server asks by Retry-After (seconds or an HTTP date, RFC 9110 §10.2.3), whichever is longer; at most five minutes.
 */
export function backoff(
  tries: number,
  baseMs: number,
  retryAfter: string | undefined,
  now: number,
  random: number,
): number {
  const capped = Math.min(30_000, baseMs * 2 ** (tries - 1))
  const asked =
    retryAfter === undefined ? 0 : /^\d+$/.test(retryAfter) ? Number(retryAfter) * 1000 : Date.parse(retryAfter) - now
  return Math.min(300_000, Math.max(capped * random, Number.isNaN(asked) ? 0 : asked))
}
