import { setTimeout as delay } from 'node:timers/promises'
import { Agent, request } from 'undici'
import type { StartedEngine } from '../engines/engine.ts'
import { ask, type Asked, type Question } from './ask.ts'
import { nextLimit, readGauges } from './engine-gauges.ts'
import { backoff, type RequestQueue, type Turn } from './request-queue.ts'
import type { Answer } from './row-line.ts'

export interface DispatchLimits {
  /** no whole answer within this time is a failed try, in milliseconds */
  requestTimeoutMs: number
  /** tries a row, the first included */
  maxTries: number
  /** no finished row and no new token for this long: the engine hangs */
  hangTimeoutMs: number
  /** rows in flight may still be answered for this long after an interruption */
  graceMs: number
  /** first step of the back-off between tries */
  backoffMs: number
}

export interface DispatchInputs {
  engine: StartedEngine
  queue: RequestQueue
  /** the final body of a row as JSON, `model` included */
  body(position: number): string
  /** requests in flight, at most */
  concurrency: number
  /** the canary's rows are out: the rest of the order waits for their answers */
  isHeld(): boolean
  limits: DispatchLimits
  apiKey?: string
  signal: AbortSignal
  /** called once for each row's last answer; `mayRetry`: asking again later may mend it */
  onAnswer(turn: Turn, answer: Answer, mayRetry: boolean): Promise<void>
  /** asked after each answer: a reason to stop */
  brake(): string | undefined
}

export interface DispatchOutcome {
  /** done: every row of the queue has its answer */
  kind: 'done' | 'died' | 'hung' | 'braked' | 'interrupted'
  reason?: string
  /** rows that were in flight when it ended, unanswered */
  unanswered: number[]
  /** it ended while one row was replayed alone */
  alone: boolean
}

const pollMs = 500
const healthPatienceMs = 60_000

/**
 * Sends the queue's rows with a bounded number in flight until all are answered, the engine fails, a brake is pulled or
 * the signal is aborted. 4xx is final; 429, 5xx, broken connections, timeouts and answers that are no JSON are tried
 * again with back-off. @throws what onAnswer throws, when nothing is in flight any more
 */
export async function dispatch(inputs: DispatchInputs): Promise<DispatchOutcome> {
  return new Dispatch(inputs).run()
}

class Dispatch {
  readonly #in: DispatchInputs
  readonly #url: URL
  readonly #agent: Agent
  readonly #inFlight = new Map<number, { question: Question; since: number; timedOut: boolean }>()
  readonly #unanswered: number[] = []
  #writing = 0
  #limit: number
  #alone = false
  #lastProgress = Date.now()
  #generated: number | undefined
  #health: Promise<boolean> | undefined
  #stop: { kind: DispatchOutcome['kind']; reason?: string } | undefined
  #error: { error: unknown } | undefined
  #wake: NodeJS.Timeout | undefined
  #polling = false
  #pausedUntil = 0
  #finish: () => void = () => undefined

  constructor(inputs: DispatchInputs) {
    this.#in = inputs
    this.#url = new URL(`${inputs.engine.baseUrl}/chat/completions`)
    this.#limit = inputs.concurrency
    this.#agent = new Agent({ connections: inputs.concurrency, headersTimeout: 0, bodyTimeout: 0 })
  }

  async run(): Promise<DispatchOutcome> {
    const finished = new Promise<void>((resolve) => (this.#finish = resolve))
    void this.#in.engine.died.then((reason) => this.#end('died', reason))
    const interrupt = () => this.#interrupt()
    if (this.#in.signal.aborted) interrupt()
    this.#in.signal.addEventListener('abort', interrupt, { once: true })
    const poll = setInterval(() => void this.#poll(), Math.min(pollMs, this.#in.limits.hangTimeoutMs / 4))
    this.#pump()
    await finished
    clearInterval(poll)
    clearTimeout(this.#wake)
    this.#in.signal.removeEventListener('abort', interrupt)
    await this.#agent.destroy()
    if (this.#error) throw this.#error.error
    const unanswered = this.#unanswered
    // whatever happened at the very end: a queue that is empty has been answered
    if (unanswered.length === 0 && this.#in.queue.isEmpty && this.#stop?.kind !== 'braked')
      return { kind: 'done', unanswered, alone: false }
    return { kind: 'done', ...this.#stop, unanswered, alone: this.#alone }
  }

  /** Sends what may be sent now, or ends when there is nothing left to wait for. */
  #pump(): void {
    clearTimeout(this.#wake)
    const { queue, concurrency } = this.#in
    while (!this.#stop && this.#writing < 4 * concurrency + 64) {
      if (this.#alone && this.#inFlight.size === 0) this.#alone = false
      if (this.#alone || this.#inFlight.size >= this.#limit) break
      // a row is alone when nothing else is in flight, from its sending to its answer
      if (queue.wantsSingles && this.#inFlight.size > 0) break
      const single = queue.wantsSingles
      const turn = queue.take(Date.now(), this.#isHeld())
      if (turn === undefined) break
      if ('waitMs' in turn) {
        this.#wake = setTimeout(() => this.#pump(), turn.waitMs)
        break
      }
      this.#alone = single
      void this.#send(turn)
    }
    if (this.#inFlight.size > 0 || this.#writing > 0) return
    if (this.#stop || this.#in.queue.isEmpty) this.#finish()
  }

  async #send(turn: Turn): Promise<void> {
    try {
      const { apiKey } = this.#in
      const question = ask(this.#url, this.#in.body(turn.position), {
        dispatcher: this.#agent,
        ...(apiKey === undefined ? {} : { apiKey }),
      })
      const flight = { question, since: Date.now(), timedOut: false }
      if (this.#inFlight.size === 0) this.#lastProgress = flight.since
      this.#inFlight.set(turn.position, flight)
      await this.#settle(turn, await question.asked, flight.timedOut)
    } catch (error) {
      this.#error ??= { error }
      this.#end('interrupted')
    } finally {
      this.#inFlight.delete(turn.position)
      this.#pump()
    }
  }

  async #settle(turn: Turn, asked: Asked, timedOut: boolean): Promise<void> {
    const { limits } = this.#in
    if (asked.kind === 'answer') {
      this.#lastProgress = Date.now()
      const { status } = asked.answer
      const mayRetry = status === 429 || status >= 500 || (status === 200 && asked.answer.json === undefined)
      if (!mayRetry || turn.tries >= limits.maxTries) return this.#answer(turn, asked.answer, mayRetry)
      return this.#retry(turn, asked.retryAfter)
    }
    if (timedOut) {
      if (turn.tries < limits.maxTries) return this.#retry(turn)
      return this.#answer(turn, { failure: `no answer within ${limits.requestTimeoutMs / 1000} s` }, true)
    }
    if (asked.kind === 'lost' && !this.#stop) {
      // a dying engine resets its connections just before its process is seen to end
      const died = await Promise.race([this.#in.engine.died.then(() => true), delay(100, false)])
      if (!died && !this.#stop && (await this.#isHealthy())) {
        if (turn.tries < limits.maxTries) return this.#retry(turn)
        return this.#answer(turn, { failure: asked.failure }, true)
      }
    }
    this.#unanswered.push(turn.position)
  }

  /** The order waits while the server asked for a pause, and while many rows wait for another try. */
  #isHeld(): boolean {
    const { queue, concurrency } = this.#in
    return this.#in.isHeld() || Date.now() < this.#pausedUntil || queue.retrying >= 4 * concurrency + 64
  }

  #retry({ position, tries }: Turn, retryAfter?: string): void {
    const now = Date.now()
    const wait = backoff(tries, this.#in.limits.backoffMs, retryAfter, now, Math.random())
    if (retryAfter !== undefined) this.#pausedUntil = Math.max(this.#pausedUntil, now + wait)
    this.#in.queue.retry(position, tries + 1, now + wait)
  }

  /** The slot is free as soon as the answer is here; the journal's sync goes on beside the next requests. */
  #answer(turn: Turn, answer: Answer, mayRetry: boolean): void {
    this.#writing++
    this.#in
      .onAnswer(turn, answer, mayRetry)
      .then(() => {
        const reason = this.#in.brake()
        if (reason !== undefined) this.#end('braked', reason)
      })
      .catch((error: unknown) => {
        this.#error ??= { error }
        this.#end('interrupted')
      })
      .finally(() => {
        this.#writing--
        this.#pump()
      })
  }

  /** One probe for all whose connections broke: the rows wait, and burn no tries on an engine that is away. */
  #isHealthy(): Promise<boolean> {
    this.#health ??= this.#probe().finally(() => {
      this.#health = undefined
    })
    return this.#health
  }

  async #probe(): Promise<boolean> {
    const until = Date.now() + Math.min(healthPatienceMs, this.#in.limits.hangTimeoutMs)
    for (let wait = 50; !this.#stop; wait = Math.min(2000, wait * 2)) {
      try {
        const response = await request(`${this.#in.engine.baseUrl}/models`, { signal: AbortSignal.timeout(2000) })
        await response.body.dump()
        if (response.statusCode < 500) return true
      } catch {
        // not there yet
      }
      if (Date.now() > until) {
        this.#end('died', 'the engine can’t be reached any more')
        return false
      }
      await delay(wait)
    }
    return false
  }

  async #poll(): Promise<void> {
    if (this.#polling) return
    this.#polling = true
    try {
      await this.#look()
    } finally {
      this.#polling = false
    }
  }

  async #look(): Promise<void> {
    const now = Date.now()
    for (const flight of this.#inFlight.values())
      if (now - flight.since > this.#in.limits.requestTimeoutMs) {
        flight.timedOut = true
        flight.question.abort()
      }
    if (this.#stop || this.#inFlight.size === 0) return
    const gauges = await readGauges(this.#in.engine.baseUrl)
    if (gauges.generated !== undefined && gauges.generated !== this.#generated) {
      this.#generated = gauges.generated
      this.#lastProgress = Date.now()
    }
    const { waiting } = gauges
    if (waiting !== undefined)
      this.#limit = nextLimit({
        inFlight: this.#inFlight.size,
        waiting,
        limit: this.#limit,
        most: this.#in.concurrency,
      })
    if (this.#inFlight.size > 0 && Date.now() - this.#lastProgress > this.#in.limits.hangTimeoutMs)
      this.#end('hung', `no finished row and no new token for ${this.#in.limits.hangTimeoutMs / 1000} s`)
    else this.#pump()
  }

  #interrupt(): void {
    if (this.#stop) return
    this.#stop = { kind: 'interrupted' }
    const abort = setTimeout(() => this.#abortAll(), this.#in.limits.graceMs)
    abort.unref()
    this.#pump()
  }

  #end(kind: DispatchOutcome['kind'], reason?: string): void {
    if (this.#stop) return
    this.#stop = { kind, ...(reason === undefined ? {} : { reason }) }
    this.#abortAll()
    this.#pump()
  }

  #abortAll(): void {
    for (const { question } of this.#inFlight.values()) question.abort()
  }
}
