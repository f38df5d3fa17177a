/** Values counted in bins of equal width: bin `i` holds those from `from + i × width` up to, but not with, the next edge. */
export interface Histogram {
  from: number
  width: number
  counts: number[]
  /** values that were counted */
  counted: number
  /** of those that were counted; absent when there are none */
  spread?: { smallest: number; median: number; largest: number }
}

const mostBins = 30

/**
 * Counts values in at most 30 bins. Their width is 1, 2 or 5 times a power of ten, the smallest that will do but at
 * least `leastWidth`, and edges are multiples of it, so that two runs of one kind can be held side by side.
 * @param values NaN stands for none and is left out
 */
export function makeHistogram(values: ArrayLike<number>, leastWidth = 0): Histogram {
  const sorted = Float64Array.from(values)
    .filter((value) => Number.isFinite(value))
    .sort()
  const [smallest] = sorted
  const largest = sorted.at(-1)
  if (smallest === undefined || largest === undefined)
    return { from: 0, width: leastWidth || 1, counts: [], counted: 0 }
  const width = chooseWidth(smallest, largest, leastWidth)
  const first = Math.floor(smallest / width)
  const counts = Array.from<number>({ length: Math.floor(largest / width) - first + 1 }).fill(0)
  for (const value of sorted) {
    const bin = Math.floor(value / width) - first
    counts[bin] = (counts[bin] ?? 0) + 1
  }
  const middle = (sorted.length - 1) / 2
  const median = ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle)] ?? 0)) / 2
  return { from: tidy(first * width), width, counts, counted: sorted.length, spread: { smallest, median, largest } }
}

/** The edge a bin starts at. */
export function binEdge({ from, width }: Pick<Histogram, 'from' | 'width'>, bin: number): number {
  return tidy(from + bin * width)
}

function chooseWidth(smallest: number, largest: number, leastWidth: number): number {
  const span = largest - smallest
  for (let power = span > 0 ? Math.floor(Math.log10(span / mostBins)) : 0; ; power++)
    for (const step of [1, 2, 5]) {
      const width = tidy(step * 10 ** power)
      if (width >= leastWidth && Math.floor(largest / width) - Math.floor(smallest / width) < mostBins) return width
    }
}

/** Without the noise of binary fractions: 0.30000000000000004 is 0.3. */
function tidy(value: number): number {
  return Number(value.toPrecision(12))
}
