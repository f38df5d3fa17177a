import { scaleOf, type Field, type Rubric } from 'registry'
import type { CompareField } from './compare-data.ts'
import { makeVisible } from './make-visible.ts'

/** A rubric's fields as the pages show them, the primary one first. */
export function describeFields(rubric: Pick<Rubric, 'fields'>): CompareField[] {
  return Object.entries(rubric.fields)
    .map(([name, field]) => describeField(name, field))
    .sort((a, b) => Number(b.primary) - Number(a.primary))
}

function describeField(name: string, field: Field): CompareField {
  return {
    name,
    // shown and nothing else, on many pages
    title: makeVisible(field.title ?? name.replaceAll('_', ' ')),
    type: field.type,
    scale: scaleOf(field),
    tolerance: field.type === 'number' ? field.tolerance : 0,
    primary: field.primary === true,
    ...('positive' in field && field.positive !== undefined ? { positive: field.positive } : {}),
  }
}
