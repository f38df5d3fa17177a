import { pointerParts, readParts } from '../formats/json-pointer.ts'
import type { Field, Rubric } from '../formats/rubric.ts'
import type { ParsedRow } from '../rows/parse-row.ts'
import { findJson } from './find-json.ts'
import { isDegenerate } from './is-degenerate.ts'

/** Changes whenever any answer could read differently; derived data is keyed by it. */
export const parserVersion = 3

/** From worst to best; a code in run columns is the place in this list. */
export const verdictStatuses = [
  'request_error',
  'empty',
  'degenerate',
  'truncated',
  'no_json',
  'schema_error',
  'invalid_enum',
  'repaired',
  'ok_extracted',
  'ok',
] as const

export type VerdictStatus = (typeof verdictStatuses)[number]

export type VerdictValue = string | boolean | number

export interface FieldVerdict {
  status: VerdictStatus
  /** present when the status is repaired, ok_extracted or ok */
  value?: VerdictValue
  /** the text that explains it, where the rubric says where it stands */
  reasoning?: string
}

export interface Verdict {
  /** the worst of the required fields */
  status: VerdictStatus
  fields: Record<string, FieldVerdict>
}

/** Usable = ok or ok_extracted; nothing else becomes a category. */
export function isUsable(status: VerdictStatus): boolean {
  return status === 'ok' || status === 'ok_extracted'
}

type Reader = Pick<Rubric, 'fields' | 'accept'>

/** What a rubric reads out of a row (MEASURES, "A verdict"). Never throws. */
export function readVerdict(row: Pick<ParsedRow, 'ok' | 'content' | 'finishReason'>, rubric: Reader): Verdict {
  if (!row.ok) return wholeRow('request_error', rubric)
  const thought = dropThinking(row.content ?? '')
  if (thought === undefined) return wholeRow('truncated', rubric)
  const text = thought.trim()
  if (text === '') return wholeRow('empty', rubric)
  if (isDegenerate(text)) return wholeRow('degenerate', rubric)
  const cut = row.finishReason === 'length'
  const found = findJson(text, !cut)
  if (found && found.after > 200) return wholeRow('degenerate', rubric)
  if (!found || found.how === 'unreadable') {
    const bare = rubric.accept === 'bare' ? readBare(text, rubric) : undefined
    return bare ?? wholeRow(cut ? 'truncated' : 'no_json', rubric)
  }
  const ceiling: VerdictStatus = found.how === 'whole' ? 'ok' : found.how === 'extracted' ? 'ok_extracted' : 'repaired'
  return collect(rubric, ({ field, path, reasoning }) => {
    const verdict = readField(readParts(found.value, path), field)
    verdict.status = worse(verdict.status, ceiling)
    const says = reasoning && readParts(found.value, reasoning)
    if (typeof says === 'string') verdict.reasoning = says
    return verdict
  })
}

interface FieldToRead {
  name: string
  field: Field
  path: string[]
  reasoning: string[] | undefined
}

const known = new WeakMap<Rubric['fields'], FieldToRead[]>()

/** The fields with their pointers taken apart, once a rubric. */
function fieldsOf({ fields }: Pick<Rubric, 'fields'>): FieldToRead[] {
  let listed = known.get(fields)
  if (!listed) {
    listed = Object.entries(fields).map(([name, field]) => ({
      name,
      field,
      path: pointerParts(field.path),
      reasoning: field.reasoning === undefined ? undefined : pointerParts(field.reasoning),
    }))
    known.set(fields, listed)
  }
  return listed
}

/** Drops all up to the last `</think>`; undefined when a thought is left open. */
function dropThinking(content: string): string | undefined {
  const close = content.lastIndexOf('</think>')
  const rest = close === -1 ? content : content.slice(close + '</think>'.length)
  return rest.includes('<think>') ? undefined : rest
}

/** One value against its field's type and scale: exact is ok; trimming, letter case or quotes make it repaired. */
export function readField(value: unknown, field: Field): FieldVerdict {
  switch (field.type) {
    case 'nominal':
    case 'ordinal': {
      if (typeof value !== 'string') return { status: 'schema_error' }
      if (field.scale.includes(value)) return { status: 'ok', value }
      const near = field.scale.filter((entry) => fold(entry) === fold(value))
      return near.length === 1 && near[0] !== undefined
        ? { status: 'repaired', value: near[0] }
        : { status: 'invalid_enum' }
    }
    case 'boolean':
      if (typeof value === 'boolean') return { status: 'ok', value }
      if (typeof value === 'string' && /^(true|false)$/i.test(value.trim()))
        return { status: 'repaired', value: fold(value) === 'true' }
      return { status: 'schema_error' }
    case 'number':
      if (typeof value === 'number' && Number.isFinite(value)) return { status: 'ok', value }
      if (typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value.trim()) && Number.isFinite(Number(value)))
        return { status: 'repaired', value: Number(value) }
      return { status: 'schema_error' }
    case 'text':
      return typeof value === 'string' ? { status: 'ok', value } : { status: 'schema_error' }
  }
}

/** A lone word or number as the whole answer, for the primary field only; the other fields stay unread. */
function readBare(text: string, rubric: Reader): Verdict | undefined {
  const [name, field] = Object.entries(rubric.fields).find(([, entry]) => entry.primary === true) ?? []
  if (name === undefined || field === undefined || field.type === 'text') return undefined
  const isQuotedKind = field.type === 'boolean' || field.type === 'number'
  const verdict = readField(text, field)
  if (verdict.value === undefined) return undefined
  // a bare number or boolean has no quotes to drop, so it is as exact as it can be
  const status = isQuotedKind && String(verdict.value) === text ? 'ok' : verdict.status
  return collect(rubric, (entry) => (entry.name === name ? { ...verdict, status } : { status: 'no_json' }))
}

function wholeRow(status: VerdictStatus, rubric: Pick<Rubric, 'fields'>): Verdict {
  return { ...collect(rubric, () => ({ status })), status }
}

function collect(rubric: Pick<Rubric, 'fields'>, read: (field: FieldToRead) => FieldVerdict): Verdict {
  const fields: Record<string, FieldVerdict> = {}
  let status: VerdictStatus = 'ok'
  for (const entry of fieldsOf(rubric)) {
    const verdict = read(entry)
    fields[entry.name] = verdict
    if (entry.field.required) status = worse(status, verdict.status)
  }
  return { status, fields }
}

function worse(a: VerdictStatus, b: VerdictStatus): VerdictStatus {
  return verdictStatuses.indexOf(a) < verdictStatuses.indexOf(b) ? a : b
}

function fold(text: string): string {
  return text.trim().toLowerCase()
}
