import { describeJsonError } from 'registry'
import { readSourceLines } from './source-lines.ts'

/** A line of JSON lines, parsed, or why it can't be. */
export type JsonLine =
  | { place: number; value: unknown; bytes: Buffer; finding?: never }
  | { place: number; finding: string }

/** A file's lines as JSON. One that can't be parsed is told, as torn where it is the last and has no line break. */
export async function* readJsonLines(path: string, onRaw?: (chunk: Buffer) => void): AsyncGenerator<JsonLine> {
  for await (const line of readSourceLines(path, onRaw)) {
    const place = line.number
    if (line.finding !== undefined) {
      yield { place, finding: line.finding }
      continue
    }
    let value: unknown
    try {
      value = JSON.parse(line.bytes.toString('utf8'))
    } catch (error) {
      yield { place, finding: line.ended ? describeJsonError(error) : `torn: ${describeJsonError(error)}` }
      continue
    }
    yield { place, value, bytes: line.bytes }
  }
}
