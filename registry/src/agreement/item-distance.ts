import type { JointPatterns } from './joint-patterns.ts'
import type { PairTable } from './pair-table.ts'

/** How far apart two codes are, from 0 to 1. */
export type Distance = (first: number, second: number) => number

/**
 * The distance of a field's codes (MEASURES, "Items, agreement, majority"): ranks over the longest way for ordinal, equal
 * or not otherwise; numbers within the tolerance are equal. @param numbers what the codes of a number field stand for
 */
export function distanceOf(
  field: { type: string; tolerance?: number },
  size: number,
  numbers?: Float64Array,
): Distance {
  if (field.type === 'ordinal') return (first, second) => Math.abs(first - second) / (size - 1)
  if (!numbers) return (first, second) => (first === second ? 0 : 1)
  const tolerance = field.tolerance ?? 0
  return (first, second) => (Math.abs((numbers[first] as number) - (numbers[second] as number)) <= tolerance ? 0 : 1)
}

/** Each pattern's mean distance over its pairs of usable codes; NaN where fewer than two are usable. */
export function patternDistances({ width, codes, counts }: JointPatterns, distance: Distance): Float64Array {
  return Float64Array.from(counts, (_, pattern) => {
    const usable = codes.subarray(pattern * width, (pattern + 1) * width).filter((code) => code >= 0)
    let sum = 0
    for (let a = 0; a < usable.length; a++)
      for (let b = a + 1; b < usable.length; b++) sum += distance(usable[a] as number, usable[b] as number)
    return (2 * sum) / (usable.length * (usable.length - 1))
  })
}

/** The mean distance of two runs over the items where both are usable; NaN without any. */
export function pairDistance({ first, second, counts }: PairTable, distance: Distance): number {
  let sum = 0
  let paired = 0
  for (let cell = 0; cell < counts.length; cell++) {
    const count = counts[cell] as number
    paired += count
    sum += count * distance(first[cell] as number, second[cell] as number)
  }
  return sum / paired
}
