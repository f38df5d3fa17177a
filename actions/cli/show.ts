import type { Command } from 'commander'
import { UserError, type RunMeta } from 'registry'
import { readLedger } from 'registry/node'
import { formatTable } from './format-table.ts'
import { findLedger, withLedger, type LedgerOptions } from './options.ts'
import { runVerb } from './verb.ts'

export function addShow(program: Command): void {
  withLedger(program.command('show <run>'))
    .description('one run: what ran, what came of it, why rows failed')
    .addHelpText(
      'after',
      '\nWith --json the run’s whole meta.\n\nExample:\n  $ batchledger show RUN --json | jq .results',
    )
    .action((runId: string, options: LedgerOptions) =>
      runVerb(options, async () => {
        const folder = await findLedger(options)
        const { runs, problems } = await readLedger(folder)
        const found = runs.find(({ meta }) => meta.run_id === runId)
        if (!found)
          throw new UserError('no such run', [
            `${JSON.stringify(runId)} is not in ${folder}: batchledger list shows the runs`,
            ...problems,
          ])
        return { json: found.meta, text: describeRun(found.meta) }
      }),
    )
}

function describeRun(meta: RunMeta): string {
  const { execution, results } = meta
  const reason = meta.failure ? ` (${meta.failure.message})` : ''
  const rows = [
    ['run', meta.run_id],
    ['status', meta.status + reason],
    ['model', `${meta.model.name} (${meta.model.id})`],
    ['dataset', `${meta.dataset.name}, ${meta.dataset.count} rows`],
    ['rubric', meta.dataset.rubric ?? 'none'],
    ['engine', `${execution.engine.name} ${execution.engine.version ?? ''}`.trim()],
    ['command', execution.command ?? '–'],
    ['started', execution.started_at],
    ['requests in flight', `${execution.duration_seconds ?? '–'} s, ${execution.req_per_sec?.toFixed(2) ?? '–'} req/s`],
    ['rows', `${results.success} ok + ${results.errors} errors + ${results.missing} missing = ${results.total}`],
    ['tokens a row', `${results.avg_prompt_tokens ?? '–'} prompt, ${results.avg_completion_tokens ?? '–'} output`],
    ...results.error_causes.map((cause) => [
      'error',
      `${cause.count} × ${cause.status ?? 'no answer'}: ${cause.message}`,
    ]),
    ...(meta.provenance.source === 'measured' ? [] : [['source', meta.provenance.source]]),
    ...meta.provenance.conflicts.map(({ field, claimed, observed }) => [
      'conflict',
      `${field}: claimed ${JSON.stringify(claimed)}, observed ${JSON.stringify(observed)}`,
    ]),
    ['results', `${meta.files.results} (${meta.files.bytes.results} bytes)`],
  ]
  return formatTable(rows)
}
