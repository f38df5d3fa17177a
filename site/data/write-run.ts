import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { parseRow, type Rubric, type RunMeta } from 'registry'
import { extractionSha256, type ReadRun } from 'registry/node'
import { ChunkWriter, type PutFile } from './chunk-writer.ts'
import { describeRow } from './describe-row.ts'
import { encodeColumns, encodeTokens } from './encode-columns.ts'
import { pageName } from './page-name.ts'
import { placeRun } from './place-run.ts'
import { readPlaces } from './read-places.ts'
import type { BuildCache } from './build-cache.ts'
import { textChars, type WrittenItems } from './write-items.ts'

/** A run's files, by path from the site's root. */
export interface WrittenRun {
  columns: string
  tokens?: string
  findings: string[]
}

export interface RunToWrite {
  /** the ledger's folder */
  ledger: string
  meta: RunMeta
  rubric: Rubric
  read: ReadRun
  items: Pick<WrittenItems, 'positions' | 'idsSha256'>
}

/** Writes a run's files, or takes them from the cache where the same were made before. */
export function writeRunCached(cache: BuildCache | undefined, run: RunToWrite, put: PutFile): Promise<WrittenRun> {
  if (!cache) return writeRun(run, put)
  const { meta, rubric, read, items } = run
  const madeFrom = [
    meta.run_id,
    meta.files.results,
    read.digest.sha256,
    extractionSha256(rubric),
    // the extraction digest doesn't see the order in which a rubric names its fields
    JSON.stringify(Object.keys(rubric.fields)),
    items.idsSha256,
  ]
  return cache.reuse(madeFrom, put, (putBoth) => writeRun(run, putBoth))
}

/** Writes a run's columns, tokens and texts by the items' positions. Holds the columns and a few MiB of rows. */
async function writeRun(
  { ledger, meta, rubric, read, items: { positions } }: RunToWrite,
  put: PutFile,
): Promise<WrittenRun> {
  const page = pageName(meta.run_id)
  const { strangers, ...placed } = placeRun(read.columns, positions, rubric.fields)
  const texts = new ChunkWriter(put, `data/texts/${page}/`, textChars)
  const path = join(ledger, meta.files.results)
  for await (const line of readPlaces(path, read.columns, placed.rows)) {
    const row = line === undefined ? undefined : parseRow(line).row
    await texts.add(row && line !== undefined ? JSON.stringify(describeRow(row, line, rubric)) : 'null')
  }
  const columns = `data/columns/${page}.cols`
  await put(columns, zip(encodeColumns(placed, await texts.end())))
  const hasTokens = placed.tokens.some((tokens) => tokens > 0)
  const tokens = `data/columns/${page}.tokens.cols`
  if (hasTokens) await put(tokens, zip(encodeTokens(placed.tokens)))
  const [first] = strangers
  return {
    columns,
    ...(hasTokens ? { tokens } : {}),
    findings:
      first === undefined
        ? []
        : [`${meta.files.results}: ${strangers.length} rows have a custom_id that is no item's, the first is ${first}`],
  }
}

function zip(bytes: Uint8Array): Buffer {
  return gzipSync(bytes, { level: 9 })
}
