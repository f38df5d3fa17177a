import { createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { readLines } from 'registry/node'
import { replaceRow } from './journal.ts'
import { rowId } from './row-line.ts'

/**
 * Copies journals one after the other into a new one, each row's id made that of the new run. Torn last lines are left
 * out. Streams.
 */
export async function copyJournals(
  sources: readonly { path: string; runId: string }[],
  target: string,
  runId: string,
): Promise<void> {
  await pipeline(
    async function* () {
      for (const source of sources)
        for await (const line of readLines(source.path)) {
          if (!line.ended) break
          yield `${replaceRow(line.text, (row) => renameRow(row, source.runId, runId))}\n`
        }
    },
    createWriteStream(target, { flags: 'wx' }),
  )
}

function renameRow(row: string, from: string, to: string): string {
  const match = /^\{"id":"(batch_req_[0-9a-f]{32})","custom_id":("(?:[^"\\]|\\.)*")/.exec(row)
  if (!match?.[1] || match[2] === undefined) return row
  const customId = JSON.parse(match[2]) as string
  return match[1] === rowId(from, customId) ? row.replace(match[1], rowId(to, customId)) : row
}
