import { createHash } from 'node:crypto'
import { readRow, type KnownFrom, type ParsedRow } from 'registry'

/** One row of a source, ready for a bundle. */
export interface SourceRow {
  /** line or record number, from 1 */
  place: number
  /** the row's bytes for the bundle, without a line break */
  line: Buffer
  row: ParsedRow
  /** the model it names, errors included where the format says it of them too */
  model?: string
  /** when the engine answered, in seconds since 1970, by its own clock */
  created?: number
  /** which engine answered, where the row's own marks say so */
  engine?: string
  /** what was asked, where the source has it */
  input?: unknown
  /** its custom_id was made from its position */
  positional?: true
  finding?: never
}

/** Something in a source that is no row; `to` for more than one line. */
export interface UnreadableRow {
  place: number
  to?: number
  finding: string
}

/** Something that is said of a run outside its rows. `field` is a path of the meta, or `model`, `elapsed`. */
export interface Claim {
  field: string
  value: string | number
  from: KnownFrom
}

export interface ReadOptions {
  /** sees the source's own bytes */
  onRaw?: (chunk: Buffer) => void
  /** what the file says of the whole run */
  onClaim?: (claim: Claim) => void
  /** names of columns or members, for sources that don't use ours */
  map: Readonly<Record<string, string>>
}

/** Reads a source row by row. Nothing is left out silently: what is no row comes as an UnreadableRow. */
export type ReadSource = (path: string, options: ReadOptions) => AsyncGenerator<SourceRow | UnreadableRow>

/** What a converted row is made from; absent is what nobody said. */
export interface KnownAnswer {
  place: number
  customId: string
  content?: string | null | undefined
  error?: string | undefined
  status?: number | undefined
  model?: string | undefined
  created?: number | undefined
  finishReason?: string | undefined
  promptTokens?: number | undefined
  completionTokens?: number | undefined
  input?: unknown
  positional?: boolean
}

/**
 * A row in the shape of a batch output with what is known and nothing else; the answer's body has the shape of a chat
 * completion, so that verdicts are read from it as from any other.
 */
export function convertRow(answer: KnownAnswer): SourceRow | UnreadableRow {
  const { place, customId, error, model, created } = answer
  const usage = {
    ...(answer.promptTokens === undefined ? {} : { prompt_tokens: answer.promptTokens }),
    ...(answer.completionTokens === undefined ? {} : { completion_tokens: answer.completionTokens }),
  }
  const message = { role: 'assistant', content: answer.content ?? null }
  const body = {
    ...(created === undefined ? {} : { created }),
    ...(model === undefined ? {} : { model }),
    choices: [
      { index: 0, message, ...(answer.finishReason === undefined ? {} : { finish_reason: answer.finishReason }) },
    ],
    ...(Object.keys(usage).length > 0 ? { usage } : {}),
  }
  const value = {
    id: importedId(customId),
    custom_id: customId,
    response:
      error === undefined
        ? { status_code: 200, body }
        : answer.status === undefined
          ? null
          : { status_code: answer.status, body: null },
    error: error === undefined ? null : { message: error },
  }
  const { row, problem } = readRow(value)
  if (problem !== undefined) return { place, finding: problem }
  return {
    place,
    line: Buffer.from(JSON.stringify(value)),
    row,
    ...(model === undefined ? {} : { model }),
    ...(created === undefined ? {} : { created }),
    ...(answer.input === undefined ? {} : { input: answer.input }),
    ...(answer.positional === true ? { positional: true } : {}),
  }
}

/** An id for a row that came without one. */
export function importedId(customId: string): string {
  return `imported-${createHash('sha256').update(customId).digest('hex').slice(0, 32)}`
}

export function isMembers(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function asCount(value: unknown): number | undefined {
  return Number.isSafeInteger(value) && (value as number) >= 0 ? (value as number) : undefined
}

export function asText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** A moment in seconds since 1970: a number of seconds or milliseconds, or an ISO text with a zone. */
export function asMoment(value: unknown): number | undefined {
  if (typeof value === 'string' && /^\d{4}-\d\d-\d\dT.*(Z|[+-]\d\d:?\d\d)$/.test(value)) {
    const at = Date.parse(value)
    return Number.isNaN(at) ? undefined : at / 1000
  }
  if (typeof value !== 'number' || !Number.isFinite(value)) return undefined
  const seconds = value > 1e11 ? value / 1000 : value
  // before the first chat model, or past the calendar: a counter or a zero, not a time
  return seconds > 1_500_000_000 && seconds < 10_000_000_000 ? seconds : undefined
}
