import { hostname } from 'node:os'
import { join } from 'node:path'
import { UserError, maskMessage } from 'registry'
import { EngineError, type EngineInfo } from '../engines/engine.ts'
import type { BatchAnswer, BatchEngine } from '../engines/vllm-run-batch.ts'
import { compareFingerprints, fingerprintOf } from './fingerprint.ts'
import { Journal } from './journal.ts'
import { forgetEngine, noteEngine, reapEngine } from './reap-engine.ts'
import { readAnswer, rowLine } from './row-line.ts'
import type { SupervisedEnd, SupervisedRun } from './supervise-engine.ts'

/**
 * Asks everything that is still to be asked by one call of a batch program. No row counts before all have been answered,
 * so there is nothing to watch on the way: no canary, no brake, no restart.
 * @throws as superviseEngine
 */
export async function askAtOnce(
  { plan, folder, journal: state, deps, log }: SupervisedRun,
  engine: BatchEngine,
): Promise<SupervisedEnd> {
  const { customIds } = plan.source
  const left = [...plan.order].filter((position) => {
    const row = state.rows.get(customIds[position] ?? '')
    return row === undefined || row.is === 'retry'
  })
  let answered = plan.order.length - left.length
  if (left.length === 0 || deps.signal.aborted) return { answered }
  const orphan = await reapEngine(folder)
  if (orphan !== undefined) await log(`ended engine process ${orphan}, which an earlier start left behind`)
  deps.reporter.line(`${plan.runId}: ${left.length} rows by ${deps.engineName}; none is safe before all are answered`)
  const asked = new Set(left.map((position) => customIds[position] ?? ''))
  const requests = function* () {
    for (const position of left)
      yield { customId: customIds[position] ?? '', body: plan.source.text(position, engine.servedModel) }
  }
  const startedAt = new Date().toISOString()
  const answers: BatchAnswer[] = []
  let info: EngineInfo
  try {
    info = await engine.run(requests(), {
      signal: deps.signal,
      started: (pid) => noteEngine(folder, pid),
      answered: async (answer) => {
        if (asked.delete(answer.customId)) answers.push(answer)
        else await log('run-batch answered a row that was not asked; it is left out')
      },
    })
  } catch (error) {
    if (deps.signal.aborted) return { answered }
    if (!(error instanceof EngineError)) throw error
    return { answered, failure: { code: 'engine_died', message: maskMessage(error.message) } }
  } finally {
    await forgetEngine(folder)
  }
  const first = state.segments[0]?.engine
  const differences = first ? compareFingerprints(fingerprintOf(first), fingerprintOf(info)) : []
  if (differences.length > 0)
    throw new UserError(
      'the job can’t go on',
      differences.map((part) => `${plan.runId}: ${part}: bring that engine back, or start anew with --again`),
    )
  const journal = await Journal.open(join(folder, 'journal.jsonl'), state)
  try {
    const why = state.segments.length === 0 ? 'first' : 'resume'
    await journal.appendSegment({ host: hostname(), started_at: startedAt, sent_at: startedAt, why, engine: info })
    await Promise.all(
      answers.map(async ({ customId, ...answer }) => {
        const row = readAnswer(plan.runId, customId, answer)
        const mayRetry = answer.status === 429 || answer.status >= 500
        await journal.appendRow(rowLine(plan.runId, customId, answer), row, {
          tries: 1,
          is: row.ok ? 'ok' : mayRetry ? 'retry' : 'final',
        })
        deps.reporter.acknowledged?.(customId)
        answered++
      }),
    )
  } finally {
    await journal.close()
  }
  return { answered }
}
