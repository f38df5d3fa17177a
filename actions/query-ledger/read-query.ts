import { UserError } from 'registry'
import type { DuckdbConnection } from '../adapters/duckdb.ts'
import { queryTables, type QueryTable } from './query-tables.ts'

/** Table functions that only make rows; every other one could reach a file, a setting or a log. */
const harmless = new Set(['range', 'generate_series', 'unnest', 'repeat', 'repeat_row', 'json_each', 'json_tree'])

const isTable = (name: string): name is QueryTable => Object.hasOwn(queryTables, name)

/**
 * Which of our tables a query names, read out of DuckDB's own syntax tree (json_serialize_sql), so that only those are
 * filled. @throws UserError when it isn't exactly one SELECT, or calls a table function that does more than make rows
 */
export async function readQuery(connection: DuckdbConnection, sql: string): Promise<Set<QueryTable>> {
  const refuse = (...problems: string[]) => new UserError('the query was refused', problems)
  if (sql.includes('\0')) throw refuse('query: holds a NUL character: leave it out')
  const result = await connection.run(`SELECT json_serialize_sql('${sql.replaceAll("'", "''")}')`)
  const tree = JSON.parse(String((await result.fetchChunk())?.getRows()[0]?.[0])) as SyntaxTree
  if (tree.error)
    throw refuse(
      tree.error_type === 'not implemented'
        ? 'query: is not a SELECT, and a query only reads: expected SELECT …, WITH … SELECT, FROM …, DESCRIBE or SUMMARIZE (a PIVOT names its values: ON column IN (…))'
        : `query: ${tree.error_message}: mend the SQL; batchledger query --help lists the tables`,
    )
  if (tree.statements.length !== 1)
    throw refuse(`query: holds ${tree.statements.length} statements, expected one SELECT: ask one at a time`)
  const tables = new Set<QueryTable>()
  const problems: string[] = []
  walk(tree.statements, (node) => {
    const name = typeof node['table_name'] === 'string' ? node['table_name'].toLowerCase() : ''
    if (isTable(name)) tables.add(name)
    if (node['type'] !== 'TABLE_FUNCTION') return
    const called = (node['function'] as { function_name?: unknown } | undefined)?.function_name
    if (typeof called !== 'string' || !harmless.has(called.toLowerCase()))
      problems.push(
        `query: calls ${String(called)}(…) as a table, and a query reads the ledger only: expected a table of the ledger, or one of ${[...harmless].join(', ')}`,
      )
  })
  if (problems.length > 0) throw refuse(...problems)
  return tables
}

type SyntaxTree = { error: true; error_type: string; error_message: string } | { error: false; statements: unknown[] }

function walk(value: unknown, see: (node: Record<string, unknown>) => void): void {
  if (typeof value !== 'object' || value === null) return
  if (!Array.isArray(value)) see(value as Record<string, unknown>)
  for (const child of Object.values(value)) walk(child, see)
}
