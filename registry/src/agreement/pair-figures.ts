import type { PairTable } from './pair-table.ts'

/** unweighted for nominal and boolean fields, quadratic over ranks for ordinal ones */
export type Weighting = 'unweighted' | 'quadratic'

/**
 * Cohen's kappa (Cohen 1960; weighted by squared distance of ranks: Cohen 1968). NaN without items and where each of both
 * always says one thing. `counts` stand in for the table's own, in its order.
 */
export function cohenKappa(table: PairTable, weighting: Weighting, counts = table.counts): number {
  const { rows, columns, items, disagreement } = addUp(table, weighting, counts)
  if (occurring(rows) < 2 && occurring(columns) < 2) return Number.NaN
  let expected: number
  if (weighting === 'unweighted') {
    let chance = 0
    for (let code = 0; code < rows.length; code++) chance += (rows[code] as number) * (columns[code] as number)
    expected = items - chance / items
  } else {
    // Σ rᵢcⱼ(i − j)² written out, so that it takes one pass over the scale
    const row = moments(rows)
    const column = moments(columns)
    expected = row.squares + column.squares - (2 * row.sum * column.sum) / items
  }
  return 1 - disagreement / expected
}

/**
 * Gwet's AC1, or AC2 with quadratic weights (Gwet, "Computing inter-rater reliability and its variance in the presence of
 * high agreement", 2008). The scale's length counts, not the values that happen to occur. NaN without items.
 */
export function gwetAc(table: PairTable, weighting: Weighting, counts = table.counts): number {
  const { rows, columns, items, disagreement } = addUp(table, weighting, counts)
  if (items === 0) return Number.NaN
  const q = table.size
  let spread = 0
  for (let code = 0; code < q; code++) {
    const share = ((rows[code] as number) + (columns[code] as number)) / (2 * items)
    spread += share * (1 - share)
  }
  const widest = (q - 1) ** 2
  const weights = weighting === 'unweighted' ? q : q * q - (q * q * (q * q - 1)) / 6 / widest
  const chance = (weights / (q * (q - 1))) * spread
  const agreement = 1 - disagreement / (weighting === 'unweighted' ? 1 : widest) / items
  return (agreement - chance) / (1 - chance)
}

/** Items where both say the same, out of those where both say something. `isEqual` takes codes. */
export function countEqual(
  table: PairTable,
  isEqual: (first: number, second: number) => boolean,
): { equal: number; paired: number } {
  let equal = 0
  let paired = 0
  for (let cell = 0; cell < table.first.length; cell++) {
    const count = table.counts[cell] as number
    paired += count
    if (isEqual(table.first[cell] as number, table.second[cell] as number)) equal += count
  }
  return { equal, paired }
}

interface Sums {
  rows: Float64Array
  columns: Float64Array
  items: number
  /** Σ count × weight of disagreement: 1, or the squared distance of ranks */
  disagreement: number
}

function addUp({ size, first, second }: PairTable, weighting: Weighting, counts: Float64Array): Sums {
  const rows = new Float64Array(size)
  const columns = new Float64Array(size)
  let items = 0
  let disagreement = 0
  for (let cell = 0; cell < first.length; cell++) {
    const count = counts[cell] as number
    const a = first[cell] as number
    const b = second[cell] as number
    rows[a] = (rows[a] as number) + count
    columns[b] = (columns[b] as number) + count
    items += count
    if (a !== b) disagreement += weighting === 'unweighted' ? count : count * (a - b) ** 2
  }
  return { rows, columns, items, disagreement }
}

function occurring(margin: Float64Array): number {
  let found = 0
  for (const count of margin) if (count > 0) found++
  return found
}

function moments(margin: Float64Array): { sum: number; squares: number } {
  let sum = 0
  let squares = 0
  for (let rank = 0; rank < margin.length; rank++) {
    sum += (margin[rank] as number) * rank
    squares += (margin[rank] as number) * rank * rank
  }
  return { sum, squares }
}
