import { describeJsonError } from '../formats/describe-json-error.ts'

/** One row's outcome, read. Token counts are the engine's own; absent where it gave none. */
export interface ParsedRow {
  id: string
  customId: string
  /** an answer came: status 200, no error, a chat completion in the body */
  ok: boolean
  status?: number
  content: string | null
  finishReason?: string
  promptTokens?: number
  completionTokens?: number
  /** the model name the engine answered with */
  model?: string
  /** why there is no answer; present exactly when `ok` is false */
  error?: { status?: number; code?: string; message: string }
}

export type RowResult = { row: ParsedRow; problem?: never } | { row?: never; problem: string }

type Members = Record<string, unknown>

/**
 * Reads one line of a run's .jsonl (OpenAI batch output as vLLM writes it, both error shapes).
 * A line that is no row gives a problem that names the finding; never throws.
 */
export function parseRow(line: string): RowResult {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch (error) {
    return { problem: describeJsonError(error) }
  }
  return readRow(value)
}

/** Reads a row that was parsed already. Never throws. */
export function readRow(value: unknown): RowResult {
  if (!isObject(value)) return { problem: 'not an object, a row is one' }
  const { id, custom_id: customId, response, error } = value
  if (typeof customId !== 'string' || customId === '') return { problem: 'custom_id is missing or not a string' }
  if (typeof id !== 'string') return { problem: 'id is missing or not a string' }
  if (response !== null && response !== undefined && !isObject(response))
    return { problem: 'response is neither an object nor null' }
  if (error !== null && error !== undefined && typeof error !== 'string' && !isObject(error))
    return { problem: 'error is neither an object, a string nor null' }
  const status = isObject(response) ? (response['status_code'] as number | undefined) : undefined
  if (isObject(response) && !Number.isSafeInteger(status))
    return { problem: 'response.status_code is not a whole number' }
  const body = isObject(response) ? response['body'] : undefined
  const base = { id, customId, content: null, ...(status === undefined ? {} : { status }) }
  if (error !== null && error !== undefined) return { row: { ...base, ok: false, error: describeError(error, status) } }
  if (status === undefined) return { problem: 'neither a response with a status_code nor an error' }
  if (status !== 200) return { row: { ...base, ok: false, error: describeError(body, status) } }
  return { row: readCompletion(base, body) }
}

function readCompletion(base: { id: string; customId: string; content: null }, body: unknown): ParsedRow {
  const choices = isObject(body) ? body['choices'] : undefined
  const choice: unknown = Array.isArray(choices) ? choices[0] : undefined
  const message = isObject(choice) ? choice['message'] : undefined
  if (!isObject(body) || !isObject(choice) || !isObject(message)) {
    const error = { status: 200, code: 'malformed_body', message: 'the answer holds no choices[0].message' }
    return { ...base, ok: false, error }
  }
  const row: ParsedRow = {
    ...base,
    ok: true,
    content: typeof message['content'] === 'string' ? message['content'] : null,
  }
  if (typeof choice['finish_reason'] === 'string') row.finishReason = choice['finish_reason']
  if (typeof body['model'] === 'string') row.model = body['model']
  const usage = body['usage']
  if (isObject(usage)) {
    if (isCount(usage['prompt_tokens'])) row.promptTokens = usage['prompt_tokens']
    if (isCount(usage['completion_tokens'])) row.completionTokens = usage['completion_tokens']
  }
  return row
}

/** vLLM nests the handler's error once more (`error.error.message`); older ones are flat; the runner's own is a string. */
function describeError(error: unknown, status: number | undefined): NonNullable<ParsedRow['error']> {
  const base = status === undefined ? {} : { status }
  if (typeof error === 'string') return { ...base, message: error }
  if (!isObject(error)) return { ...base, message: 'no message' }
  if (isObject(error['error'])) return describeError(error['error'], status)
  const message = error['message'] ?? error['detail'] ?? error['error']
  const code = error['code'] ?? error['type']
  return {
    ...base,
    ...(typeof code === 'string' || typeof code === 'number' ? { code: String(code) } : {}),
    message: typeof message === 'string' ? message : 'no message',
  }
}

function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0
}
