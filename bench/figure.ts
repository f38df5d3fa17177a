/** One measured quantity, pair by pair, in one run on one machine. */
export interface Figure {
  name: string
  unit: string
  values: number[]
  /** what the median should be */
  wanted?: { atLeast: number } | { atMost: number }
}

/** What belongs together: the same work, done by ours and by its peers. */
export interface BenchPart {
  name: string
  work: string
  figures: Figure[]
}

export interface BenchReport {
  parts: BenchPart[]
  /** of the peers, where there are any */
  versions?: Record<string, string>
}

export interface Spread {
  median: number
  low: number
  high: number
}

/** Median and range. @throws RangeError where there is no value */
export function spread(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b)
  const at = (place: number) => sorted[place] as number
  if (sorted.length === 0) throw new RangeError('no values, expected at least one')
  const middle = (sorted.length - 1) / 2
  return { median: (at(Math.floor(middle)) + at(Math.ceil(middle))) / 2, low: at(0), high: at(sorted.length - 1) }
}

/** Whether the median is as wanted; undefined where nothing is. */
export function isMet({ values, wanted }: Figure): boolean | undefined {
  if (wanted === undefined) return undefined
  const { median } = spread(values)
  return 'atLeast' in wanted ? median >= wanted.atLeast : median <= wanted.atMost
}

/** Pair by pair, so that what disturbs both of a pair cancels out. */
export function ratios(above: readonly number[], below: readonly number[]): number[] {
  return above.map((value, pair) => value / (below[pair] ?? Number.NaN))
}
