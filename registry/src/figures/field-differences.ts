import { adjustHolm, exactMcNemar } from '../agreement/significance.ts'
import type { Differences } from '../formats/comparison.ts'
import type { FieldCodes } from './field-codes.ts'
import { isCorrect, labelledPositions, type Reference } from './label-figures.ts'

/** Hits of one run by position: 1 right or positive, 0 not, -1 out of the count. */
type Hits = Int8Array

/**
 * Every pair's difference with the exact McNemar test, Holm over the pairs: in accuracy where there are labels, else in the
 * rate of positive verdicts by the field's binary cut, on items where both are usable. Undefined where there is neither.
 */
export function testDifferences(
  codes: FieldCodes,
  runIds: readonly string[],
  reference: Reference | undefined,
): Differences | undefined {
  const fair = reference ? labelledPositions(reference).fair : []
  const usable = codes.codes.usable
  const positive = positiveCodes(codes)
  const hits: Hits[] | undefined =
    fair.length > 0
      ? usable.map((column) => correctness(codes, column, fair))
      : positive &&
        usable.map((column) => Int8Array.from(column, (code) => (code < 0 ? -1 : positive.has(code) ? 1 : 0)))
  if (!hits || runIds.length < 2) return undefined
  const pairs: Pair[] = []
  for (const [first, a] of runIds.entries())
    for (let second = first + 1; second < runIds.length; second++) {
      const counted = countDifferent(hits[first] as Hits, hits[second] as Hits)
      pairs.push({
        a,
        b: runIds[second] as string,
        ...counted,
        p: exactMcNemar(counted.only_a, counted.only_b),
        p_holm: 1,
      })
    }
  for (const [place, adjusted] of adjustHolm(pairs.map(({ p }) => p)).entries())
    (pairs[place] as Pair).p_holm = adjusted
  return { of: fair.length > 0 ? 'accuracy' : 'positive rate', pairs }
}

type Pair = Differences['pairs'][number]

function correctness(codes: FieldCodes, column: Int32Array, fair: readonly number[]): Hits {
  const hits = new Int8Array(column.length).fill(-1)
  for (const position of fair) hits[position] = isCorrect(codes, column, position) ? 1 : 0
  return hits
}

/** The codes that the field's binary cut calls positive; undefined where the rubric draws none. */
function positiveCodes({ field }: FieldCodes): Set<number> | undefined {
  if (field.type === 'boolean') return new Set([1])
  if (field.type === 'number' || !field.positive) return undefined
  return new Set(field.positive.map((value) => field.scale.indexOf(value)))
}

function countDifferent(
  first: Hits,
  second: Hits,
): { items: number; only_a: number; only_b: number; difference: number | null } {
  let items = 0
  let onlyFirst = 0
  let onlySecond = 0
  for (let position = 0; position < first.length; position++) {
    const [a, b] = [first[position] as number, second[position] as number]
    if (a < 0 || b < 0) continue
    items++
    if (a > b) onlyFirst++
    else if (b > a) onlySecond++
  }
  return {
    items,
    only_a: onlyFirst,
    only_b: onlySecond,
    difference: items === 0 ? null : (onlyFirst - onlySecond) / items,
  }
}
