import { join } from 'node:path'
import { parseRow, readVerdict, type ParsedRow, type Rubric, type RunMeta } from 'registry'
import { readLines, readRunColumns, readRunColumnsCached, type ReadRun } from 'registry/node'
import type { ItemText } from './compare-data.ts'

export interface RunTexts extends ReadRun {
  /** custom_id → the row's ItemText as JSON; of rows with the same id the first */
  texts: Map<string, string>
}

/** Where runs are read from. */
export interface RunSource {
  /** the ledger's folder */
  ledger: string
  /** the cache folder, where there is one */
  cache?: string | undefined
}

/**
 * Reads a run: columns and accounting, from the cache where they are there, and what each row says in words.
 * @throws UserError when the rows are missing or a Git LFS pointer
 */
export async function readRun(source: RunSource, meta: RunMeta, rubric: Rubric | undefined): Promise<RunTexts> {
  const { ledger, cache } = source
  const reader = rubric ?? { fields: {}, accept: 'json' as const }
  const read =
    cache === undefined
      ? await readRunColumns(ledger, meta, reader)
      : await readRunColumnsCached(ledger, meta, reader, { cache })
  return { ...read, texts: rubric ? await readTexts(join(ledger, meta.files.results), rubric) : new Map() }
}

async function readTexts(path: string, rubric: Rubric): Promise<Map<string, string>> {
  const texts = new Map<string, string>()
  for await (const { text: line } of readLines(path)) {
    const { row } = parseRow(line)
    if (row && !texts.has(row.customId)) texts.set(row.customId, JSON.stringify(describeRow(row, line, rubric)))
  }
  return texts
}

/** One row in words, by the rubric that reads it. */
export function describeRow(row: ParsedRow, line: string, rubric: Pick<Rubric, 'fields' | 'accept'>): ItemText {
  const text: ItemText = {}
  const reasoning: [string, string][] = []
  const values: [string, string][] = []
  for (const [name, verdict] of Object.entries(readVerdict(row, rubric).fields)) {
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
