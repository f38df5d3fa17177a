import { open, type FileHandle } from 'node:fs/promises'
import { ByteWriter, ParquetWriter, schemaFromColumnData } from 'hyparquet-writer'
import { formatCsvLine } from 'registry'
import type { ColumnValue, ExportColumn } from './export-columns.ts'
import type { ExportFormat } from './check-target.ts'

/** Takes an export's lines one by one into a new file. */
export interface ExportSink {
  write: (values: readonly ColumnValue[]) => Promise<void>
  /** what is held goes to the disk; the bytes of the file */
  finish: () => Promise<number>
  /** gives the file up; nothing when it was finished */
  close: () => Promise<void>
}

type Column = Pick<ExportColumn, 'name' | 'type'>

/** Text that is gathered before it is written. */
const chunkCharacters = 1 << 18
/** A row group ends at this many rows or characters of text, whichever comes first: so memory is flat. */
const groupRows = 20_000
const groupCharacters = 1 << 24

/** Opens a sink on a file that isn't there yet. @param mode the file's permissions */
export async function openSink(
  path: string,
  format: ExportFormat,
  columns: readonly Column[],
  mode: number,
): Promise<ExportSink> {
  const file = await open(path, 'wx', mode)
  if (format === 'parquet') return parquetSink(file, columns)
  const names = columns.map(({ name }) => name)
  return format === 'csv'
    ? textSink(file, formatCsvLine, formatCsvLine(names))
    : textSink(file, (values) => formatJsonLine(names, values))
}

function formatJsonLine(names: readonly string[], values: readonly ColumnValue[]): string {
  // what is undefined is left out
  return `${JSON.stringify(Object.fromEntries(names.map((name, index) => [name, values[index]])))}\n`
}

function textSink(file: FileHandle, format: (values: readonly ColumnValue[]) => string, start = ''): ExportSink {
  let held = start
  let bytes = 0
  const flush = async (): Promise<void> => {
    const data = Buffer.from(held)
    held = ''
    await writeAll(file, data)
    bytes += data.length
  }
  return {
    async write(values) {
      held += format(values)
      if (held.length >= chunkCharacters) await flush()
    },
    async finish() {
      await flush()
      await file.sync()
      return bytes
    },
    close: () => file.close(),
  }
}

function parquetSink(file: FileHandle, columns: readonly Column[]): ExportSink {
  const bytes = new ByteWriter()
  const flush = async (): Promise<void> => {
    await writeAll(file, new Uint8Array(bytes.buffer, 0, bytes.index))
    bytes.index = 0
  }
  const writer = new ParquetWriter({
    // the schema's types, with no data yet
    schema: schemaFromColumnData({ columnData: columns.map(({ name, type }) => ({ name, type, data: [] })) }),
    writer: Object.assign(bytes, { flush, finish: flush }),
    createdBy: 'batchledger',
  })
  let held: ParquetValue[][] = columns.map(() => [])
  let rows = 0
  let characters = 0
  const writeGroup = async (): Promise<void> => {
    const columnData = columns.map(({ name }, index) => ({ name, data: held[index] ?? [] }))
    await writer.write({ columnData, rowGroupSize: Math.max(rows, 1) })
    held = columns.map(() => [])
    rows = 0
    characters = 0
  }
  return {
    async write(values) {
      for (const [index, value] of values.entries()) {
        held[index]?.push(toParquet(value, columns[index]?.type))
        if (typeof value === 'string') characters += value.length
      }
      rows++
      if (rows >= groupRows || characters >= groupCharacters) await writeGroup()
    },
    async finish() {
      if (rows > 0) await writeGroup()
      await writer.finish()
      await file.sync()
      return bytes.offset
    },
    close: () => file.close(),
  }
}

type ParquetValue = string | number | boolean | bigint | undefined

function toParquet(value: ColumnValue, type: ExportColumn['type'] | undefined): ParquetValue {
  return type === 'INT64' && typeof value === 'number' ? BigInt(value) : value
}

async function writeAll(file: FileHandle, data: Uint8Array): Promise<void> {
  for (let at = 0; at < data.length;) at += (await file.write(data, at)).bytesWritten
}
