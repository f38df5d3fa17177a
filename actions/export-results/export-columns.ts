import {
  isUsable,
  readPointer,
  scaleOf,
  type Dataset,
  type Field,
  type FieldVerdict,
  type Rubric,
  type RunMeta,
} from 'registry'
import type { JoinedItem } from './join-run.ts'
import { datasetIdOf } from './select-runs.ts'

/** INT64 values stand as numbers here: an engine's counts are safe integers. */
export type ColumnType = 'STRING' | 'INT32' | 'INT64' | 'DOUBLE' | 'BOOLEAN'
export type ColumnValue = string | number | boolean | undefined

export interface ExportColumn {
  name: string
  type: ColumnType
  /** undefined: there is nothing to say */
  read: (item: JoinedItem, meta: RunMeta) => ColumnValue
}

/**
 * The columns of an export, the same for each of its runs: what ran, the item, the row's status, then per field of the
 * rubrics `verdict_`, `repaired_`, `status_`, `code_` and `reasoning_`, then the answer. Pure.
 *
 * `verdict_` holds usable verdicts only, `repaired_` those that were repaired: nothing else becomes a category.
 */
export function exportColumns(rubrics: readonly Rubric[], dataset: Dataset | undefined): ExportColumn[] {
  return [
    { name: 'dataset', type: 'STRING', read: (_, meta) => datasetIdOf(meta) },
    { name: 'model', type: 'STRING', read: (_, meta) => meta.model.slug },
    { name: 'run_id', type: 'STRING', read: (_, meta) => meta.run_id },
    { name: 'rubric', type: 'STRING', read: (_, meta) => meta.dataset.rubric },
    { name: 'custom_id', type: 'STRING', read: ({ customId }) => customId },
    { name: 'position', type: 'INT32', read: ({ position }) => position },
    ...itemColumns(dataset),
    { name: 'status', type: 'STRING', read: rowStatus },
    ...fieldsOf(rubrics).flatMap(([name, fields]) => fieldColumns(name, fields)),
    { name: 'content', type: 'STRING', read: ({ answer }) => answer?.row.content ?? undefined },
    { name: 'finish_reason', type: 'STRING', read: ({ answer }) => answer?.row.finishReason },
    { name: 'prompt_tokens', type: 'INT64', read: ({ answer }) => answer?.row.promptTokens },
    { name: 'completion_tokens', type: 'INT64', read: ({ answer }) => answer?.row.completionTokens },
    { name: 'http_status', type: 'INT64', read: ({ answer }) => answer?.row.error?.status ?? answer?.row.status },
    { name: 'error', type: 'STRING', read: ({ answer }) => answer?.row.error?.message },
  ]
}

/** The row's parse status, `missing` without a row; undefined where it was answered and no rubric reads it. Pure. */
export function rowStatus({ answer }: JoinedItem): string | undefined {
  if (answer === undefined) return 'missing'
  return answer.verdict?.status ?? (answer.row.ok ? undefined : 'request_error')
}

/** What an item's record says at a path, as text. Pure. */
export function recordText(record: unknown, pointer: string | undefined): string | undefined {
  const value = pointer === undefined || record === undefined ? undefined : readPointer(record, pointer)
  if (value === undefined || value === null) return undefined
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function itemColumns(dataset: Dataset | undefined): ExportColumn[] {
  const { title, facets = {} } = dataset?.item ?? {}
  const textAt = (name: string, pointer: string): ExportColumn => ({
    name,
    type: 'STRING',
    read: ({ record }) => recordText(record, pointer),
  })
  return [
    ...(title === undefined ? [] : [textAt('title', title)]),
    ...Object.entries(facets).map(([name, pointer]) => textAt(`facet_${name}`, pointer)),
  ]
}

/** Each field's name with what the rubrics say of it, in the order they name them. */
function fieldsOf(rubrics: readonly Rubric[]): [string, Field[]][] {
  const fields = new Map<string, Field[]>()
  for (const rubric of new Set(rubrics))
    for (const [name, field] of Object.entries(rubric.fields)) fields.set(name, [...(fields.get(name) ?? []), field])
  return [...fields]
}

function fieldColumns(name: string, fields: readonly Field[]): ExportColumn[] {
  const types = new Set(fields.map(typeOf))
  const [only = 'STRING'] = types
  // rubrics that don't agree on the kind share text
  const type = types.size === 1 ? only : 'STRING'
  const typed = (value: FieldVerdict['value']) => (value === undefined || type !== 'STRING' ? value : String(value))
  const verdictOf = ({ answer }: JoinedItem) => {
    const verdicts = answer?.verdict?.fields ?? {}
    return Object.hasOwn(verdicts, name) ? verdicts[name] : undefined
  }
  const coded = fields.some((field) => scaleOf(field).length > 0)
  const explained = fields.some((field) => field.reasoning !== undefined)
  return [
    { name: `verdict_${name}`, type, read: (item) => typed(usableValue(verdictOf(item))) },
    { name: `repaired_${name}`, type, read: (item) => typed(repairedValue(verdictOf(item))) },
    { name: `status_${name}`, type: 'STRING', read: (item) => verdictOf(item)?.status },
    ...(coded ? [codeColumn(name, fields, verdictOf)] : []),
    ...(explained
      ? [{ name: `reasoning_${name}`, type: 'STRING' as const, read: (item: JoinedItem) => verdictOf(item)?.reasoning }]
      : []),
  ]
}

function codeColumn(
  name: string,
  fields: readonly Field[],
  verdictOf: (item: JoinedItem) => FieldVerdict | undefined,
): ExportColumn {
  const scales = new Set(fields.map((field) => JSON.stringify(scaleOf(field))))
  const [field] = fields
  // a place means nothing when the scales differ
  const scale = scales.size === 1 && field !== undefined ? scaleOf(field) : []
  return { name: `code_${name}`, type: 'INT32', read: (item) => codeOf(usableValue(verdictOf(item)), scale) }
}

function typeOf(field: Field): ColumnType {
  return field.type === 'number' ? 'DOUBLE' : field.type === 'boolean' ? 'BOOLEAN' : 'STRING'
}

/** The value, when it is a usable verdict. Pure. */
export function usableValue(verdict: FieldVerdict | undefined): FieldVerdict['value'] {
  return verdict !== undefined && isUsable(verdict.status) ? verdict.value : undefined
}

/** The value, when it took a repair to read it. Pure. */
export function repairedValue(verdict: FieldVerdict | undefined): FieldVerdict['value'] {
  return verdict?.status === 'repaired' ? verdict.value : undefined
}

/** A value's place in its scale, from 0 (boolean: 0 false, 1 true). Pure. */
export function codeOf(value: FieldVerdict['value'], scale: readonly string[]): number | undefined {
  const code = value === undefined ? -1 : scale.indexOf(String(value))
  return code === -1 ? undefined : code
}
