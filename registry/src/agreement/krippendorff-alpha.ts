import { jointPatterns, type JointPatterns } from './joint-patterns.ts'

export type Metric = 'nominal' | 'ordinal' | 'interval'

/** Units by how often each value was said in them, whoever said it; those with fewer than two values are left out. */
export interface Units {
  size: number
  /** unit kind by unit kind: where its entries start; one more at the end */
  starts: Int32Array
  values: Int32Array
  times: Int32Array
  /** units of each kind */
  counts: Float64Array
  /** what the codes stand for, ascending; the codes themselves by default */
  numbers?: Float64Array
}

/** Forgets who said what: patterns with the same values become one kind of unit. */
export function unitsOf({ width, codes, counts }: JointPatterns, size: number, numbers?: Float64Array): Units {
  const sorted = new Int32Array(codes)
  for (let pattern = 0; pattern < counts.length; pattern++)
    sorted.subarray(pattern * width, (pattern + 1) * width).sort()
  const columns = Array.from({ length: width }, (_, place) =>
    Int32Array.from(counts, (_count, pattern) => sorted[pattern * width + place] as number),
  )
  const kinds = jointPatterns(columns, size, counts)
  const starts = [0]
  const values: number[] = []
  const times: number[] = []
  const kept: number[] = []
  for (let kind = 0; kind < kinds.counts.length; kind++) {
    const said = kinds.codes.subarray(kind * width, (kind + 1) * width).filter((code) => code >= 0)
    if (said.length < 2) continue
    for (let place = 0; place < said.length; place++)
      if (place > 0 && said[place] === said[place - 1]) times[times.length - 1] = (times.at(-1) as number) + 1
      else {
        values.push(said[place] as number)
        times.push(1)
      }
    starts.push(values.length)
    kept.push(kinds.counts[kind] as number)
  }
  return {
    size,
    starts: Int32Array.from(starts),
    values: Int32Array.from(values),
    times: Int32Array.from(times),
    counts: Float64Array.from(kept),
    ...(numbers ? { numbers } : {}),
  }
}

/**
 * Krippendorff's alpha for any number of coders and missing values ("Computing Krippendorff's alpha-reliability", 2011).
 * NaN where the values don't vary. `counts` stand in for the units' own, in their order. Linear in the entries: the ordinal
 * metric is the interval metric on the values' middle ranks.
 */
export function krippendorffAlpha(units: Units, metric: Metric, counts = units.counts): number {
  const { size, starts, values, times } = units
  const totals = new Float64Array(size)
  let all = 0
  for (let kind = 0; kind < counts.length; kind++) {
    const weight = counts[kind] as number
    if (weight === 0) continue
    for (let entry = starts[kind] as number; entry < (starts[kind + 1] as number); entry++) {
      const said = weight * (times[entry] as number)
      totals[values[entry] as number] = (totals[values[entry] as number] as number) + said
      all += said
    }
  }
  if (all === 0) return Number.NaN
  const places =
    metric === 'nominal' ? undefined : metric === 'ordinal' ? middleRanks(totals) : centre(units.numbers, totals, all)
  const expected = places ? 2 * all * squares(places, totals, all) : all * all - sumOfSquares(totals)
  if (!(expected > 0)) return Number.NaN
  let observed = 0
  for (let kind = 0; kind < counts.length; kind++) {
    const weight = counts[kind] as number
    if (weight === 0) continue
    observed += weight * disagreementWithin(units, kind, places)
  }
  return 1 - ((all - 1) * observed) / expected
}

/**
 * `krippendorffAlpha` for many samples of the same units. With the interval metric what a unit adds does not depend on the
 * sample, so it is summed up once: numbers may have as many values as there are items.
 */
export function alphaOfSamples(units: Units, metric: Metric): (counts: Float64Array) => number {
  if (metric !== 'interval') return (counts) => krippendorffAlpha(units, metric, counts)
  const { said, sums, squared, within } = addUpUnits(units)
  return (counts) => {
    let all = 0
    let sum = 0
    let squaresSum = 0
    let observed = 0
    for (let kind = 0; kind < counts.length; kind++) {
      const weight = counts[kind] as number
      if (weight === 0) continue
      all += weight * (said[kind] as number)
      sum += weight * (sums[kind] as number)
      squaresSum += weight * (squared[kind] as number)
      observed += weight * (within[kind] as number)
    }
    const expected = 2 * all * (squaresSum - (sum * sum) / all)
    // what rounding leaves of values that don't vary is no variation
    return expected > 1e-12 * all * squaresSum ? 1 - ((all - 1) * observed) / expected : Number.NaN
  }
}

/** Each unit kind's values: how many, their sum, the sum of their squares (about the mean of all), their disagreement. */
function addUpUnits(units: Units): Record<'said' | 'sums' | 'squared' | 'within', Float64Array> {
  const { size, starts, values, times, counts } = units
  const totals = new Float64Array(size)
  let all = 0
  for (let kind = 0; kind < counts.length; kind++)
    for (let entry = starts[kind] as number; entry < (starts[kind + 1] as number); entry++) {
      const weighed = (counts[kind] as number) * (times[entry] as number)
      totals[values[entry] as number] = (totals[values[entry] as number] as number) + weighed
      all += weighed
    }
  const places = centre(units.numbers, totals, all)
  const [said, sums, squared] = [0, 1, 2].map(() => new Float64Array(counts.length)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ]
  for (let kind = 0; kind < counts.length; kind++)
    for (let entry = starts[kind] as number; entry < (starts[kind + 1] as number); entry++) {
      const [count, place] = [times[entry] as number, places[values[entry] as number] as number]
      said[kind] = (said[kind] as number) + count
      sums[kind] = (sums[kind] as number) + count * place
      squared[kind] = (squared[kind] as number) + count * place * place
    }
  return {
    said,
    sums,
    squared,
    within: Float64Array.from(counts, (_, kind) => disagreementWithin(units, kind, places)),
  }
}

/** Σ over ordered pairs of a unit's values of their squared distance, over one less than its values. */
function disagreementWithin({ starts, values, times }: Units, kind: number, places: Float64Array | undefined): number {
  const start = starts[kind] as number
  const end = starts[kind + 1] as number
  if (end - start === 1) return 0
  let said = 0
  let sum = 0
  for (let entry = start; entry < end; entry++) {
    const count = times[entry] as number
    said += count
    sum += places ? count * (places[values[entry] as number] as number) : count * count
  }
  if (!places) return (said * said - sum) / (said - 1)
  const mean = sum / said
  let spread = 0
  for (let entry = start; entry < end; entry++)
    spread += (times[entry] as number) * ((places[values[entry] as number] as number) - mean) ** 2
  return (2 * said * spread) / (said - 1)
}

function middleRanks(totals: Float64Array): Float64Array {
  let below = 0
  return totals.map((total) => {
    const rank = below + total / 2
    below += total
    return rank
  })
}

function centre(numbers: Float64Array | undefined, totals: Float64Array, all: number): Float64Array {
  const places = numbers ?? Float64Array.from(totals, (_, code) => code)
  let mean = 0
  for (let code = 0; code < totals.length; code++) mean += ((totals[code] as number) / all) * (places[code] as number)
  return places.map((place) => place - mean)
}

function squares(places: Float64Array, totals: Float64Array, all: number): number {
  let mean = 0
  for (let code = 0; code < totals.length; code++) mean += ((totals[code] as number) / all) * (places[code] as number)
  let sum = 0
  for (let code = 0; code < totals.length; code++)
    sum += (totals[code] as number) * ((places[code] as number) - mean) ** 2
  return sum
}

function sumOfSquares(totals: Float64Array): number {
  let sum = 0
  for (const total of totals) sum += total * total
  return sum
}
