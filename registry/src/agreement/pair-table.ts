import { projectPatterns, type JointPatterns } from './joint-patterns.ts'

/** Two runs' (or raters') codes where both have one, counted by combination. */
export interface PairTable {
  /** q: the length of the scale, or the number of different numbers */
  size: number
  first: Int32Array
  second: Int32Array
  counts: Float64Array
  /** items where one of them has no code */
  dropped: number
}

/** The table of two columns out of all; the same, but for its sides, whichever comes first. */
export function pairTable(patterns: JointPatterns, a: number, b: number, size: number): PairTable {
  const pair = projectPatterns(patterns, [a, b], size)
  const table: Cell[] = []
  let dropped = 0
  for (let place = 0; place < pair.counts.length; place++) {
    const cell = {
      first: pair.codes[place * 2] as number,
      second: pair.codes[place * 2 + 1] as number,
      count: pair.counts[place] as number,
    }
    if (cell.first < 0 || cell.second < 0) dropped += cell.count
    else table.push(cell)
  }
  return { size, ...toArrays(table), dropped }
}

/** A square table of counts, row by row: rows are the first's codes, columns the second's. */
export function tableOf(rows: readonly (readonly number[])[], size = rows.length): PairTable {
  const cells = rows.flatMap((row, first) => row.map((count, second) => ({ first, second, count })))
  return { size, ...toArrays(cells.filter(({ count }) => count > 0)), dropped: 0 }
}

/**
 * The table or its mirror image, whichever comes first by a fixed order: a figure that doesn't mind which is first then
 * gets the same interval both ways.
 */
export function uprightTable(table: PairTable): PairTable {
  const cells = Array.from(table.counts, (count, place) => ({
    first: table.first[place] as number,
    second: table.second[place] as number,
    count,
  }))
  const mirrored = cells
    .map(({ first, second, count }) => ({ first: second, second: first, count }))
    .sort((x, y) => x.first - y.first || x.second - y.second)
  for (const [place, cell] of cells.entries()) {
    const other = mirrored[place] as Cell
    const order = cell.first - other.first || cell.second - other.second || cell.count - other.count
    if (order !== 0) return order < 0 ? table : { ...table, ...toArrays(mirrored) }
  }
  return table
}

interface Cell {
  first: number
  second: number
  count: number
}

function toArrays(cells: readonly Cell[]): Pick<PairTable, 'first' | 'second' | 'counts'> {
  return {
    first: Int32Array.from(cells, ({ first }) => first),
    second: Int32Array.from(cells, ({ second }) => second),
    counts: Float64Array.from(cells, ({ count }) => count),
  }
}
