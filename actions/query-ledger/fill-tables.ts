import { scaleOf, type Rubric, type RunMeta } from 'registry'
import { readLabels, scanItems, type Ledger, type LedgerRun } from 'registry/node'
import type { DuckdbAppender, DuckdbConnection } from '../adapters/duckdb.ts'
import { datasetOf, type DatasetsAtHand } from '../export-results/datasets-at-hand.ts'
import { codeOf, recordText, repairedValue, rowStatus, usableValue } from '../export-results/export-columns.ts'
import { joinRun, type JoinedItem } from '../export-results/join-run.ts'
import { datasetIdOf } from '../export-results/select-runs.ts'
import { createTable, queryTables, type QueryTable, type SqlType, type TableRow } from './query-tables.ts'

export interface TableSource {
  ledger: Ledger
  runs: readonly LedgerRun[]
  hand: DatasetsAtHand
  /** catalog ids */
  datasets: readonly string[]
  /** aborts the filling */
  signal?: AbortSignal | undefined
}

/** What is held before it goes into the database: characters of text. */
const heldCharacters = 1 << 23

/**
 * Makes all tables and fills those that are wanted, row by row: one line of a file and some megabytes are held.
 * @returns faults of rows and labels, each as `path:line: finding`; such lines are left out
 */
export async function fillTables(
  connection: DuckdbConnection,
  wanted: ReadonlySet<QueryTable>,
  source: TableSource,
): Promise<string[]> {
  const problems: string[] = []
  for (const table of Object.keys(queryTables) as QueryTable[]) await connection.run(createTable(table))
  if (wanted.has('runs')) await fillRuns(connection, source)
  if (wanted.has('items')) await fillItems(connection, source)
  if (wanted.has('labels')) await fillLabels(connection, source, problems)
  if (wanted.has('rows') || wanted.has('verdicts')) await fillRows(connection, wanted, source, problems)
  return problems
}

async function fillRuns(connection: DuckdbConnection, { runs }: TableSource): Promise<void> {
  const table = await openTable(connection, 'runs')
  for (const { meta } of runs) table.add(runRow(meta))
  table.close()
}

function runRow(meta: RunMeta): TableRow<'runs'> {
  const { model, dataset, execution, results, files } = meta
  const energy = execution.segments.map((segment) => segment.energy_joules)
  return {
    ...results,
    run_id: meta.run_id,
    model: model.slug,
    model_name: model.name,
    dataset: datasetIdOf(meta),
    rubric: dataset.rubric,
    status: meta.status,
    failure: meta.failure?.message,
    started_at: execution.started_at,
    completed_at: execution.completed_at,
    duration_seconds: execution.duration_seconds,
    req_per_sec: execution.req_per_sec,
    engine: execution.engine.name,
    engine_version: execution.engine.version,
    host: execution.host?.name,
    concurrency: execution.concurrency,
    request_order: execution.order,
    temperature: execution.sampling?.temperature,
    seed: execution.sampling?.seed,
    max_tokens: execution.sampling?.max_tokens,
    // a part that nobody measured leaves the whole unmeasured
    energy_joules: energy.includes(undefined) ? undefined : energy.reduce((sum: number, joules = 0) => sum + joules, 0),
    privacy: dataset.privacy,
    dataset_sha256: dataset.sha256,
    prompt_sha256: dataset.prompt_sha256,
    source: meta.provenance.source,
    results_file: files.results,
    results_bytes: files.bytes.results,
  }
}

async function fillItems(connection: DuckdbConnection, { ledger, hand, datasets, signal }: TableSource): Promise<void> {
  const table = await openTable(connection, 'items')
  for (const id of datasets) {
    const dataset = hand.datasets.get(id)
    if (!dataset) continue
    const { title, facets = {} } = dataset.item ?? {}
    let position = 0
    for await (const item of scanItems(ledger.folder, dataset)) {
      signal?.throwIfAborted()
      // told when the dataset was checked
      if (item.problem !== undefined) continue
      const { customId, record } = item
      const named = Object.entries(facets).map(([name, pointer]) => [name, recordText(record, pointer)])
      table.add({
        dataset: id,
        custom_id: customId,
        position: position++,
        title: recordText(record, title),
        facets: JSON.stringify(Object.fromEntries(named)),
      })
    }
  }
  table.close()
}

async function fillLabels(connection: DuckdbConnection, source: TableSource, problems: string[]): Promise<void> {
  const table = await openTable(connection, 'labels')
  for (const id of source.datasets) {
    const dataset = source.ledger.catalog.datasets.get(id)
    if (!dataset) continue
    // whether the dataset holds an item is asked by a join
    const read = await readLabels(source.ledger.folder, dataset, undefined, { has: () => true })
    problems.push(...read.problems)
    for (const { value, ...label } of read.labels)
      table.add({
        ...label,
        dataset: id,
        value: String(value),
        value_number: typeof value === 'number' ? value : undefined,
      })
  }
  table.close()
}

async function fillRows(
  connection: DuckdbConnection,
  wanted: ReadonlySet<QueryTable>,
  { ledger, runs, hand, signal }: TableSource,
  problems: string[],
): Promise<void> {
  const rows = wanted.has('rows') ? await openTable(connection, 'rows') : undefined
  const verdicts = wanted.has('verdicts') ? await openTable(connection, 'verdicts') : undefined
  for (const run of runs) {
    const { meta } = run
    const rubric = meta.dataset.rubric === undefined ? undefined : ledger.catalog.rubrics.get(meta.dataset.rubric)
    const dataset = datasetOf(run, hand)
    const joined = { ledger: ledger.folder, meta, ...(rubric ? { rubric } : {}), ...(dataset ? { dataset } : {}) }
    for await (const item of joinRun(joined, problems)) {
      signal?.throwIfAborted()
      if (item.answer === undefined) continue
      rows?.add(rowOf(item, meta))
      if (verdicts && rubric) for (const verdict of verdictsOf(item, meta, rubric)) verdicts.add(verdict)
    }
  }
  rows?.close()
  verdicts?.close()
}

function rowOf(item: JoinedItem, meta: RunMeta): TableRow<'rows'> {
  const row = item.answer?.row
  return {
    ...identity(item, meta),
    status: rowStatus(item),
    error: row?.error?.message,
    http_status: row?.error?.status ?? row?.status,
    content: row?.content ?? undefined,
    prompt_tokens: row?.promptTokens,
    completion_tokens: row?.completionTokens,
    finish_reason: row?.finishReason,
  }
}

function* verdictsOf(item: JoinedItem, meta: RunMeta, rubric: Rubric): Generator<TableRow<'verdicts'>> {
  const verdicts = item.answer?.verdict?.fields ?? {}
  for (const [name, field] of Object.entries(rubric.fields)) {
    const verdict = verdicts[name]
    const value = usableValue(verdict)
    const repaired = repairedValue(verdict)
    yield {
      ...identity(item, meta),
      field: name,
      status: verdict?.status,
      value: value === undefined ? undefined : String(value),
      value_number: typeof value === 'number' ? value : undefined,
      code: codeOf(value, scaleOf(field)),
      repaired_value: repaired === undefined ? undefined : String(repaired),
      reasoning: verdict?.reasoning,
    }
  }
}

function identity({ customId, position }: JoinedItem, meta: RunMeta): TableRow<'rows' & 'verdicts'> {
  return { run_id: meta.run_id, model: meta.model.slug, dataset: datasetIdOf(meta), custom_id: customId, position }
}

async function openTable<T extends QueryTable>(
  connection: DuckdbConnection,
  table: T,
): Promise<{ add: (row: TableRow<T>) => void; close: () => void }> {
  const appender = await connection.createAppender(table)
  const columns = Object.entries(queryTables[table]) as [keyof TableRow<T>, SqlType][]
  let held = 0
  return {
    add(row) {
      for (const [name, type] of columns) held += append(appender, row[name], type)
      appender.endRow()
      if (held < heldCharacters) return
      appender.flushSync()
      held = 0
    },
    close: () => appender.closeSync(),
  }
}

/** @returns characters of text */
function append(appender: DuckdbAppender, value: string | number | boolean | undefined, type: SqlType): number {
  if (value === undefined) appender.appendNull()
  else if (typeof value === 'boolean') appender.appendBoolean(value)
  else if (typeof value === 'string') appender.appendVarchar(value)
  else if (type === 'DOUBLE') appender.appendDouble(value)
  else if (type === 'BIGINT') appender.appendBigInt(BigInt(value))
  else appender.appendInteger(value)
  return typeof value === 'string' ? value.length : 8
}
