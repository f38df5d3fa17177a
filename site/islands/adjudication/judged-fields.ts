import type { CompareField, CompareSet } from '../../data/compare-data.ts'

/** Fields with a value that figures can count; a text has none. */
export function judgedFields({ fields }: Pick<CompareSet, 'fields'>, only: string | undefined): CompareField[] {
  const counted = fields.filter(({ type }) => type !== 'text')
  const named = counted.filter(({ name }) => name === only)
  return named.length > 0 ? named : counted
}
