import { bootstrap, type Figure } from '../agreement/bootstrap.ts'
import { pairDistance } from '../agreement/item-distance.ts'
import { jointPatterns, type JointPatterns } from '../agreement/joint-patterns.ts'
import { alphaOfSamples, unitsOf, type Metric, type Units } from '../agreement/krippendorff-alpha.ts'
import { cohenKappa, countEqual, gwetAc, type Weighting } from '../agreement/pair-figures.ts'
import { pairTable, uprightTable, type PairTable } from '../agreement/pair-table.ts'
import type { Agreement } from '../formats/comparison.ts'
import { statusName, worseStatus } from './aligned-run.ts'
import type { FieldCodes } from './field-codes.ts'

/** Which statistics a field has by its type (MEASURES, "Figures"). */
export function statisticsOf(type: FieldCodes['field']['type']): { weighting?: Weighting; metric: Metric } {
  switch (type) {
    case 'nominal':
    case 'boolean':
      return { weighting: 'unweighted', metric: 'nominal' }
    case 'ordinal':
      return { weighting: 'quadratic', metric: 'ordinal' }
    case 'number':
      return { metric: 'interval' }
  }
}

/** All figures of two columns over a dataset's items. The same whichever of both comes first. */
export function agreePair(
  field: Pick<FieldCodes, 'field' | 'size' | 'numbers' | 'distance' | 'isEqual'>,
  patterns: JointPatterns,
  [a, b]: readonly [number, number],
  dropped: Record<string, number>,
): Agreement {
  const table = uprightTable(pairTable(patterns, a, b, field.size))
  const { weighting, metric } = statisticsOf(field.field.type)
  const units = unitsOfTable(table, field.numbers)
  const alphaOf = alphaOfSamples(units, metric)
  const cells = table.counts.length
  const isSame = Uint8Array.from(table.first, (code, cell) =>
    field.isEqual(code, table.second[cell] as number) ? 1 : 0,
  )
  const items = patterns.counts.reduce((sum, count) => sum + count, 0)
  const dropping = Float64Array.from([...table.counts, table.dropped])
  const [raw, strict, alpha, kappa, ac] = bootstrap(dropping, weighting ? 5 : 3, (sample, figures) => {
    const counts = sample.subarray(0, cells)
    let equal = 0
    let paired = 0
    for (let cell = 0; cell < cells; cell++) {
      paired += counts[cell] as number
      equal += (counts[cell] as number) * (isSame[cell] as number)
    }
    figures[0] = equal / paired
    figures[1] = equal / items
    figures[2] = alphaOf(counts)
    if (!weighting) return
    figures[3] = cohenKappa(table, weighting, counts)
    figures[4] = gwetAc(table, weighting, counts)
  }) as [Figure, Figure, Figure, Figure?, Figure?]
  const { equal, paired } = countEqual(table, field.isEqual)
  const distance = pairDistance(table, field.distance)
  return {
    paired,
    dropped,
    equal,
    raw,
    strict,
    ...(kappa ? { kappa } : {}),
    ...(ac ? { ac } : {}),
    alpha,
    distance: Number.isNaN(distance) ? null : distance,
  }
}

/** Every cell of a pair's table as a kind of unit, so that a sample of cells is a sample of units. */
function unitsOfTable({ size, first, second, counts }: PairTable, numbers: Float64Array | undefined): Units {
  const starts = [0]
  const values: number[] = []
  const times: number[] = []
  for (let cell = 0; cell < counts.length; cell++) {
    const [a, b] = [first[cell] as number, second[cell] as number]
    if (a === b) {
      values.push(a)
      times.push(2)
    } else {
      values.push(a, b)
      times.push(1, 1)
    }
    starts.push(values.length)
  }
  return {
    size,
    starts: Int32Array.from(starts),
    values: Int32Array.from(values),
    times: Int32Array.from(times),
    counts,
    ...(numbers ? { numbers } : {}),
  }
}

/** Alpha over all columns with its interval. */
export function alphaOfAll(field: Pick<FieldCodes, 'field' | 'size' | 'numbers'>, patterns: JointPatterns): Figure {
  const units = unitsOf(patterns, field.size, field.numbers)
  const all = patterns.counts.reduce((sum, count) => sum + count, 0)
  const paired = units.counts.reduce((sum, count) => sum + count, 0)
  const alphaOf = alphaOfSamples(units, statisticsOf(field.field.type).metric)
  const [alpha] = bootstrap(Float64Array.from([...units.counts, all - paired]), 1, (sample, figures) => {
    figures[0] = alphaOf(sample.subarray(0, units.counts.length))
  }) as [Figure]
  return alpha
}

/** Items that one of two columns has no code for, by the worse of their statuses. */
export function dropsOf(
  { codes, statuses }: { codes: readonly Int32Array[]; statuses: readonly Uint8Array[] },
  [a, b]: readonly [number, number],
): Record<string, number> {
  const [firstCodes, secondCodes] = [codes[a] as Int32Array, codes[b] as Int32Array]
  const [first, second] = [statuses[a] as Uint8Array, statuses[b] as Uint8Array]
  const found: Record<string, number> = {}
  for (let position = 0; position < firstCodes.length; position++) {
    if ((firstCodes[position] as number) >= 0 && (secondCodes[position] as number) >= 0) continue
    const name = statusName(worseStatus(first[position] as number, second[position] as number))
    found[name] = (found[name] ?? 0) + 1
  }
  return found
}

/** Two columns on their own: what a rater or a replicate run needs. */
export function agreeTwo(field: FieldCodes, reading: 'usable' | 'with_repaired'): Agreement {
  const codes = field.codes[reading]
  return agreePair(
    field,
    jointPatterns(codes, field.size),
    [0, 1],
    dropsOf({ codes, statuses: field.statuses }, [0, 1]),
  )
}
