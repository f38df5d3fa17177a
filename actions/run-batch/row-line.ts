import { sha256 } from 'registry/node'

/** What came back for one request: an HTTP answer, or the reason why none came. */
export type Answer = { status: number; requestId: string; text: string } | { failure: string }

/**
 * The row's line, in the shape of vLLM's batch output. The engine's body is kept as the bytes it sent: numbers aren't
 * re-serialised; only line breaks between JSON tokens become spaces. `id` is a hash of run and custom_id.
 */
export function rowLine(runId: string, customId: string, answer: Answer): string {
  const head = `{"id":"${rowId(runId, customId)}","custom_id":${JSON.stringify(customId)}`
  if ('failure' in answer) return `${head},"response":null,"error":${JSON.stringify(answer.failure)}}`
  const response = `{"status_code":${answer.status},"request_id":${JSON.stringify(answer.requestId)},"body":`
  const body = isJsonObject(answer.text) ? answer.text.trim().replaceAll(/[\r\n]+/g, ' ') : undefined
  if (answer.status === 200)
    return body === undefined
      ? `${head},"response":${response}null},"error":"the engine's answer is not a JSON object"}`
      : `${head},"response":${response}${body}},"error":null}`
  return `${head},"response":${response}null},"error":${body ?? JSON.stringify(answer.text.slice(0, 2000) || `HTTP ${answer.status}`)}}`
}

/** A row's own id: a hash of run and custom_id. */
export function rowId(runId: string, customId: string): string {
  return `batch_req_${sha256(`${runId}\0${customId}`).slice(0, 32)}`
}

/** The text of one JSON object, whole. */
export function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
  } catch {
    return false
  }
}
