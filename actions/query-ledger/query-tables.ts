/** How a column is stored; INTEGER and BIGINT values stand as numbers on our side. */
export type SqlType = 'VARCHAR' | 'INTEGER' | 'BIGINT' | 'DOUBLE' | 'BOOLEAN' | 'TIMESTAMP' | 'DATE' | 'JSON'

/** The tables a query can name, column → type. */
export const queryTables = {
  runs: {
    run_id: 'VARCHAR',
    model: 'VARCHAR',
    model_name: 'VARCHAR',
    dataset: 'VARCHAR',
    rubric: 'VARCHAR',
    status: 'VARCHAR',
    failure: 'VARCHAR',
    started_at: 'TIMESTAMP',
    completed_at: 'TIMESTAMP',
    duration_seconds: 'DOUBLE',
    req_per_sec: 'DOUBLE',
    engine: 'VARCHAR',
    engine_version: 'VARCHAR',
    host: 'VARCHAR',
    concurrency: 'INTEGER',
    request_order: 'VARCHAR',
    temperature: 'DOUBLE',
    seed: 'BIGINT',
    max_tokens: 'BIGINT',
    total: 'BIGINT',
    success: 'BIGINT',
    errors: 'BIGINT',
    missing: 'BIGINT',
    success_rate: 'DOUBLE',
    avg_prompt_tokens: 'DOUBLE',
    avg_completion_tokens: 'DOUBLE',
    energy_joules: 'DOUBLE',
    privacy: 'VARCHAR',
    dataset_sha256: 'VARCHAR',
    prompt_sha256: 'VARCHAR',
    source: 'VARCHAR',
    results_file: 'VARCHAR',
    results_bytes: 'BIGINT',
  },
  rows: {
    run_id: 'VARCHAR',
    model: 'VARCHAR',
    dataset: 'VARCHAR',
    custom_id: 'VARCHAR',
    position: 'INTEGER',
    status: 'VARCHAR',
    error: 'VARCHAR',
    http_status: 'BIGINT',
    content: 'VARCHAR',
    prompt_tokens: 'BIGINT',
    completion_tokens: 'BIGINT',
    finish_reason: 'VARCHAR',
  },
  verdicts: {
    run_id: 'VARCHAR',
    model: 'VARCHAR',
    dataset: 'VARCHAR',
    custom_id: 'VARCHAR',
    position: 'INTEGER',
    field: 'VARCHAR',
    status: 'VARCHAR',
    value: 'VARCHAR',
    value_number: 'DOUBLE',
    code: 'INTEGER',
    repaired_value: 'VARCHAR',
    reasoning: 'VARCHAR',
  },
  items: {
    dataset: 'VARCHAR',
    custom_id: 'VARCHAR',
    position: 'INTEGER',
    title: 'VARCHAR',
    facets: 'JSON',
  },
  labels: {
    dataset: 'VARCHAR',
    custom_id: 'VARCHAR',
    field: 'VARCHAR',
    value: 'VARCHAR',
    value_number: 'DOUBLE',
    rater: 'VARCHAR',
    date: 'DATE',
    selection: 'VARCHAR',
    prompt_sha256: 'VARCHAR',
    note: 'VARCHAR',
  },
} as const satisfies Record<string, Record<string, SqlType>>

export type QueryTable = keyof typeof queryTables

/** One row of a table; a column that is left out or undefined is NULL. */
export type TableRow<T extends QueryTable> = Partial<
  Record<keyof (typeof queryTables)[T], string | number | boolean | undefined>
>

/** The statement that makes a table. Pure. */
export function createTable(table: QueryTable): string {
  const columns = Object.entries(queryTables[table]).map(([name, type]) => `"${name}" ${type}`)
  return `CREATE TABLE ${table} (${columns.join(', ')})`
}
