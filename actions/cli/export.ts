import { Option, type Command } from 'commander'
import { formatBytes, formatCount } from 'registry'
import type { ExportFormat } from '../export-results/check-target.ts'
import { exportResults } from '../export-results/export-results.ts'
import { findLedger, parseList, withLedger, type LedgerOptions } from './options.ts'
import { untilAborted } from './until-interrupted.ts'
import { runVerb } from './verb.ts'

interface ExportOptions extends LedgerOptions {
  dataset: string
  runs?: string[]
  models?: string[]
  format: ExportFormat
  out: string
  force?: boolean
}

export function addExport(program: Command): void {
  withLedger(program.command('export'))
    .description("write runs of a dataset with their verdicts, joined with the dataset's items, for other tools")
    .requiredOption('--dataset <id>', 'the dataset')
    .option(
      '--runs <ids>',
      'these runs, with commas between (default: the newest completed run of each model)',
      parseList,
    )
    .option('--models <slugs>', 'the runs of these models only, with commas between', parseList)
    .addOption(
      new Option('--format <format>', 'csv, json (a JSON object a line) or parquet')
        .choices(['csv', 'json', 'parquet'])
        .default('csv'),
    )
    .requiredOption('--out <path>', 'csv, json: a file, or a folder for it; parquet: a folder')
    .option('--force', 'replace what an earlier export left there')
    .addHelpText(
      'after',
      `
A line for each item and run: dataset, model, run_id, rubric, custom_id, position, title, facet_…, status (missing where
the run has no row), then for each field of the rubric verdict_F (usable verdicts only), repaired_F (what took a repair to
read), status_F, code_F (the place in the scale, from 0), reasoning_F; then content, finish_reason, tokens, error.

csv: UTF-8, RFC 4180, CRLF. Text that starts with = + - @, a tab or a line break gets an apostrophe before it, so that no
spreadsheet takes it for a formula; NUL becomes ␀. json and parquet hold text as it is.
parquet: DIR/dataset=…/model=…/part-0.parquet, which most tools read as one table with the columns dataset and model.

Personal rows go to this machine only (or to a host under allow_hosts.export in registry/policy.yaml), never where Git
would take them along; the files are for their owner alone. The target appears whole or not at all.

Examples:
  $ batchledger export --dataset synthetic_tickets_30 --out /tmp/tickets.csv
  $ batchledger export --dataset synthetic_tickets_30 --format parquet --out /tmp/verdicts
  $ duckdb -c "SELECT model, status, count(*) FROM '/tmp/verdicts/**/*.parquet' GROUP BY ALL"`,
    )
    .action((options: ExportOptions) =>
      runVerb(options, async () => {
        const { dataset, runs, models, format, out, force = false } = options
        const selection = { dataset, ...(runs ? { runs } : {}), ...(models ? { models } : {}) }
        const ledger = await findLedger(options)
        const outcome = await untilAborted('the export was interrupted; nothing was written', (signal) =>
          exportResults({ ledger, selection, format, out, force }, signal),
        )
        for (const warning of outcome.warnings) process.stderr.write(`warning: ${warning}\n`)
        const missing = outcome.missing === 0 ? '' : ` (${formatCount(outcome.missing)} missing)`
        return {
          json: outcome,
          text: [
            ...outcome.files.map(
              ({ path, rows, bytes }) => `${path}: ${formatCount(rows)} rows, ${formatBytes(bytes)}`,
            ),
            `${outcome.runs.length} runs, ${formatCount(outcome.rows)} rows${missing}`,
          ].join('\n'),
        }
      }),
    )
}
