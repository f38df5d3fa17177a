import { readJsonLines } from '../json-lines.ts'
import { DamagedStream, readBytes } from '../source-lines.ts'
import {
  asCount,
  asMoment,
  asText,
  convertRow,
  isMembers,
  type ReadOptions,
  type ReadSource,
  type SourceRow,
  type UnreadableRow,
} from '../source-row.ts'
import { readCsv } from './csv-records.ts'

/** Members and columns we know; the first that is there counts. `--map` puts another name in front. */
export const knownNames: Readonly<Record<string, readonly string[]>> = {
  output: ['output', 'response', 'completion', 'answer', 'prediction', 'generated_text'],
  input: ['input', 'prompt', 'question'],
  custom_id: ['custom_id', 'id', 'request_id'],
  model: ['model', 'model_name'],
  created: ['created', 'created_at', 'timestamp'],
  error: ['error'],
  finish_reason: ['finish_reason'],
  prompt_tokens: ['prompt_tokens', 'input_tokens'],
  completion_tokens: ['completion_tokens', 'output_tokens'],
}

/** `{input, output}` JSON lines. */
export const readInputOutput: ReadSource = async function* (path, options) {
  let ordinal = 0
  for await (const line of readJsonLines(path, options.onRaw)) {
    ordinal++
    if (line.finding !== undefined) yield line
    else if (isMembers(line.value)) yield readRecord(line.value, line.place, ordinal, options)
    else yield { place: line.place, finding: 'not an object, a row is one' }
  }
}

/** The same as CSV (comma, semicolon or tab), named by its first line. */
export const readInputOutputCsv: ReadSource = async function* (path, options) {
  const decoder = new TextDecoder()
  let first = true
  async function* text(): AsyncGenerator<string> {
    for await (const chunk of readBytes(path, options.onRaw)) yield decoder.decode(chunk, { stream: true })
    yield decoder.decode()
  }
  const separator = await separatorOf(path)
  let names: string[] = []
  let ordinal = 0
  try {
    for await (const record of readCsv(text(), separator)) {
      if (record.finding !== undefined) {
        yield record
        continue
      }
      if (first) {
        first = false
        names = record.cells.map((name) => name.trim())
        continue
      }
      ordinal++
      if (record.cells.length !== names.length) {
        const finding = `${record.cells.length} cells, the heading has ${names.length}`
        yield { place: record.place, to: record.to, finding }
        continue
      }
      const pairs = names.map((name, column): [string, string] => [name, record.cells[column] ?? ''])
      // an empty cell is nothing said; only an empty output is an answer
      const said = pairs.filter(([name, cell]) => cell !== '' || nameOf('output', options.map).includes(name))
      yield readRecord(Object.fromEntries(said), record.place, ordinal, options)
    }
  } catch (error) {
    if (!(error instanceof DamagedStream)) throw error
    yield { place: ordinal + 2, finding: `${error.message}: what followed is lost` }
  }
}

/** The separator that stands most often in the first line. */
export async function separatorOf(path: string): Promise<string> {
  let line = ''
  try {
    for await (const chunk of readBytes(path)) {
      line += chunk.toString('utf8')
      if (line.includes('\n') || line.length > 1 << 16) break
    }
  } catch (error) {
    if (!(error instanceof DamagedStream)) throw error
  }
  const heading = line.split('\n')[0] ?? ''
  const counted = [',', ';', '\t'].map((mark) => ({ mark, count: heading.split(mark).length }))
  return counted.reduce((best, next) => (next.count > best.count ? next : best)).mark
}

export function nameOf(part: string, map: Readonly<Record<string, string>>): string[] {
  return [...(map[part] === undefined ? [] : [map[part]]), ...(knownNames[part] ?? [])]
}

function readRecord(
  value: Readonly<Record<string, unknown>>,
  place: number,
  ordinal: number,
  { map }: ReadOptions,
): SourceRow | UnreadableRow {
  const take = (part: string) => {
    const name = nameOf(part, map).find((known) => value[known] !== undefined)
    return name === undefined ? undefined : value[name]
  }
  const count = (part: string) => asCount(typeof take(part) === 'string' ? Number(take(part)) : take(part))
  const output = take('output')
  const error = take('error')
  const failed = error !== undefined && error !== null && error !== '' && error !== false
  if (output === undefined && !failed) return { place, finding: 'holds neither an output nor an error' }
  const id = take('custom_id')
  const given = typeof id === 'string' || typeof id === 'number' ? String(id) : ''
  const created = take('created')
  return convertRow({
    place,
    customId: given === '' ? positionId(ordinal) : given,
    positional: given === '',
    content: typeof output === 'string' || output === null || output === undefined ? output : JSON.stringify(output),
    ...(failed ? { error: typeof error === 'string' ? error : JSON.stringify(error) } : {}),
    model: asText(take('model')),
    created: asMoment(typeof created === 'string' && /^\d{10,13}(\.\d+)?$/.test(created) ? Number(created) : created),
    finishReason: asText(take('finish_reason')),
    promptTokens: count('prompt_tokens'),
    completionTokens: count('completion_tokens'),
    input: take('input'),
  })
}

/** What a row without an id is called: its position in the source, from 1. */
function positionId(ordinal: number): string {
  return `row-${String(ordinal).padStart(6, '0')}`
}
