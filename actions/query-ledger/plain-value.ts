/** A value as JSON has it. */
export type Plain = null | boolean | number | string | Plain[] | { [name: string]: Plain }

/**
 * A value of a DuckDB result as JSON has it: whole numbers that a number can't hold exactly, and numbers that JSON lacks
 * (NaN, Infinity), become text, decimals become numbers, times, dates and the rest text, nested values stay nested. Pure.
 */
export function plainValue(value: unknown): Plain {
  if (value === null || value === undefined) return null
  if (typeof value === 'boolean' || typeof value === 'string') return value
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value)
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value)
  if (typeof value === 'object') return plainObject(value)
  throw new TypeError(`a DuckDB value is a ${typeof value}`)
}

function plainObject(value: object): Plain {
  if ('items' in value && Array.isArray(value.items)) return value.items.map(plainValue)
  if ('entries' in value && typeof value.entries === 'object' && value.entries !== null) {
    const { entries } = value
    // a map, whose keys may be anything, or a struct
    const pairs: [string, unknown][] = Array.isArray(entries)
      ? (entries as { key: unknown; value: unknown }[]).map((entry) => [String(entry.key), entry.value])
      : Object.entries(entries)
    return Object.fromEntries(pairs.map(([name, entry]) => [name, plainValue(entry)]))
  }
  if ('toDouble' in value && typeof value.toDouble === 'function') return plainValue((value.toDouble as () => number)())
  if ('tag' in value && 'value' in value) return plainValue(value.value)
  // times, dates, UUIDs and intervals say themselves
  // oxlint-disable-next-line typescript/no-base-to-string
  return String(value)
}
