import { createRequire } from 'node:module'
import { join } from 'node:path'
import { UserError } from 'registry'
import { duckdbFolder, duckdbPackage } from './cache-folder.ts'

/** The part of @duckdb/node-api that we use; the package is no dependency of ours, so its types aren't here. */
export interface Duckdb {
  DuckDBInstance: { create: (path: string, options: Record<string, string>) => Promise<DuckdbInstance> }
}

interface DuckdbInstance {
  connect: () => Promise<DuckdbConnection>
  closeSync: () => void
}

export interface DuckdbConnection {
  run: (sql: string) => Promise<DuckdbResult>
  /** the result is computed as it is fetched */
  stream: (sql: string) => Promise<DuckdbResult>
  createAppender: (table: string) => Promise<DuckdbAppender>
  interrupt: () => void
  closeSync: () => void
}

export interface DuckdbResult {
  columnCount: number
  deduplicatedColumnNames: () => string[]
  columnType: (index: number) => { toString: () => string }
  /** null or no rows: the end */
  fetchChunk: () => Promise<{ rowCount: number; getRows: () => unknown[][] } | null>
}

export interface DuckdbAppender {
  appendVarchar: (value: string) => void
  appendInteger: (value: number) => void
  appendBigInt: (value: bigint) => void
  appendDouble: (value: number) => void
  appendBoolean: (value: boolean) => void
  appendNull: () => void
  endRow: () => void
  flushSync: () => void
  closeSync: () => void
}

/**
 * DuckDB out of its tool folder in the cache, else out of a node_modules that this program can see.
 * @throws UserError with the command that installs it
 */
export function loadDuckdb(cache: string): Duckdb {
  const folder = duckdbFolder(cache)
  for (const from of [join(folder, 'package.json'), import.meta.url]) {
    const require = createRequire(from)
    try {
      require.resolve(duckdbPackage.name)
    } catch {
      continue
    }
    try {
      return require(duckdbPackage.name) as Duckdb
    } catch (error) {
      throw new UserError('DuckDB can’t be loaded', [
        `${from}: ${(error as Error).message.split('\n')[0]}: remove ${folder} and get it again with: batchledger fetch --duckdb`,
      ])
    }
  }
  throw new UserError('DuckDB is not installed', [
    `${folder}: no ${duckdbPackage.name} there, and queries need it; get it (about 70 MB) with: batchledger fetch --duckdb`,
  ])
}

export interface DuckdbOptions {
  /** what the database may hold in memory, e.g. 256MB */
  memory: string
  /** a folder for what doesn't fit */
  spill: string
  /** a database file to make and fill, or to read; without one all stays in memory */
  file?: { path: string; to: 'fill' | 'read' }
}

/**
 * A row group's rows in a file that is filled (DuckDB's own 122,880 take hundreds of megabytes to compress where answers
 * are long; a multiple of 2,048 is asked).
 */
const rowGroup = 8192

/**
 * Opens a database that is closed to other files, the network, extensions and changes of these settings, hands its one
 * connection to the work, and closes both.
 */
export async function withDuckdb<T>(
  duckdb: Duckdb,
  options: DuckdbOptions,
  work: (connection: DuckdbConnection) => Promise<T>,
): Promise<T> {
  const { file, memory, spill } = options
  const instance = await duckdb.DuckDBInstance.create(file?.to === 'read' ? file.path : ':memory:', {
    ...(file?.to === 'read' ? { access_mode: 'READ_ONLY' } : {}),
    // a closed database takes no temporary folder any more
    temp_directory: spill,
    memory_limit: memory,
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    allow_community_extensions: 'false',
    ...(file?.to === 'fill' ? {} : { enable_external_access: 'false', lock_configuration: 'true' }),
  })
  try {
    const connection = await instance.connect()
    try {
      if (file?.to === 'fill') await attachToFill(connection, file.path)
      return await work(connection)
    } finally {
      connection.closeSync()
    }
  } finally {
    instance.closeSync()
  }
}

/** Only an attached file takes a row group's size; then the door is closed too. */
async function attachToFill(connection: DuckdbConnection, path: string): Promise<void> {
  await connection.run(`ATTACH '${path.replaceAll("'", "''")}' AS filled (ROW_GROUP_SIZE ${rowGroup})`)
  for (const step of ['USE filled', 'SET enable_external_access = false', 'SET lock_configuration = true'])
    await connection.run(step)
}
