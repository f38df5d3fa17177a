import { pointerParts, readParts } from '../formats/json-pointer.ts'
import type { Rubric } from '../formats/rubric.ts'
import type { ParsedRow } from '../rows/parse-row.ts'
import { findJson } from './find-json.ts'
import { dropThinking, readField } from './read-verdict.ts'

/** What had to be mended in an answer to read it, a line each in the rubric's order; none where nothing had to. */
export function describeRepairs(
  row: Pick<ParsedRow, 'content' | 'finishReason'>,
  { fields }: Pick<Rubric, 'fields'>,
): string[] {
  const text = dropThinking(row.content ?? '')?.trim() ?? ''
  const found = findJson(text, row.finishReason !== 'length')
  if (!found || found.how === 'unreadable') return []
  const lines = found.how === 'repaired' ? ['the JSON was mended'] : []
  for (const [name, field] of Object.entries(fields)) {
    const said = readParts(found.value, pointerParts(field.path))
    const { status, value } = readField(said, field)
    if (status === 'repaired') lines.push(`${name}: ${JSON.stringify(said)} was read as ${JSON.stringify(value)}`)
  }
  return lines
}
