import { judgeItem, type ItemJudgement } from '../agreement/judge-item.ts'
import { patternDistances } from '../agreement/item-distance.ts'
import type { JointPatterns } from '../agreement/joint-patterns.ts'
import type { FieldCodes } from './field-codes.ts'

/** One field of all items over the selected runs, judged once for each combination that occurs. */
export interface JudgedItems {
  patterns: JointPatterns
  /** by pattern */
  judgements: ItemJudgement[]
  /** by pattern; NaN where fewer than two are usable */
  distances: Float64Array
}

export function judgeItems({ field, numbers, distance }: FieldCodes, patterns: JointPatterns): JudgedItems {
  const { width, codes, counts } = patterns
  const tolerance = field.type === 'number' ? field.tolerance : 0
  const judgements = Array.from(counts, (_, pattern) => {
    const says = Array.from(codes.subarray(pattern * width, (pattern + 1) * width), (code) =>
      code < 0 ? null : numbers ? (numbers[code] as number) : code,
    )
    return judgeItem(says, tolerance)
  })
  return { patterns, judgements, distances: patternDistances(patterns, distance) }
}

export interface ItemCounts {
  total: number
  agree: number
  disagree: number
  error: number
}

/** How many items the runs agree on, disagree on, and have no usable verdict of some run on; and each run's outliers. */
export function countItems({ patterns, judgements }: JudgedItems): { items: ItemCounts; outliers: number[] } {
  const items: ItemCounts = { total: 0, agree: 0, disagree: 0, error: 0 }
  const outliers = Array.from({ length: patterns.width }, () => 0)
  for (const [pattern, judgement] of judgements.entries()) {
    const count = patterns.counts[pattern] as number
    items.total += count
    for (const kind of ['agree', 'disagree', 'error'] as const) if (judgement[kind]) items[kind] += count
    for (const [run, isOutlier] of judgement.outlier.entries())
      if (isOutlier) outliers[run] = (outliers[run] ?? 0) + count
  }
  return { items, outliers }
}

/** Positions that pass, farthest apart first, then in the dataset's order. */
export function rankItems({ patterns, distances }: JudgedItems, passes: (position: number) => boolean): number[] {
  const found: number[] = []
  for (let position = 0; position < patterns.patternOf.length; position++) if (passes(position)) found.push(position)
  const distanceAt = (position: number): number => {
    const distance = distances[patterns.patternOf[position] as number] as number
    return Number.isNaN(distance) ? -1 : distance
  }
  return found.sort((a, b) => distanceAt(b) - distanceAt(a) || a - b)
}
