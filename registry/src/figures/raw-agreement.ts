import { jointPatterns } from '../agreement/joint-patterns.ts'
import { countEqual } from '../agreement/pair-figures.ts'
import { pairTable } from '../agreement/pair-table.ts'
import type { RunColumns } from '../columns/run-columns.ts'
import type { Field } from '../formats/rubric.ts'
import { dropsOf } from './agree-pair.ts'
import { alignRun, type AlignedField } from './aligned-run.ts'
import { codeField } from './field-codes.ts'

export interface RawAgreement {
  /** items where both verdicts are usable */
  paired: number
  /** of those, where they are equal */
  equal: number
  /** equal / paired; absent where nothing is paired */
  agreement?: number
  /** items that are not paired, by the worse of the two statuses, or missing */
  dropped: Record<string, number>
}

/**
 * Raw agreement of two runs on one field (MEASURES, "Figures"), joined by custom_id over the items that either holds.
 * Both must have been read with the same fields. What compare says with all its figures, where only this one is wanted.
 */
export function rawAgreement(first: RunColumns, second: RunColumns, name: string, field: Field): RawAgreement {
  if (field.type === 'text') throw new Error(`${name} is text, which never counts`)
  const positions = new Map<string, number>()
  for (const { customIds } of [first, second])
    for (const id of customIds) if (!positions.has(id)) positions.set(id, positions.size)
  const columns = [first, second].map((run): AlignedField => {
    const column = alignRun(run, positions, positions.size, { [name]: field }).fields.get(name)
    if (!column) throw new Error(`the columns don't have the field ${name}`)
    return column
  })
  const { size, isEqual, statuses, codes: readings } = codeField(field, columns, new Map())
  const codes = readings.usable
  const { equal, paired } = countEqual(pairTable(jointPatterns(codes, size), 0, 1, size), isEqual)
  const found = { paired, equal, dropped: dropsOf({ codes, statuses }, [0, 1]) }
  return paired === 0 ? found : { ...found, agreement: equal / paired }
}
