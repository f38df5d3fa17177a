import { codeField, jointPatterns, judgeItem, judgeItems, statusName, isUsable, type AlignedField } from 'registry'
import type { ComparedField, ItemJudgement, JudgedItems, Say } from 'registry'
import type { CompareField } from '../data/compare-data.ts'

/** What judging needs of a run: its columns by field. */
export interface JudgedRun {
  fields: ReadonlyMap<string, AlignedField>
}

/** One field of all items over the selected runs. Arrays are by position. */
export interface JudgedField {
  /** bits: `agrees`, `disagrees`, `fails` */
  flags: Uint8Array
  /** ordinal fields: how many places of the scale lie between the lowest and the highest usable verdict */
  gaps: Uint16Array | undefined
  /** all positions, farthest apart first, then in the dataset's order; sorted when first asked for */
  byDistance: () => Uint32Array
}

export const agrees = 1
export const disagrees = 2
export const fails = 4

const usableStatus = Uint8Array.from({ length: 256 }, (_, status) => {
  const name = statusName(status)
  return name !== 'missing' && isUsable(name) ? 1 : 0
})

/** Judges a field of every item. Codes are judged once for each combination that occurs, numbers item by item. */
export function judgeField(field: CompareField, runs: readonly JudgedRun[], count: number): JudgedField {
  return field.type === 'number' ? judgeNumbers(field, runs, count) : judgeCodes(field, runs, count)
}

/** What each run says on one field of one item: a code or a number where usable, else null. */
export function saysOf(field: CompareField, runs: readonly JudgedRun[], position: number): Say[] {
  return runs.map(({ fields }) => {
    const column = fields.get(field.name)
    return column && usableStatus[column.statuses[position] ?? -1] === 1 ? valueAt(field, column, position) : null
  })
}

/** The value that was read, usable or not: a code, or a number; null without one. */
export function valueAt({ type }: Pick<CompareField, 'type'>, column: AlignedField, position: number): number | null {
  const value = type === 'number' ? column.numbers?.[position] : column.codes[position]
  return value === undefined || Number.isNaN(value) || (type !== 'number' && value < 0) ? null : value
}

/** One field of one item over the selected runs. */
export function judgePosition(field: CompareField, runs: readonly JudgedRun[], position: number): ItemJudgement {
  return judgeItem(saysOf(field, runs, position), field.tolerance)
}

/** A run's usable codes on a field by position, -1 without one; made once for a column. */
export function usableCodes(column: AlignedField | undefined, count: number): Int32Array {
  if (!column) return new Int32Array(count).fill(-1)
  const known = codesOf.get(column)
  if (known) return known
  const { statuses, codes } = column
  const usable = new Int32Array(count)
  for (let position = 0; position < count; position++)
    usable[position] = usableStatus[statuses[position] as number] === 1 ? (codes[position] as number) : -1
  codesOf.set(column, usable)
  return usable
}

const codesOf = new WeakMap<AlignedField, Int32Array>()

function judgeCodes(field: CompareField, runs: readonly JudgedRun[], count: number): JudgedField {
  const coded = codeField(asCompared(field), [], new Map())
  const patterns = jointPatterns(
    runs.map(({ fields }) => usableCodes(fields.get(field.name), count)),
    coded.size,
  )
  const judged = judgeItems(coded, patterns)
  const spread = (values: ArrayLike<number>, into: Uint8Array | Uint16Array) => {
    const { patternOf } = patterns
    for (let position = 0; position < count; position++)
      into[position] = values[patternOf[position] as number] as number
  }
  const flags = new Uint8Array(count)
  spread(judged.judgements.map(flagsOf), flags)
  const gaps = field.type === 'ordinal' ? new Uint16Array(count) : undefined
  if (gaps) spread(gapsOf(judged), gaps)
  return { flags, gaps, byDistance: once(() => sortFarthest(judged.distances, patterns.patternOf)) }
}

function flagsOf({ agree, disagree, error }: ItemJudgement): number {
  return (agree ? agrees : 0) | (disagree ? disagrees : 0) | (error ? fails : 0)
}

function gapsOf({ patterns: { width, codes, counts } }: JudgedItems): Uint16Array {
  return Uint16Array.from(counts, (_, pattern) => {
    const usable = codes.subarray(pattern * width, (pattern + 1) * width).filter((code) => code >= 0)
    return usable.length < 2 ? 0 : Math.max(...usable) - Math.min(...usable)
  })
}

/**
 * Numbers seldom repeat, so there is nothing to gain by patterns. All pairs are within the tolerance when the lowest
 * and the highest are. A test holds this against judgeItems.
 */
function judgeNumbers({ name, tolerance }: CompareField, runs: readonly JudgedRun[], count: number): JudgedField {
  const columns = runs.map(({ fields }) => fields.get(name))
  const flags = new Uint8Array(count)
  const far = new Uint16Array(count)
  const said = new Float64Array(runs.length)
  for (let position = 0; position < count; position++) {
    let usable = 0
    for (const column of columns) {
      const value = column?.numbers?.[position] as number
      if (column && usableStatus[column.statuses[position] as number] === 1 && !Number.isNaN(value))
        said[usable++] = value
    }
    let apart = 0
    for (let a = 1; a < usable; a++)
      for (let b = 0; b < a; b++) if (Math.abs((said[a] as number) - (said[b] as number)) > tolerance) apart++
    flags[position] = (usable < columns.length ? fails : 0) | (usable < 2 ? 0 : apart > 0 ? disagrees : agrees)
    far[position] = usable * pairPlaces + apart
  }
  // a place for each number of usable runs and of pairs apart, so that the mean needs no table by item
  const means = Float64Array.from({ length: (runs.length + 1) * pairPlaces }, (_, place) => {
    const usable = Math.floor(place / pairPlaces)
    return (2 * (place % pairPlaces)) / (usable * (usable - 1))
  })
  return { flags, gaps: undefined, byDistance: once(() => sortFarthest(means, far)) }
}

/** Eight runs make 28 pairs. */
const pairPlaces = 29

/**
 * Positions by falling distance, equal ones in order, those without a distance last: what rankItems of registry gives,
 * by counting instead of comparing. @param distances NaN for none @param placeOf position → place in `distances`
 */
function sortFarthest(distances: Float64Array, placeOf: ArrayLike<number>): Uint32Array {
  const plain = distances.map((distance) => (Number.isNaN(distance) ? -1 : distance))
  const falling = [...new Set(plain)].sort((a, b) => b - a)
  const rankAt = new Map(falling.map((distance, rank) => [distance, rank]))
  const ranks = Uint32Array.from(plain, (distance) => rankAt.get(distance) as number)
  const next = new Uint32Array(falling.length + 1)
  for (let position = 0; position < placeOf.length; position++) {
    const after = (ranks[placeOf[position] as number] as number) + 1
    next[after] = (next[after] as number) + 1
  }
  for (let rank = 1; rank < next.length; rank++) next[rank] = (next[rank] as number) + (next[rank - 1] as number)
  const sorted = new Uint32Array(placeOf.length)
  for (let position = 0; position < placeOf.length; position++) {
    const rank = ranks[placeOf[position] as number] as number
    const place = next[rank] as number
    sorted[place] = position
    next[rank] = place + 1
  }
  return sorted
}

/** The field as registry's functions take it; its path and requirement say nothing here. */
function asCompared({ type, scale, tolerance }: CompareField): ComparedField {
  const base = { path: '', required: true }
  if (type === 'number') return { ...base, type, tolerance }
  if (type === 'boolean') return { ...base, type }
  if (type === 'text') throw new TypeError('a text field has no codes')
  return { ...base, type, scale: [...scale] }
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined
  return () => (made ??= { value: make() }).value
}
