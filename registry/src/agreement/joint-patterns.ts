/** Largest table of keys that is looked up by place; beyond it keys go through a Map. */
const largestTable = 1 << 22

/** What several columns say together, counted: one pattern for each combination that occurs, in ascending order. */
export interface JointPatterns {
  /** columns */
  width: number
  /** pattern by pattern, one code a column; -1 where there is no value */
  codes: Int32Array
  /** items of each pattern */
  counts: Float64Array
  /** the pattern of each item */
  patternOf: Int32Array
}

/**
 * Counts the combinations of codes over items. Linear in items × columns. The order of items changes nothing but `patternOf`.
 * @param columns one code an item, from -1 (no value) to size - 1 @param weights how often each item counts; once by default
 */
export function jointPatterns(columns: readonly Int32Array[], size: number, weights?: Float64Array): JointPatterns {
  const items = columns[0]?.length ?? 0
  const keySize = size + 1
  let patternOf = new Int32Array(items)
  let patterns = Math.min(1, items)
  // pattern by pattern refined by one more column, so that a key never outgrows a safe integer
  for (const column of columns) {
    const keyOf = (item: number): number => (patternOf[item] as number) * keySize + (column[item] as number) + 1
    const ranked = rankKeys(keyOf, items, patterns * keySize)
    patternOf = ranked.ranks
    patterns = ranked.count
  }
  const width = columns.length
  const codes = new Int32Array(patterns * width)
  const counts = new Float64Array(patterns)
  for (let item = 0; item < items; item++) {
    const pattern = patternOf[item] as number
    if (counts[pattern] === 0)
      for (let place = 0; place < width; place++)
        codes[pattern * width + place] = (columns[place] as Int32Array)[item] as number
    counts[pattern] = (counts[pattern] as number) + (weights?.[item] ?? 1)
  }
  return { width, codes, counts, patternOf }
}

/** Each item's key as its rank among the keys that occur. */
function rankKeys(
  keyOf: (item: number) => number,
  items: number,
  limit: number,
): { ranks: Int32Array<ArrayBuffer>; count: number } {
  const ranks = new Int32Array(items)
  if (limit <= largestTable) {
    const table = new Int32Array(limit)
    for (let item = 0; item < items; item++) table[keyOf(item)] = 1
    let count = 0
    for (let key = 0; key < limit; key++) if (table[key] === 1) table[key] = count++
    for (let item = 0; item < items; item++) ranks[item] = table[keyOf(item)] as number
    return { ranks, count }
  }
  const keys = new Float64Array(items)
  for (let item = 0; item < items; item++) keys[item] = keyOf(item)
  const found = new Map<number, number>()
  for (const key of keys.toSorted()) if (!found.has(key)) found.set(key, found.size)
  for (let item = 0; item < items; item++) ranks[item] = found.get(keys[item] as number) as number
  return { ranks, count: found.size }
}

/** Only some of the columns: patterns that differ nowhere else become one. `patternOf` is by pattern of the whole. */
export function projectPatterns(patterns: JointPatterns, columns: readonly number[], size: number): JointPatterns {
  const { width, codes, counts } = patterns
  const chosen = columns.map((column) =>
    Int32Array.from(counts, (_, pattern) => codes[pattern * width + column] as number),
  )
  return jointPatterns(chosen, size, counts)
}
