import {
  isUsable,
  scaleOf,
  verdictStatuses,
  type Field,
  type Rubric,
  type RunColumns,
  type VerdictStatus,
} from 'registry'

export interface VerdictCounts {
  /** rows by parse status, from best to worst, those that occur */
  statuses: { status: VerdictStatus; count: number }[]
  /** the rubric's primary field: how often each value was said, over usable verdicts */
  primary?: PrimaryCounts
}

export interface PrimaryCounts {
  name: string
  usable: number
  /** by the scale, zeros too */
  values: { value: string; count: number }[]
  /** a number field has no scale */
  range?: { lowest: number; median: number; highest: number }
}

/** What a run's columns say in counts. Pure. @param rubric the one they were read with */
export function countVerdicts(columns: RunColumns, rubric: Pick<Rubric, 'fields'> | undefined): VerdictCounts {
  const counts = verdictStatuses.map((status, code) => ({ status, count: countOf(columns.statuses, code) }))
  const [name, field] = Object.entries(rubric?.fields ?? {}).find(([, { primary }]) => primary === true) ?? []
  return {
    statuses: counts.filter(({ count }) => count > 0).reverse(),
    ...(name !== undefined && field ? { primary: countField(columns, name, field) } : {}),
  }
}

function countField(columns: RunColumns, name: string, field: Field): PrimaryCounts {
  const column = columns.fields[name]
  if (!column) throw new Error(`the columns don't have the field ${name}`)
  const places = [...column.statuses.keys()].filter((place) =>
    isUsable(verdictStatuses[column.statuses[place] ?? 0] ?? 'request_error'),
  )
  const counted = { name, usable: places.length }
  if (field.type === 'number') {
    const numbers = places.map((place) => column.numbers?.[place] ?? Number.NaN).sort((a, b) => a - b)
    const [lowest, highest] = [numbers[0], numbers.at(-1)]
    return lowest === undefined || highest === undefined
      ? { ...counted, values: [] }
      : { ...counted, values: [], range: { lowest, median: medianOf(numbers), highest } }
  }
  const codes = places.map((place) => column.codes[place] ?? -1)
  return { ...counted, values: scaleOf(field).map((value, code) => ({ value, count: countOf(codes, code) })) }
}

function countOf(codes: Iterable<number>, wanted: number): number {
  let count = 0
  for (const code of codes) if (code === wanted) count++
  return count
}

function medianOf(sorted: readonly number[]): number {
  const middle = sorted.length >> 1
  const [below = Number.NaN, above = Number.NaN] = [sorted[middle - 1], sorted[middle]]
  return sorted.length % 2 === 1 ? above : (below + above) / 2
}
