import { jointPatterns, type JointPatterns } from '../agreement/joint-patterns.ts'
import { rankRuns } from '../agreement/rank-runs.ts'
import { scaleOf } from '../columns/run-columns.ts'
import type { FieldComparison, Ranking } from '../formats/comparison.ts'
import { counts, statusName, type Reading } from './aligned-run.ts'
import { agreePair, alphaOfAll, dropsOf, statisticsOf } from './agree-pair.ts'
import { valueOf, type FieldCodes } from './field-codes.ts'
import { testDifferences } from './field-differences.ts'
import { countItems, judgeItems, type JudgedItems } from './judge-items.ts'
import { compareWithLabels, isCorrect, labelledPositions, type Reference } from './label-figures.ts'

/**
 * Every figure of one field over the selected runs (MEASURES). Pure; all of it from counts of joint patterns.
 * `replicates` are the caller's to add.
 */
export function compareField(
  name: string,
  codes: FieldCodes,
  runIds: readonly string[],
  reference?: Reference,
): { comparison: FieldComparison; judged: JudgedItems } {
  const { field } = codes
  const usable = jointPatterns(codes.codes.usable, codes.size)
  const repairs = codes.statuses.some((statuses) => statuses.some((status) => isRepaired(status)))
  const patterns: Record<Reading, JointPatterns> = {
    usable,
    with_repaired: repairs ? jointPatterns(codes.codes.with_repaired, codes.size) : usable,
  }
  const judged = judgeItems(codes, usable)
  const { items, outliers } = countItems(judged)
  const { weighting, metric } = statisticsOf(field.type)
  const agree = (reading: Reading, pair: readonly [number, number]) =>
    agreePair(codes, patterns[reading], pair, dropsOf({ codes: codes.codes[reading], statuses: codes.statuses }, pair))
  const pairs = runIds.flatMap((a, first) =>
    runIds.slice(first + 1).map((b, after) => {
      const pair = [first, first + 1 + after] as const
      const own = agree('usable', pair)
      return { a, b, usable: own, with_repaired: repairs ? agree('with_repaired', pair) : own }
    }),
  )
  // of two runs it is the pair's, not drawn a second time
  const alphaOf = (reading: Reading) =>
    pairs.length === 1 && pairs[0] ? pairs[0][reading].alpha : alphaOfAll(codes, patterns[reading])
  const differences = testDifferences(codes, runIds, reference)
  const ranking = rank(codes, judged, runIds, reference)
  const comparison: FieldComparison = {
    field: name,
    ...(field.title === undefined ? {} : { title: field.title }),
    primary: field.primary === true,
    type: field.type,
    ...(field.type === 'number' ? { tolerance: field.tolerance } : { scale: [...scaleOf(field)] }),
    statistics: {
      ...(weighting ? { kappa: weighting, ac: weighting === 'quadratic' ? ('AC2' as const) : ('AC1' as const) } : {}),
      alpha: metric,
    },
    runs: runIds.map((runId, run) => ({ run_id: runId, ...countVerdicts(codes, run), outliers: outliers[run] ?? 0 })),
    items,
    all: { usable: alphaOf('usable'), with_repaired: alphaOf('with_repaired') },
    pairs,
    ...(ranking ? { ranking } : {}),
    ...(differences ? { differences } : {}),
    ...(reference ? { labels: compareWithLabels(codes, runIds, reference) } : {}),
    replicates: [],
  }
  return { comparison, judged }
}

function isRepaired(status: number): boolean {
  return counts(status, 'with_repaired') && !counts(status, 'usable')
}

type RunVerdicts = Omit<FieldComparison['runs'][number], 'run_id' | 'outliers'>

function countVerdicts(codes: FieldCodes, run: number): RunVerdicts {
  const own = codes.codes.usable[run] as Int32Array
  const statuses = codes.statuses[run] as Uint8Array
  const said = new Float64Array(codes.size)
  const unusable: Record<string, number> = {}
  let usable = 0
  let repaired = 0
  let sum = 0
  for (let position = 0; position < own.length; position++) {
    const code = own[position] as number
    const status = statuses[position] as number
    if (code >= 0) {
      usable++
      said[code] = (said[code] as number) + 1
      sum += codes.numbers?.[code] ?? 0
      continue
    }
    if (isRepaired(status)) repaired++
    const name = statusName(status)
    unusable[name] = (unusable[name] ?? 0) + 1
  }
  return {
    usable,
    repaired,
    unusable,
    ...(codes.numbers
      ? { mean: usable === 0 ? null : sum / usable }
      : { values: Object.fromEntries(Array.from(said, (count, code) => [valueOf(codes, code), count])) }),
  }
}

/**
 * By accuracy where there are labels, else by closeness to the other runs, which only three or more can differ in. On items
 * usable in all selected runs.
 */
function rank(
  codes: FieldCodes,
  { patterns }: JudgedItems,
  runIds: readonly string[],
  reference: Reference | undefined,
): Ranking | undefined {
  const fair = reference ? labelledPositions(reference).fair : []
  const usable = codes.codes.usable
  const named = (by: Ranking['by'], found: ReturnType<typeof rankRuns>): Ranking | undefined =>
    found && {
      by,
      items: found.items,
      runs: found.runs.map(({ run, score }) => ({ run_id: runIds[run] ?? '', score })),
      differences: found.differences.map(({ better, worse, difference }) => ({
        better: runIds[better] ?? '',
        worse: runIds[worse] ?? '',
        difference,
      })),
    }
  if (fair.length > 0) {
    const whole = fair.filter((position) => usable.every((column) => (column[position] as number) >= 0))
    const scores = whole.map((position) =>
      Float64Array.from(usable, (column) => (isCorrect(codes, column, position) ? 1 : 0)),
    )
    return named('accuracy', rankRuns(scores, new Float64Array(whole.length).fill(1), 'high'))
  }
  if (runIds.length < 3) return undefined
  const { width } = patterns
  const scores: Float64Array[] = []
  const kinds: number[] = []
  for (let pattern = 0; pattern < patterns.counts.length; pattern++) {
    const own = patterns.codes.subarray(pattern * width, (pattern + 1) * width)
    if (own.some((code) => code < 0)) continue
    scores.push(
      Float64Array.from(own, (code) => own.reduce((sum, other) => sum + codes.distance(code, other), 0) / (width - 1)),
    )
    kinds.push(patterns.counts[pattern] as number)
  }
  return named('distance', rankRuns(scores, Float64Array.from(kinds), 'low'))
}
