import type { Label } from 'registry'
import type { CompareField } from '../../data/compare-data.ts'

/** What was typed as a value of the field, or what is wrong with it. */
export function parseValue(
  { type, title }: Pick<CompareField, 'type' | 'title'>,
  typed: string,
): { value: Label['value'] } | { fault: string } {
  const text = typed.trim()
  if (text === '') return { fault: `${title}: nothing is typed, expected ${type === 'number' ? 'a number' : 'a text'}` }
  if (type !== 'number') return { value: text }
  return /^-?\d+(\.\d+)?$/.test(text) && Number.isFinite(Number(text))
    ? { value: Number(text) }
    : { fault: `${title}: “${typed}” is no number: type digits with a point, such as 3.5` }
}

/** What a field's buttons stand for, in the order of its scale; empty where one types. */
export function valuesOf({ type, scale }: Pick<CompareField, 'type' | 'scale'>): Label['value'][] {
  return type === 'boolean' ? scale.map((entry) => entry === 'true') : [...scale]
}
