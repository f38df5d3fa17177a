import { once } from 'node:events'
import type { Command } from 'commander'
import { formatCsvLine, neutraliseLog, type CsvCell } from 'registry'
import { cacheFolder } from '../adapters/cache-folder.ts'
import type { Plain } from '../query-ledger/plain-value.ts'
import { queryLedger, type QueryColumn, type QueryOutcome } from '../query-ledger/query-ledger.ts'
import { queryTables } from '../query-ledger/query-tables.ts'
import { isJobRunner } from './create-run-deps.ts'
import { formatTable } from './format-table.ts'
import { findLedger, parseList, parseNatural, withLedger, type LedgerOptions } from './options.ts'
import { untilAborted } from './until-interrupted.ts'
import { runVerb, type VerbResult } from './verb.ts'

interface QueryOptions extends LedgerOptions {
  dataset?: string
  runs?: string[]
  models?: string[]
  csv?: boolean
  limit?: number
}

/** Rows that a table or a JSON object gets unless told. */
const defaultLimit = 1000
const widestCell = 80

export function addQuery(program: Command): void {
  withLedger(program.command('query <sql>'))
    .description('answer a SELECT over the ledger, through DuckDB; it only reads')
    .option('--dataset <id>', 'fill the tables with runs of this dataset only')
    .option('--runs <ids>', 'with these runs only, with commas between', parseList)
    .option('--models <slugs>', 'with runs of these models only, with commas between', parseList)
    .option('--csv', 'the answer as CSV, in which no cell can be a formula (as export writes it)')
    .option(
      '--limit <n>',
      `rows of the answer at most, 0 for all (default: ${defaultLimit}, with --csv all)`,
      parseNatural,
    )
    .addHelpText(
      'after',
      `
Tables:
${Object.entries(queryTables)
  .map(([name, columns]) => wrap(`  ${name.padEnd(9)}`, Object.keys(columns).join(', ')))
  .join('\n')}

status: of a row as the rubric reads it (ok, ok_extracted, repaired, …, request_error), of a run completed, partial or failed.
value: a usable verdict as text; what took a repair to read stands in repaired_value, and coalesce(value, repaired_value)
has both. code: the value's place in its scale, from 0. facets: JSON (facets->>'name'). Items a run has no row for are in
items, not in rows. Only the tables a query names are filled; it can reach no file, no network and no extension.
DuckDB is got once with: batchledger fetch --duckdb

Examples:
  $ batchledger query "SELECT model, status, count(*) n FROM rows GROUP BY ALL ORDER BY ALL"
  $ batchledger query --dataset synthetic_tickets_30 "SELECT model, l.value AS label, v.value AS verdict, count(*) AS n
      FROM labels l JOIN verdicts v USING (dataset, custom_id, field) GROUP BY ALL ORDER BY ALL"
  $ batchledger query --csv "FROM runs ORDER BY started_at" > runs.csv`,
    )
    .action((sql: string, options: QueryOptions) =>
      runVerb(options, async () => {
        const result = await untilAborted('the query was interrupted', (signal) => ask(sql, options, signal))
        for (const warning of result.warnings) process.stderr.write(neutraliseLog(`warning: ${warning}\n`))
        return result
      }),
    )
}

async function ask(
  sql: string,
  options: QueryOptions,
  signal: AbortSignal,
): Promise<VerbResult & Pick<QueryOutcome, 'warnings'>> {
  const { dataset, runs, models, csv = false, limit = csv ? 0 : defaultLimit } = options
  const toStream = csv && options.json !== true
  let columns: QueryColumn[] = []
  const rows: Plain[][] = []
  const outcome = await queryLedger(
    {
      ledger: await findLedger(options),
      sql,
      selection: {
        ...(dataset === undefined ? {} : { dataset }),
        ...(runs ? { runs } : {}),
        ...(models ? { models } : {}),
      },
      ...(limit === 0 ? {} : { limit }),
      toJobLog: isJobRunner(process.env),
    },
    {
      cache: cacheFolder(process.env),
      signal,
      onColumns: (found) => {
        columns = found
        if (toStream) process.stdout.write(csvText(formatCsvLine(found.map(({ name }) => name))))
      },
      onRows: async (found) => {
        if (!toStream) rows.push(...found)
        else if (!process.stdout.write(csvText(found.map((row) => formatCsvLine(row.map(csvCell))).join(''))))
          await once(process.stdout, 'drain')
      },
    },
  )
  const { truncated, warnings } = outcome
  const names = columns.map(({ name }) => name)
  if (truncated) warnings.push(`the answer has more than ${outcome.rows} rows: --limit 0 gives all`)
  return {
    json: {
      columns,
      rows: rows.map((row) => Object.fromEntries(names.map((name, index) => [name, row[index] ?? null]))),
      truncated,
      warnings,
    },
    text: toStream ? '' : tableText(columns, rows),
    warnings,
  }
}

/** What a terminal shows must not steer it; a file or a pipe gets the bytes as they are. */
function csvText(text: string): string {
  return process.stdout.isTTY ? neutraliseLog(text) : text
}

function csvCell(value: Plain): CsvCell {
  if (value === null) return undefined
  return typeof value === 'object' ? JSON.stringify(value) : value
}

function tableText(columns: readonly QueryColumn[], rows: readonly Plain[][]): string {
  const isNumber = /^(U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER|DOUBLE|FLOAT|DECIMAL.*)$/
  const right = columns.flatMap(({ type }, index) => (isNumber.test(type) ? [index] : []))
  const table = [columns.map(({ name }) => name), ...rows.map((row) => row.map(tableCell))]
  return formatTable(
    table.map((row) => row.map((cell) => neutraliseLog(cell))),
    right,
  )
}

function tableCell(value: Plain): string {
  if (value === null) return ''
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value)
  const line = text.replaceAll(/\r\n?|\n/g, '⏎').replaceAll('\t', ' ')
  return line.length > widestCell ? `${line.slice(0, widestCell - 1)}…` : line
}

/** A heading and names with commas between, on lines that a terminal holds. */
function wrap(heading: string, names: string): string {
  const lines: string[] = []
  let line = heading
  for (const word of names.split(' ')) {
    if (line.length + word.length > 118) {
      lines.push(line)
      line = ' '.repeat(heading.length)
    }
    line += ` ${word}`
  }
  return [...lines, line].join('\n')
}
