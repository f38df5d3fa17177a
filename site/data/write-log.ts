import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { RunMeta } from 'registry'
import { isPointer, readLines } from 'registry/node'
import { ChunkWriter, type PutFile } from './chunk-writer.ts'
import type { Chunks } from './compare-data.ts'
import { pageName } from './page-name.ts'

/** A run's log: where its lines are, or why they aren't. */
export type RunLog = LogFile | { problem: string }

export interface LogFile {
  bytes: number
  lines: number
  /** files of lines; `starts` counts from 0 */
  chunks: Chunks
  /** the last lines, long ones cut */
  tail: string[]
}

const chunkSize = 64 * 1024
const tailLines = 24
const longestTailLine = 400

/**
 * Writes a run's log as files of lines of about 64 KB, for its page to fetch when it is asked to; holds one of them at a
 * time. A log that is a pointer or isn't there is told, not refused: a run can be read without.
 */
export async function writeLog(ledger: string, meta: RunMeta, put: PutFile): Promise<RunLog> {
  const path = meta.files.log
  const file = join(ledger, path)
  const found = await stat(file).catch(() => undefined)
  if (!found?.isFile()) return { problem: `${path} is not here: restore it with git checkout -- ${path}` }
  if (await isPointer(file))
    return { problem: `${path} is a Git LFS pointer here: git lfs pull --include "${path}" fetches it` }
  const chunks = new ChunkWriter(put, `data/logs/${pageName(meta.run_id)}/`, chunkSize)
  const tail: string[] = []
  let lines = 0
  for await (const { text } of readLines(file)) {
    await chunks.add(JSON.stringify(text))
    lines++
    tail.push(text.length > longestTailLine ? `${text.slice(0, longestTailLine)}…` : text)
    if (tail.length > tailLines) tail.shift()
  }
  return { bytes: found.size, lines, chunks: await chunks.end(), tail }
}
