import {
  formatCoefficient,
  formatPoints,
  formatShare,
  type Agreement,
  type FieldComparison,
  type Figure,
} from 'registry'

/** The figures a matrix can show. */
export type Measure = 'raw' | 'strict' | 'kappa' | 'ac' | 'alpha'

/** Which a field has: numbers have neither kappa nor AC. */
export function measuresOf({ statistics }: FieldComparison): Measure[] {
  return ['raw', 'strict', ...(statistics.kappa ? (['kappa', 'ac'] as const) : []), 'alpha']
}

export function nameOfMeasure(measure: Measure, { statistics }: FieldComparison): string {
  switch (measure) {
    case 'raw':
      return 'raw agreement, %'
    case 'strict':
      return 'strict agreement, %'
    case 'kappa':
      return statistics.kappa === 'quadratic' ? 'Cohen’s kappa, quadratic' : 'Cohen’s kappa'
    case 'ac':
      return `Gwet’s ${statistics.ac ?? 'AC'}`
    case 'alpha':
      return `Krippendorff’s alpha, ${statistics.alpha}`
  }
}

/** As the command line writes it, but for the minus: here it is one. */
export function spellCoefficient(value: number): string {
  return formatCoefficient(value).replace('-', '−')
}

export function spellPoints(difference: number): string {
  return formatPoints(difference).replace('-', '−')
}

/** How a measure's values read: shares as percent, coefficients with three digits. */
export function spellerOf(measure: Measure): (value: number) => string {
  return measure === 'raw' || measure === 'strict' ? formatShare : spellCoefficient
}

/** Why a figure has no value. */
export function whyUndefined(measure: Measure, { paired }: Pick<Agreement, 'paired'>): string {
  if (measure === 'strict') return 'undefined: the dataset has no items'
  if (paired === 0) return 'undefined: no item is usable in both'
  return measure === 'alpha'
    ? 'undefined: all verdicts are the same, so nothing varies'
    : 'undefined: each of both always says one thing, so chance alone explains it'
}

/** `59.8 to 64.4`; in words where there is no interval. */
export function spellInterval({ low, high }: Pick<Figure, 'low' | 'high'>, spell: (value: number) => string): string {
  return low === null || high === null
    ? 'no interval: undefined in over 5 % of the resamples'
    : `${spell(low)} to ${spell(high)}`
}
