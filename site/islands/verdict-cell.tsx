import { verdictStatuses } from 'registry'
import type { CompareField } from '../data/compare-data.ts'
import { makeVisible } from '../data/make-visible.ts'
import { saysOf, type JudgedRun } from './judge-field.ts'

interface Props {
  field: CompareField
  column: JudgedRun
  position: number
  outlier: boolean
}

/** What one run says on one field of one item: a value, or why there is none to count. */
export function VerdictCell({ field, column, position, outlier }: Props) {
  const [say = null] = saysOf(field, [column], position)
  if (say !== null)
    return (
      <span class={outlier ? 'verdict outlier' : 'verdict'}>
        {valueText(field, say)}
        {outlier && <small> outlier</small>}
      </span>
    )
  const read = column.fields.get(field.name)
  const status = verdictStatuses[read?.statuses[position] ?? -1]
  const mended = status === 'repaired' ? mendedValue(field, read, position) : undefined
  return (
    <span class="verdict unusable">
      {status === undefined ? 'missing' : statusText(status)}
      {mended !== undefined && <small> {mended}</small>}
    </span>
  )
}

/** A code, or a number, as people read it. */
export function valueText(field: CompareField, say: number | string | boolean): string {
  return field.type === 'number' ? String(say) : makeVisible(field.scale[Number(say)] ?? String(say))
}

/** `invalid_enum` → `invalid enum` */
export function statusText(status: string): string {
  return status.replaceAll('_', ' ')
}

function mendedValue(
  field: CompareField,
  read: { codes: Int32Array; numbers?: Float64Array } | undefined,
  position: number,
): string | undefined {
  const value = field.type === 'number' ? read?.numbers?.[position] : read?.codes[position]
  return value === undefined || Number.isNaN(value) || (field.type !== 'number' && value < 0)
    ? undefined
    : valueText(field, value)
}
