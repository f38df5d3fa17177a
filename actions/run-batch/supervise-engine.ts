import { join } from 'node:path'
import { hostname } from 'node:os'
import { UserError, maskMessage } from 'registry'
import { EngineError, type Engine, type EngineInfo, type StartedEngine } from '../engines/engine.ts'
import { Brakes } from './brakes.ts'
import { putCanaryFirst } from './canary.ts'
import type { RunFailure } from './describe-run.ts'
import { dispatch, type DispatchOutcome } from './dispatch.ts'
import { checkLengths } from './check-lengths.ts'
import { compareFingerprints, fingerprintOf } from './fingerprint.ts'
import { Journal, type JournalState, type SegmentStart } from './journal.ts'
import type { RunPlan } from './plan-run.ts'
import { forgetEngine, noteEngine, reapEngine } from './reap-engine.ts'
import { RequestQueue, type Turn } from './request-queue.ts'
import { readAnswer, rowLine, type Answer } from './row-line.ts'
import type { RunDeps } from './run-batch.ts'

export interface SupervisedRun {
  plan: RunPlan
  folder: string
  /** what earlier starts left */
  journal: JournalState
  engineLog: string
  deps: RunDeps
  log: (text: string) => Promise<void>
}

export interface SupervisedEnd {
  /** rows with an answer, those of earlier starts included */
  answered: number
  /** why it can't go on; absent when every row was asked, or when it was interrupted */
  failure?: RunFailure
}

/** A row that kills the engine this often on its own becomes an error row. */
const killsPerRow = 2

/**
 * Brings the engine up and asks what is still to be asked. An engine that dies or hangs is started again; the rows that
 * were in flight are then replayed one at a time, so that a row which kills it is found and set aside.
 * @throws UserError when the engine isn't the one the journal was started with, or what the journal throws
 */
export async function superviseEngine(run: SupervisedRun): Promise<SupervisedEnd> {
  return new Supervisor(run).run()
}

class Supervisor {
  readonly #run: SupervisedRun
  readonly #queue: RequestQueue
  readonly #canary: ReadonlySet<number>
  readonly #brakes: Brakes
  readonly #kills = new Map<number, number>()
  readonly #total: number
  /** positions that this start asks for */
  readonly #left: Uint32Array
  #answered: number
  readonly #session = { answered: 0, failed: 0, promptTokens: 0, completionTokens: 0, since: 0 }
  #restarts = 0
  /** the engine of the journal's first answers: every later one is held against it */
  #first: EngineInfo | undefined
  #model: string | undefined

  constructor(run: SupervisedRun) {
    this.#run = run
    const { plan, journal, deps } = run
    const { customIds, sizes } = plan.source
    const left = plan.order.filter((position) => {
      const row = journal.rows.get(customIds[position] ?? '')
      return row === undefined || row.is === 'retry'
    })
    // rows that were answered well are a better canary than any
    const proved = [...journal.rows.values()].some((row) => row.is === 'ok')
    const { order, canary } = proved ? { order: left, canary: 0 } : putCanaryFirst(left, sizes, customIds, plan.groups)
    this.#left = left
    this.#queue = new RequestQueue(order)
    this.#canary = new Set(order.subarray(0, canary))
    this.#brakes = new Brakes(deps.limits, plan.rubric, canary, plan.dataset.privacy)
    this.#total = plan.order.length
    this.#answered = plan.order.length - left.length
  }

  async run(): Promise<SupervisedEnd> {
    if (this.#queue.isEmpty) return { answered: this.#answered }
    const { folder, journal: state } = this.#run
    const journal = await Journal.open(join(folder, 'journal.jsonl'), state)
    try {
      return await this.#starts(journal)
    } finally {
      await journal.close()
    }
  }

  async #starts(journal: Journal): Promise<SupervisedEnd> {
    const { plan, deps, engineLog, log } = this.#run
    const engine = await deps.createEngine(plan, engineLog)
    for (
      let why: SegmentStart['why'] = this.#run.journal.segments.length === 0 ? 'first' : 'resume';
      ;
      why = 'restart'
    ) {
      let outcome: DispatchOutcome
      try {
        const up = await this.#bringUp(engine, why)
        if (!up) return this.#end()
        outcome = await this.#segment(journal, up, why)
      } catch (error) {
        // after the first start an engine that doesn't come up again is a failed run, whoever says so
        const failed = error instanceof EngineError || (error instanceof UserError && why === 'restart')
        if (!failed) throw error
        const code = why === 'restart' ? 'engine_lost' : 'engine_start_failed'
        return this.#end({ code, message: maskMessage(error.message) })
      } finally {
        await engine.stop()
        await forgetEngine(this.#run.folder)
      }
      if (outcome.kind === 'done' || outcome.kind === 'interrupted') return this.#end()
      if (outcome.kind === 'braked') {
        const { code, message } = this.#brakes.pulled ?? { code: 'braked', message: outcome.reason ?? '' }
        return this.#end({ code, message })
      }
      await log(`engine ${outcome.kind}: ${outcome.reason ?? ''}; ${outcome.unanswered.length} rows were in flight`)
      deps.reporter.line(`engine ${outcome.kind}: ${outcome.reason ?? ''}`)
      if (++this.#restarts > deps.limits.maxRestarts)
        return this.#end({
          code: `engine_${outcome.kind}`,
          message: maskMessage(outcome.reason ?? 'the engine failed'),
        })
      await this.#setAside(journal, outcome)
    }
  }

  async #bringUp(engine: Engine, why: SegmentStart['why']) {
    const { plan, deps, log, journal } = this.#run
    deps.reporter.line(`${why === 'restart' ? 'restarting' : 'starting'} ${deps.engineName} with ${plan.model.name}`)
    const startedAt = deps.now()
    const begin = performance.now()
    const left = await reapEngine(this.#run.folder)
    if (left !== undefined) await log(`ended engine process ${left}, which an earlier start left behind`)
    const started = await startUnlessAborted(engine, deps.signal)
    if (!started) return undefined
    if (started.pid !== undefined) await noteEngine(this.#run.folder, started.pid)
    const loadSeconds = Math.round(performance.now() - begin) / 1000
    await log(`engine ${started.info.name} ${started.info.version ?? ''} ready in ${loadSeconds} s`)
    this.#first ??= journal.segments[0]?.engine ?? started.info
    const differences = compareFingerprints(fingerprintOf(this.#first), fingerprintOf(started.info))
    if (differences.length > 0)
      throw new UserError(
        'the job can’t go on',
        differences.map((part) => `${plan.runId}: ${part}: bring that engine back, or start anew with --again`),
      )
    await this.#checkLengths(started)
    return { started, startedAt, loadSeconds }
  }

  async #segment(
    journal: Journal,
    { started, startedAt, loadSeconds }: { started: StartedEngine; startedAt: Date; loadSeconds: number },
    why: SegmentStart['why'],
  ): Promise<DispatchOutcome> {
    const { plan, deps } = this.#run
    await journal.appendSegment({
      host: hostname(),
      started_at: startedAt.toISOString(),
      sent_at: new Date().toISOString(),
      load_seconds: loadSeconds,
      why,
      engine: started.info,
    })
    deps.reporter.line(`${plan.runId}: ${this.#total - this.#answered} rows to go, ${plan.concurrency} in flight`)
    this.#session.since ||= performance.now()
    const endMeasure = await started.measure?.()
    const outcome = await dispatch({
      engine: started,
      queue: this.#queue,
      body: (position) => plan.source.text(position, started.info.servedModel),
      concurrency: plan.concurrency,
      isHeld: () => this.#brakes.canaryIsOut && this.#queue.taken >= this.#canary.size,
      limits: deps.limits,
      ...(deps.apiKey === undefined ? {} : { apiKey: deps.apiKey }),
      signal: deps.signal,
      onAnswer: (turn, answer, mayRetry) => this.#record(journal, turn, answer, mayRetry),
      brake: () => this.#brakes.pulled?.message,
    })
    if (endMeasure) await journal.appendMeasures(await endMeasure())
    return outcome
  }

  /** Rows that can't fit are told before one is sent; when none fits there is nothing to run. */
  async #checkLengths(started: StartedEngine): Promise<void> {
    const { plan, deps, log } = this.#run
    const { problems, warnings } = await checkLengths(started, plan, this.#left)
    for (const warning of warnings) {
      deps.reporter.line(`warning: ${warning}`)
      await log(`warning: ${warning}`)
    }
    if (problems.length > 0) throw new UserError('the run can’t start', problems)
  }

  async #record(journal: Journal, turn: Turn, answer: Answer, mayRetry: boolean): Promise<void> {
    const { plan, deps } = this.#run
    const customId = plan.source.customIds[turn.position] ?? ''
    const line = rowLine(plan.runId, customId, answer)
    const row = readAnswer(plan.runId, customId, answer)
    this.#model ??= row.model
    if (row.model !== undefined && row.model !== this.#model) {
      // the rest would be another model's run; this row isn't kept and stays to be asked
      this.#brakes.pull({ code: 'engine_changed', message: `answers came from ${this.#model}, then from ${row.model}` })
      return
    }
    await journal.appendRow(line, row, { tries: turn.tries, is: row.ok ? 'ok' : mayRetry ? 'retry' : 'final' })
    deps.reporter.acknowledged?.(customId)
    this.#brakes.add(row, this.#canary.has(turn.position))
    this.#answered++
    const session = this.#session
    session.answered++
    if (!row.ok) session.failed++
    session.promptTokens += row.promptTokens ?? 0
    session.completionTokens += row.completionTokens ?? 0
    deps.reporter.progress({
      total: this.#total,
      done: this.#answered,
      ...session,
      seconds: (performance.now() - session.since) / 1000,
    })
  }

  /** Rows that were in flight when the engine failed are replayed alone; one that killed it alone twice is an error row. */
  async #setAside(journal: Journal, outcome: DispatchOutcome): Promise<void> {
    const [position] = outcome.unanswered
    if (!outcome.alone || position === undefined) return this.#queue.replayAlone(outcome.unanswered)
    const kills = (this.#kills.get(position) ?? 0) + 1
    this.#kills.set(position, kills)
    if (kills < killsPerRow) return this.#queue.replayAlone([position])
    await this.#record(journal, { position, tries: 1 }, { failure: 'the engine failed twice on this row alone' }, false)
    this.#restarts -= killsPerRow
  }

  #end(failure?: RunFailure): SupervisedEnd {
    return { answered: this.#answered, ...(failure ? { failure } : {}) }
  }
}

/** Loading takes minutes: an interruption doesn't wait for it. Undefined when it came first. */
async function startUnlessAborted(engine: Engine, signal: AbortSignal): Promise<StartedEngine | undefined> {
  if (signal.aborted) return undefined
  const starting = engine.start()
  // an engine that is stopped while it starts says so; nobody is interested any more
  starting.catch(() => undefined)
  const aborted = new Promise<undefined>((resolve) =>
    signal.addEventListener('abort', () => resolve(undefined), { once: true }),
  )
  return Promise.race([starting, aborted])
}
