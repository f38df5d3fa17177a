import { bootstrap, type Figure } from './bootstrap.ts'

export interface Ranking {
  /** items the ranking is made of */
  items: number
  /** best first; `run` is a place in the selection */
  runs: { run: number; score: number }[]
  /** every pair, the better first: the difference of their scores with its interval over items */
  differences: { better: number; worse: number; difference: Figure }[]
}

/**
 * Ranks runs by their mean score over the same items, with a paired bootstrap for the differences. Items with the same
 * scores are one pattern. @param scores item kind by item kind, one score a run @param counts items of each kind
 */
export function rankRuns(
  scores: readonly Float64Array[],
  counts: Float64Array,
  order: 'high' | 'low',
): Ranking | undefined {
  const kinds = new Map<string, { scores: Float64Array; count: number }>()
  for (const [place, own] of scores.entries()) {
    const key = own.join(' ')
    const kind = kinds.get(key) ?? { scores: own, count: 0 }
    kind.count += counts[place] as number
    kinds.set(key, kind)
  }
  const merged = [...kinds].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, kind]) => kind)
  const items = merged.reduce((sum, { count }) => sum + count, 0)
  const runs = merged[0]?.scores.length ?? 0
  if (items === 0 || runs < 2) return undefined
  const mean = (run: number): number =>
    merged.reduce((sum, kind) => sum + kind.count * (kind.scores[run] as number), 0) / items
  const ranked = Array.from({ length: runs }, (_, run) => ({ run, score: mean(run) })).sort(
    (a, b) => (order === 'high' ? b.score - a.score : a.score - b.score) || a.run - b.run,
  )
  const pairs = ranked.flatMap((better, place) =>
    ranked.slice(place + 1).map((worse) => [better.run, worse.run] as const),
  )
  const figures = bootstrap(
    Float64Array.from(merged, ({ count }) => count),
    pairs.length,
    (sample, into) => {
      const sums = new Float64Array(runs)
      for (let kind = 0; kind < sample.length; kind++) {
        const count = sample[kind] as number
        if (count === 0) continue
        const own = (merged[kind] as { scores: Float64Array }).scores
        for (let run = 0; run < runs; run++) sums[run] = (sums[run] as number) + count * (own[run] as number)
      }
      for (const [place, [better, worse]] of pairs.entries())
        into[place] = ((sums[better] as number) - (sums[worse] as number)) / items
    },
  )
  return {
    items,
    runs: ranked,
    differences: pairs.map(([better, worse], place) => ({ better, worse, difference: figures[place] as Figure })),
  }
}
