import { readRow } from 'registry'
import { readJsonLines } from '../json-lines.ts'
import { asMoment, asText, importedId, isMembers, type ReadSource } from '../source-row.ts'

/**
 * OpenAI batch output, as OpenAI's Batch API and vLLM's run-batch write it: one object a line. Rows keep their bytes; a row
 * without an `id` gets one in front.
 */
export const readOpenaiBatch: ReadSource = async function* (path, { onRaw }) {
  for await (const line of readJsonLines(path, onRaw)) {
    if (line.finding !== undefined) {
      yield line
      continue
    }
    const { place } = line
    let { value, bytes } = line
    if (isMembers(value) && value['id'] === undefined && asText(value['custom_id']) !== undefined) {
      const id = importedId(value['custom_id'] as string)
      value = { id, ...value }
      bytes = Buffer.concat([Buffer.from(`{"id":"${id}",`), bytes.subarray(1)])
    }
    const { row, problem } = readRow(value)
    if (problem !== undefined) {
      yield { place, finding: problem }
      continue
    }
    const { id, response } = value as { id: string; response?: { request_id?: unknown; body?: unknown } | null }
    const body = isMembers(response?.body) ? response.body : {}
    const model = asText(body['model'])
    const created = asMoment(body['created'])
    const engine = [id, response?.request_id].some((mark) => typeof mark === 'string' && mark.startsWith('vllm-'))
      ? 'vllm'
      : undefined
    yield {
      place,
      line: bytes,
      row,
      ...(model === undefined ? {} : { model }),
      ...(created === undefined ? {} : { created }),
      ...(engine === undefined ? {} : { engine }),
    }
  }
}
