import { rubricSchema, type Field } from 'registry'

export const scale = ['Strong No', 'No', 'Maybe', 'Yes', 'Strong Yes']

/** What a contender says on the last line of its standard output. Kappa and its interval are of the first pair. */
export interface Told {
  seconds: number
  peakMegabytes: number
  kappa: number
  low: number
  high: number
  versions?: Record<string, string>
}

/** The field that all contenders compare. */
export function verdictField(): Extract<Field, { type: 'ordinal' }> {
  const { verdict } = rubricSchema.parse({
    title: 'T',
    prompt: { user: '{{record}}' },
    criteria: {},
    fields: { verdict: { type: 'ordinal', path: '/verdict', scale, positive: scale.slice(3), primary: true } },
  }).fields
  if (verdict?.type !== 'ordinal') throw new Error('the field is not the one that was written')
  return verdict
}
