import {
  asCount,
  asMoment,
  asText,
  convertRow,
  isMembers,
  type ReadSource,
  type SourceRow,
  type UnreadableRow,
} from '../source-row.ts'
import { readWholeJson } from './inspect.ts'

/**
 * promptfoo, `eval -o results.json` (results.version 3): one result a test, prompt and provider. A provider is a model, so
 * a file of several is split. A variable custom_id or id names the row, else the position of the test does.
 */
export const readPromptfoo: ReadSource = async function* (path, options) {
  const file = await readWholeJson(path, options)
  const outer = isMembers(file) && isMembers(file['results']) ? file['results'] : undefined
  const results: unknown = outer?.['results']
  if (!outer || !Array.isArray(results)) {
    yield { place: 1, finding: 'not JSON, larger than 400 MB, or without results: none of its rows can be read' }
    return
  }
  const created = asMoment(outer['timestamp'])
  if (created !== undefined)
    options.onClaim?.({ field: 'execution.started_at', value: new Date(created * 1000).toISOString(), from: 'meta' })
  const prompts = [...new Set(results.map((result: unknown) => (isMembers(result) ? promptOf(result) : '')))]
  for (const [index, result] of results.entries()) yield readResult(result, index + 1, prompts)
}

/** The template, whose place in the file differs between the providers that were asked with it. */
function promptOf(result: Readonly<Record<string, unknown>>): string {
  const prompt = isMembers(result['prompt']) ? result['prompt'] : {}
  return asText(prompt['label']) ?? String(result['promptIdx'])
}

function readResult(result: unknown, place: number, prompts: readonly string[]): SourceRow | UnreadableRow {
  if (!isMembers(result)) return { place, finding: 'not an object, a result is one' }
  const test = asCount(result['testIdx'])
  if (test === undefined) return { place, finding: 'testIdx is missing: the row can’t be told from others' }
  const response = isMembers(result['response']) ? result['response'] : {}
  const usage = isMembers(response['tokenUsage']) ? response['tokenUsage'] : {}
  const provider = result['provider']
  const named = isMembers(provider) ? asText(provider['id']) : asText(provider)
  const output = response['output']
  // a failed assertion is told in `error` too: the answer is there all the same
  const error =
    output === undefined || output === null ? (asText(response['error']) ?? asText(result['error'])) : undefined
  if (error === undefined && (output === undefined || output === null))
    return { place, finding: 'the result holds neither an output nor an error' }
  const metadata = isMembers(response['metadata']) ? response['metadata'] : {}
  const http = isMembers(metadata['http']) ? metadata['http'] : {}
  const vars = isMembers(result['vars']) ? result['vars'] : {}
  const own = vars['custom_id'] ?? vars['id']
  const known = (typeof own === 'string' && own !== '') || typeof own === 'number'
  const id = known ? String(own) : `test-${test}`
  return convertRow({
    place,
    customId: prompts.length > 1 ? `${id}-prompt-${prompts.indexOf(promptOf(result)) + 1}` : id,
    positional: !known,
    content: typeof output === 'string' ? output : JSON.stringify(output),
    error,
    status: error === undefined ? undefined : asCount(http['status']),
    // openai:chat:<model>, ollama:<model>, …: what stands after the last colon
    model: named?.replace(/^.*:(?=[^:]*$)/, ''),
    finishReason: asText(response['finishReason']),
    promptTokens: asCount(usage['prompt']),
    completionTokens: asCount(usage['completion']),
    input: result['vars'],
  })
}
