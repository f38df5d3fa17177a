/** One run's say on one field of one item: a usable value, or null where it is unusable or missing. */
export type Say = number | string | boolean | null

export interface ItemJudgement {
  /** some run is unusable or missing */
  error: boolean
  /** at least two usable, all equal */
  agree: boolean
  /** at least two usable, not all equal */
  disagree: boolean
  /** the value of more than half of at least three usable; 'split' when three or more have none; null below three */
  majority: { value: Exclude<Say, null> } | 'split' | null
  /** per run: usable, there is a majority, and it isn't this */
  outlier: boolean[]
}

/**
 * Judges one field of one item over the selected runs (MEASURES, "Items, agreement, majority").
 * Numbers within `tolerance` of each other are equal.
 */
export function judgeItem(says: readonly Say[], tolerance = 0): ItemJudgement {
  const usable = says.filter((say): say is Exclude<Say, null> => say !== null)
  // nearness isn't transitive, so every pair counts
  const allEqual = usable.every((a) => usable.every((b) => isEqual(a, b, tolerance)))
  const majority = findMajority(usable, tolerance)
  return {
    error: usable.length < says.length,
    agree: usable.length >= 2 && allEqual,
    disagree: usable.length >= 2 && !allEqual,
    majority,
    outlier: says.map(
      (say) =>
        say !== null && typeof majority === 'object' && majority !== null && !isEqual(say, majority.value, tolerance),
    ),
  }
}

function findMajority(usable: readonly Exclude<Say, null>[], tolerance: number): ItemJudgement['majority'] {
  if (usable.length < 3) return null
  for (const value of usable) {
    const votes = usable.filter((say) => isEqual(say, value, tolerance)).length
    if (votes * 2 > usable.length) return { value }
  }
  return 'split'
}

function isEqual(a: Exclude<Say, null>, b: Exclude<Say, null>, tolerance: number): boolean {
  return typeof a === 'number' && typeof b === 'number' ? Math.abs(a - b) <= tolerance : a === b
}
