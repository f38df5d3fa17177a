import type { Command } from 'commander'
import type { RunMeta } from 'registry'
import { readLedger } from 'registry/node'
import { findLedger, withLedger, type LedgerOptions } from './options.ts'
import { formatTable } from './format-table.ts'
import { runVerb } from './verb.ts'

export function addList(program: Command): void {
  withLedger(program.command('list'))
    .description("the ledger's runs, newest first")
    .addHelpText('after', '\nExample:\n  $ batchledger list --ledger examples/ledger')
    .action((options: LedgerOptions) =>
      runVerb(options, async () => {
        const ledger = await readLedger(await findLedger(options))
        for (const problem of ledger.problems) process.stderr.write(`warning: ${problem}\n`)
        return {
          json: { runs: ledger.runs.map(({ meta }) => listedRun(meta)), problems: ledger.problems },
          text:
            ledger.runs.length === 0
              ? 'no runs yet: make one with batchledger run'
              : runTable(ledger.runs.map(({ meta }) => meta)),
        }
      }),
    )
}

function listedRun(meta: RunMeta): object {
  return {
    run_id: meta.run_id,
    status: meta.status,
    ...(meta.failure ? { failure: meta.failure } : {}),
    model: meta.model.slug,
    dataset: meta.dataset.name,
    ...(meta.dataset.rubric === undefined ? {} : { rubric: meta.dataset.rubric }),
    engine: meta.execution.engine.name,
    started_at: meta.execution.started_at,
    total: meta.results.total,
    success: meta.results.success,
    errors: meta.results.errors,
    missing: meta.results.missing,
    ...(meta.execution.req_per_sec === undefined ? {} : { req_per_sec: meta.execution.req_per_sec }),
  }
}

function runTable(metas: readonly RunMeta[]): string {
  const heading = ['run', 'status', 'rows', 'success %', 'req/s', 'engine']
  const rows = metas.map(({ run_id: runId, status, results, execution }) => [
    runId,
    status,
    String(results.total),
    results.success_rate?.toFixed(1) ?? '–',
    execution.req_per_sec?.toFixed(2) ?? '–',
    execution.engine.name,
  ])
  return formatTable([heading, ...rows], [2, 3, 4])
}
