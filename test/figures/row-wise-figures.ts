/**
 * The definitions as they stand in the papers, over rows and all pairs of values: slow, obvious, and of another shape than
 * the code they check. Codes are 0 … q - 1, null where there is none.
 */
export type Row = readonly (number | null)[]

/** 0 for equal codes; how much a disagreement weighs. */
export type Weight = (a: number, b: number) => number

export const nominal: Weight = (a, b) => (a === b ? 0 : 1)
export const linear: Weight = (a, b) => Math.abs(a - b)
export const squared: Weight = (a, b) => (a - b) ** 2
export const ratio: Weight = (a, b) => (a + b === 0 ? 0 : ((a - b) / (a + b)) ** 2)

function pairsOf(rows: readonly Row[]): [number, number][] {
  return rows.flatMap(([a, b]) => (typeof a === 'number' && typeof b === 'number' ? [[a, b] as [number, number]] : []))
}

/** 1 less the disagreement seen over the one expected: every first against every second. */
export function kappaOfRows(rows: readonly Row[], weight: Weight): number {
  const pairs = pairsOf(rows)
  const [firsts, seconds] = [pairs.map(([a]) => a), pairs.map(([, b]) => b)]
  if (new Set(firsts).size < 2 && new Set(seconds).size < 2) return Number.NaN
  const seen = pairs.reduce((sum, [a, b]) => sum + weight(a, b), 0) / pairs.length
  const expected =
    firsts.reduce((sum, a) => sum + seconds.reduce((inner, b) => inner + weight(a, b), 0), 0) / pairs.length ** 2
  return 1 - seen / expected
}

/** Gwet's coefficient with agreement weights 1 - weight / widest over a scale of q. */
export function gwetOfRows(rows: readonly Row[], q: number, weight: Weight): number {
  const pairs = pairsOf(rows)
  const scale = Array.from({ length: q }, (_, code) => code)
  const widest = Math.max(...scale.flatMap((a) => scale.map((b) => weight(a, b))))
  const agreement = (a: number, b: number) => 1 - weight(a, b) / widest
  const seen = pairs.reduce((sum, [a, b]) => sum + agreement(a, b), 0) / pairs.length
  const all = scale.flatMap((a) => scale.map((b) => agreement(a, b))).reduce((sum, value) => sum + value, 0)
  const shares = scale.map((code) => pairs.flat().filter((said) => said === code).length / (2 * pairs.length))
  const chance = (all / (q * (q - 1))) * shares.reduce((sum, share) => sum + share * (1 - share), 0)
  return (seen - chance) / (1 - chance)
}

/** Krippendorff's alpha from its matrix of coincidences. */
export function alphaOfRows(rows: readonly Row[], q: number, metric: Weight | 'ordinal'): number {
  const matrix = Array.from({ length: q }, () => Array.from({ length: q }, () => 0))
  for (const row of rows) {
    const said = row.filter((value) => value !== null)
    for (const [i, a] of said.entries())
      for (const [j, b] of said.entries())
        if (i !== j) (matrix[a] as number[])[b] = (matrix[a]?.[b] ?? 0) + 1 / (said.length - 1)
  }
  const totals = matrix.map((line) => line.reduce((sum, value) => sum + value, 0))
  const all = totals.reduce((sum, value) => sum + value, 0)
  const delta = metric === 'ordinal' ? ordinalMetric(totals) : metric
  let seen = 0
  let expected = 0
  for (let a = 0; a < q; a++)
    for (let b = 0; b < q; b++) {
      if (a === b) continue
      seen += (matrix[a]?.[b] ?? 0) * delta(a, b)
      expected += (totals[a] ?? 0) * (totals[b] ?? 0) * delta(a, b)
    }
  return expected > 0 ? 1 - ((all - 1) * seen) / expected : Number.NaN
}

function ordinalMetric(totals: readonly number[]): Weight {
  return (a, b) => {
    const [low, high] = [Math.min(a, b), Math.max(a, b)]
    const between = totals.slice(low, high + 1).reduce((sum, value) => sum + value, 0)
    return (between - ((totals[low] ?? 0) + (totals[high] ?? 0)) / 2) ** 2
  }
}
