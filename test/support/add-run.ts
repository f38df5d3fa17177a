import { cp } from 'node:fs/promises'
import { join } from 'node:path'
import type { RunOutcome } from '../../actions/run-batch/run-batch.ts'
import { startVllmProtocolServer } from '../servers/vllm-protocol-server.ts'
import type { TestLedger } from './make-ledger.ts'
import { runTestBatch, type TestRun } from './run-test-batch.ts'

const levels = ['No', 'Maybe', 'Yes']

/** A real run over the test ledger, its bundle laid into results/ as a merge would. Verdicts vary by item and salt. */
export async function addRun(
  ledger: TestLedger,
  run: TestRun & { salt?: number; at?: string } = {},
): Promise<RunOutcome> {
  await using server = await startVllmProtocolServer({
    answer: (body) => {
      const years = Number(/years\\?":(\d+)/.exec(JSON.stringify(body))?.[1] ?? 0)
      return JSON.stringify({
        recommendation: { value: levels[(years + (run.salt ?? 0)) % levels.length], reasoning: 'years' },
      })
    },
  })
  const at = run.at === undefined ? {} : { now: () => new Date(run.at ?? '') }
  const outcome = await runTestBatch(ledger, {
    ...run,
    baseUrl: server.baseUrl,
    deps: { ...at, again: true, ...run.deps },
  })
  await cp(outcome.folder, ledger.folder, { recursive: true })
  return outcome
}

export function pathIn(ledger: TestLedger, path: string): string {
  return join(ledger.folder, path)
}
