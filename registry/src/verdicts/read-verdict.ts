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

const codes = new Map(verdictStatuses.map((status, code) => [status, code]))

/** A status's place in `verdictStatuses`, which is its code in run columns. */
export function codeOfStatus(status: VerdictStatus): number {
  return codes.get(status) as number
}

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

interface FieldVerdicts {
  status: VerdictStatus
  fields: FieldVerdict[]
}

/** Usable = ok or ok_extracted; nothing else becomes a category. */
export function isUsable(status: VerdictStatus): boolean {
  return status === 'ok' || status === 'ok_extracted'
}

type Reader = Pick<Rubric, 'fields' | 'accept'>

/** What a rubric reads out of a row (MEASURES, "A verdict"). Never throws. */
export function readVerdict(row: Pick<ParsedRow, 'ok' | 'content' | 'finishReason'>, rubric: Reader): Verdict {
  const { status, fields } = readFields(row, rubric)
  const named = fieldsOf(rubric).map(({ name }, place) => [name, fields[place] as FieldVerdict] as const)
  return { status, fields: Object.fromEntries(named) }
}

/** The same, with the fields in the rubric's order. */
export function readFields(row: Pick<ParsedRow, 'ok' | 'content' | 'finishReason'>, rubric: Reader): FieldVerdicts {
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
export function dropThinking(content: string): string | undefined {
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
function readBare(text: string, rubric: Reader): FieldVerdicts | undefined {
  const [name, field] = Object.entries(rubric.fields).find(([, entry]) => entry.primary === true) ?? []
  if (name === undefined || field === undefined || field.type === 'text') return undefined
  const isQuotedKind = field.type === 'boolean' || field.type === 'number'
  const verdict = readField(text, field)
  if (verdict.value === undefined) return undefined
  // a bare number or boolean has no quotes to drop, so it is as exact as it can be
  const status = isQuotedKind && String(verdict.value) === text ? 'ok' : verdict.status
  return collect(rubric, (entry) => (entry.name === name ? { ...verdict, status } : { status: 'no_json' }))
}

function wholeRow(status: VerdictStatus, rubric: Pick<Rubric, 'fields'>): FieldVerdicts {
  return { ...collect(rubric, () => ({ status })), status }
}

function collect(rubric: Pick<Rubric, 'fields'>, read: (field: FieldToRead) => FieldVerdict): FieldVerdicts {
  let status: VerdictStatus = 'ok'
  const fields = fieldsOf(rubric).map((entry) => {
    const verdict = read(entry)
    if (entry.field.required) status = worse(status, verdict.status)
    return verdict
  })
  return { status, fields }
}

function worse(a: VerdictStatus, b: VerdictStatus): VerdictStatus {
  return codeOfStatus(a) < codeOfStatus(b) ? a : b
}

function fold(text: string): string {
  return text.trim().toLowerCase()
}
