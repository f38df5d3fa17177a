import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { parseRow, type ParsedRow } from '../rows/parse-row.ts'

/**
 * One row of a run by its place in the file, as run columns give it. Undefined where no row stands there.
 * @param offset byte of the line's start @param length its bytes
 */
export async function readRowAt(
  ledger: string,
  path: string,
  offset: number,
  length: number,
): Promise<ParsedRow | undefined> {
  await using file = await open(join(ledger, path))
  const line = Buffer.alloc(length)
  const { bytesRead } = await file.read(line, 0, length, offset)
  return parseRow(line.subarray(0, bytesRead).toString('utf8')).row
}
