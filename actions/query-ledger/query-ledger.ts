import { lstat, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { UserError } from 'registry'
import { listFolder, readLedger, type Ledger, type LedgerRun } from 'registry/node'
import { loadDuckdb, withDuckdb, type DuckdbConnection, type DuckdbResult } from '../adapters/duckdb.ts'
import { datasetsAtHand } from '../export-results/datasets-at-hand.ts'
import { absentRows } from '../export-results/export-results.ts'
import { datasetIdOf, selectRuns, type RunSelection } from '../export-results/select-runs.ts'
import { isPersonal } from '../verify-results/check-meta.ts'
import { fillTables } from './fill-tables.ts'
import { plainValue, type Plain } from './plain-value.ts'
import type { QueryTable } from './query-tables.ts'
import { readQuery } from './read-query.ts'

export interface QueryInputs {
  ledger: string
  sql: string
  /** the runs that fill the tables; all unless told */
  selection?: RunSelection
  /** rows of the result at most; all unless told */
  limit?: number
  /** the answer goes where others read it: rows of personal datasets are refused */
  toJobLog?: boolean
}

export interface QueryDeps {
  /** where DuckDB's tool folder lies */
  cache: string
  /** gets the result as it comes; columns before any row */
  onColumns: (columns: QueryColumn[]) => void
  onRows: (rows: Plain[][]) => Promise<void> | void
  signal?: AbortSignal
}

export interface QueryColumn {
  name: string
  /** as DuckDB calls it */
  type: string
}

export interface QueryOutcome {
  rows: number
  /** there are more rows than the limit */
  truncated: boolean
  /** lines left out and datasets that aren't here, each with its mend */
  warnings: string[]
}

/** What DuckDB may hold in memory while tables are filled, and while it answers; the rest goes to a temporary folder. */
const fillingMemory = '256MB'
const answeringMemory = '1GB'
/** The process's id follows, so that a later query can tell what a killed one left. */
const folderName = 'batchledger-query-'

/**
 * Answers one SELECT over the ledger's tables (see queryTables). Only the tables it names are filled, into a database in a
 * temporary folder for our user alone, which is then opened again read-only; both are closed to files, network and
 * extensions. Nothing of it is left when the query ends.
 * @throws UserError for SQL that fails or is more than a SELECT, rows that aren't here, or DuckDB missing
 */
export async function queryLedger(inputs: QueryInputs, deps: QueryDeps): Promise<QueryOutcome> {
  const duckdb = loadDuckdb(deps.cache)
  await removeLeftovers()
  const folder = await mkdtemp(join(tmpdir(), `${folderName}${process.pid}-`))
  const [path, spill] = [join(folder, 'ledger.duckdb'), join(folder, 'spill')]
  const filling = { memory: fillingMemory, spill, file: { path, to: 'fill' as const } }
  const answering = { memory: answeringMemory, spill, file: { path, to: 'read' as const } }
  try {
    const tables = await withDuckdb(duckdb, { memory: fillingMemory, spill }, (connection) =>
      readQuery(connection, inputs.sql),
    )
    const ledger = await readLedger(inputs.ledger)
    const runs = selectRuns(ledger, inputs.selection ?? {})
    await refuseRuns(inputs, ledger, runs, tables)
    const datasets = datasetsOf(ledger, runs, inputs.selection)
    const needsItems = tables.has('items') || tables.has('rows') || tables.has('verdicts')
    const hand = await datasetsAtHand(ledger, needsItems ? datasets : [])
    const source = { ledger, runs, hand, datasets, signal: deps.signal }
    const problems = await withDuckdb(duckdb, filling, (connection) => fillTables(connection, tables, source))
    const told = problems.length > 0 ? [`${problems.length} lines are faulty: batchledger verify tells more`] : []
    const answer = await withDuckdb(duckdb, answering, (connection) => answerQuery(connection, inputs, deps))
    return { ...answer, warnings: [...ledger.problems, ...hand.warnings, ...problems, ...told] }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Rows that a killed query left behind: folders of ours whose process is gone. */
async function removeLeftovers(): Promise<void> {
  for (const name of await listFolder(tmpdir())) {
    const pid = name.startsWith(folderName) ? /^\d+/.exec(name.slice(folderName.length))?.[0] : undefined
    if (pid === undefined || isAlive(Number(pid))) continue
    const path = join(tmpdir(), name)
    const found = await lstat(path).catch(() => undefined)
    if (found?.isDirectory() === true && found.uid === process.getuid?.())
      await rm(path, { recursive: true, force: true })
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH'
  }
}

async function refuseRuns(
  inputs: QueryInputs,
  ledger: Ledger,
  runs: readonly LedgerRun[],
  tables: ReadonlySet<QueryTable>,
): Promise<void> {
  const absent = tables.has('rows') || tables.has('verdicts') ? await absentRows(ledger.folder, runs) : []
  if (absent.length > 0)
    throw new UserError('rows are not here', [...absent, 'or name runs that are here with --runs or --dataset'])
  const onlyRuns = [...tables].every((table) => table === 'runs')
  const personal = runs.find(({ meta }) => isPersonal(meta, ledger.catalog))
  if (inputs.toJobLog === true && !onlyRuns && personal !== undefined)
    throw new UserError('the query was refused', [
      `${personal.meta.dataset.name}: is personal, and this is a job, whose log others read: ask about other datasets with --dataset, about the table runs only, or at a terminal`,
    ])
}

/** The selected runs' datasets; without a selection the catalog's others too. */
function datasetsOf(ledger: Ledger, runs: readonly LedgerRun[], selection: RunSelection = {}): string[] {
  const all = Object.values(selection).every((member) => member === undefined)
  return [...new Set([...runs.map(({ meta }) => datasetIdOf(meta)), ...(all ? ledger.catalog.datasets.keys() : [])])]
}

async function answerQuery(
  connection: DuckdbConnection,
  { sql, limit = Number.POSITIVE_INFINITY }: QueryInputs,
  { signal, onColumns, onRows }: QueryDeps,
): Promise<Omit<QueryOutcome, 'warnings'>> {
  signal?.throwIfAborted()
  const interrupt = () => connection.interrupt()
  signal?.addEventListener('abort', interrupt)
  try {
    const result = await asUserError(connection.stream(sql))
    const names = result.deduplicatedColumnNames()
    onColumns(names.map((name, index) => ({ name, type: result.columnType(index).toString() })))
    let rows = 0
    for await (const chunk of chunksOf(result)) {
      const kept = chunk.slice(0, limit - rows)
      rows += kept.length
      await onRows(kept.map((row) => row.map(plainValue)))
      if (kept.length < chunk.length) return { rows, truncated: true }
    }
    return { rows, truncated: false }
  } finally {
    signal?.removeEventListener('abort', interrupt)
  }
}

async function* chunksOf(result: DuckdbResult): AsyncGenerator<unknown[][]> {
  for (;;) {
    const chunk = await asUserError(result.fetchChunk())
    if (chunk === null || chunk.rowCount === 0) return
    yield chunk.getRows()
  }
}

/** What DuckDB says of a query is the asker's to mend. */
async function asUserError<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer
  } catch (error) {
    throw new UserError('the query failed', [
      `query: ${(error as Error).message.trim()}`,
      'batchledger query --help lists the tables and their columns',
    ])
  }
}
