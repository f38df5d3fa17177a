import { readRow, type ParsedRow } from 'registry'
import { sha256 } from 'registry/node'

/** What came back for one request: an HTTP answer, or the reason why none came. */
export type Answer =
  /** json: the text parsed, where it is an object */
  { status: number; requestId: string; text: string; json: object | undefined } | { failure: string }

const notJson = "the engine's answer is not a JSON object"

/**
 * The row's line, in the shape of vLLM's batch output. The engine's body is kept as the bytes it sent: numbers aren't
 * re-serialised; only line breaks between JSON tokens become spaces. `id` is a hash of run and custom_id.
 */
export function rowLine(runId: string, customId: string, answer: Answer): string {
  const head = `{"id":"${rowId(runId, customId)}","custom_id":${JSON.stringify(customId)}`
  if ('failure' in answer) return `${head},"response":null,"error":${JSON.stringify(answer.failure)}}`
  const response = `{"status_code":${answer.status},"request_id":${JSON.stringify(answer.requestId)},"body":`
  const body = answer.json ? answer.text.trim().replaceAll(/[\r\n]+/g, ' ') : undefined
  if (answer.status === 200)
    return body === undefined
      ? `${head},"response":${response}null},"error":${JSON.stringify(notJson)}}`
      : `${head},"response":${response}${body}},"error":null}`
  return `${head},"response":${response}null},"error":${body ?? JSON.stringify(answer.text.slice(0, 2000) || `HTTP ${answer.status}`)}}`
}

/** A row's own id: a hash of run and custom_id. */
export function rowId(runId: string, customId: string): string {
  return `batch_req_${sha256(`${runId}\0${customId}`).slice(0, 32)}`
}

/** What `parseRow(rowLine(…))` gives, without parsing the answer a second time. */
export function readAnswer(runId: string, customId: string, answer: Answer): ParsedRow {
  const { row, problem } = readRow({ id: rowId(runId, customId), custom_id: customId, ...partsOf(answer) })
  if (row === undefined) throw new Error(`a row of ours that is none: ${problem}`)
  return row
}

function partsOf(answer: Answer): { response: object | null; error: unknown } {
  if ('failure' in answer) return { response: null, error: answer.failure }
  const { status, requestId, text, json } = answer
  const isAnswer = status === 200 && json !== undefined
  return {
    response: { status_code: status, request_id: requestId, body: isAnswer ? json : null },
    error: isAnswer ? null : status === 200 ? notJson : (json ?? (text.slice(0, 2000) || `HTTP ${status}`)),
  }
}
