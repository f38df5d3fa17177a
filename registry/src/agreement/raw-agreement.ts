import type { FieldColumn, RunColumns } from '../columns/run-columns.ts'
import type { Field } from '../formats/rubric.ts'
import { isUsable, verdictStatuses, type VerdictStatus } from '../verdicts/read-verdict.ts'
import { judgeItem, type Say } from './judge-item.ts'

export interface RawAgreement {
  /** items where both verdicts are usable */
  paired: number
  /** of those, where they are equal */
  equal: number
  /** equal / paired; absent where nothing is paired */
  agreement?: number
  /** items that are not paired, by the first run's reason, else the second's: its status, or missing */
  dropped: Partial<Record<VerdictStatus | 'missing', number>>
}

/**
 * Raw agreement of two runs on one field (MEASURES, "Figures"), joined by custom_id over the items that either holds.
 * Both must have been read with the same fields.
 */
export function rawAgreement(first: RunColumns, second: RunColumns, name: string, field: Field): RawAgreement {
  const here = first.fields[name]
  const there = second.fields[name]
  if (!here || !there) throw new Error(`the columns don't have the field ${name}`)
  const places = new Map(second.customIds.map((customId, place) => [customId, place]))
  const tolerance = field.type === 'number' ? field.tolerance : 0
  const found: RawAgreement = { paired: 0, equal: 0, dropped: {} }
  const drop = (reason: VerdictStatus | 'missing') => (found.dropped[reason] = (found.dropped[reason] ?? 0) + 1)
  for (const [place, customId] of first.customIds.entries()) {
    const other = places.get(customId)
    places.delete(customId)
    const reason = unusable(here, place) ?? (other === undefined ? 'missing' : unusable(there, other))
    if (reason !== undefined || other === undefined) {
      drop(reason ?? 'missing')
      continue
    }
    found.paired++
    if (judgeItem([sayAt(here, place), sayAt(there, other)], tolerance).agree) found.equal++
  }
  for (let left = places.size; left > 0; left--) drop('missing')
  return found.paired === 0 ? found : { ...found, agreement: found.equal / found.paired }
}

function unusable({ statuses }: FieldColumn, place: number): VerdictStatus | undefined {
  const status = verdictStatuses[statuses[place] ?? 0] ?? 'request_error'
  return isUsable(status) ? undefined : status
}

function sayAt({ codes, numbers }: FieldColumn, place: number): Say {
  return (numbers ? numbers[place] : codes[place]) ?? null
}
