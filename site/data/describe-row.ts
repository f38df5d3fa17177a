import { describeRepairs, readVerdict, type ParsedRow, type Rubric } from 'registry'
import type { ItemText } from './compare-data.ts'

/** One row in words, by the rubric that reads it. */
export function describeRow(row: ParsedRow, line: string, rubric: Pick<Rubric, 'fields' | 'accept'>): ItemText {
  const text: ItemText = {}
  const reasoning: [string, string][] = []
  const values: [string, string][] = []
  const verdicts = Object.entries(readVerdict(row, rubric).fields)
  for (const [name, verdict] of verdicts) {
    if (verdict.reasoning !== undefined) reasoning.push([name, verdict.reasoning])
    if (rubric.fields[name]?.type === 'text' && verdict.value !== undefined) values.push([name, String(verdict.value)])
  }
  if (row.content !== null) text.content = row.content
  const thinking = readThinking(line)
  if (thinking !== undefined) text.thinking = thinking
  if (reasoning.length > 0) text.reasoning = Object.fromEntries(reasoning)
  if (values.length > 0) text.values = Object.fromEntries(values)
  if (row.error) {
    const { status, code, message } = row.error
    const where = [...(status === undefined ? [] : [`HTTP ${status}`]), ...(code === undefined ? [] : [code])].join(' ')
    text.error = where === '' ? message : `${where}: ${message}`
  }
  if (row.finishReason !== undefined) text.finishReason = row.finishReason
  if (verdicts.some(([, { status }]) => status === 'repaired')) {
    const repaired = describeRepairs(row, rubric)
    if (repaired.length > 0) text.repaired = repaired
  }
  if (row.promptTokens !== undefined) text.promptTokens = row.promptTokens
  if (row.completionTokens !== undefined) text.completionTokens = row.completionTokens
  return text
}

/** vLLM's reasoning parsers put thoughts beside the content; the row's line is only parsed again where it has some. */
function readThinking(line: string): string | undefined {
  if (!/"reasoning(_content)?"/.test(line)) return undefined
  const row = JSON.parse(line) as { response?: { body?: { choices?: { message?: Record<string, unknown> }[] } } | null }
  const message = row.response?.body?.choices?.[0]?.message
  const thought = message?.['reasoning_content'] ?? message?.['reasoning']
  return typeof thought === 'string' && thought !== '' ? thought : undefined
}
