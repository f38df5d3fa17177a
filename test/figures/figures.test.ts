import { readFile } from 'node:fs/promises'
import {
  adjustHolm,
  alphaOfSamples,
  cohenKappa,
  countEqual,
  drawBinomial,
  exactMcNemar,
  gwetAc,
  jointPatterns,
  krippendorffAlpha,
  pairTable,
  quantile,
  seedRandom,
  tableOf,
  unitsOf,
  wilson95,
  type Metric,
} from 'registry'
import { expect, test } from 'vitest'
import { alphaOfRows, kappaOfRows, linear, nominal, ratio } from './row-wise-figures.ts'

const published = await read<Published>('published.json')
const golden = await read<Golden>('golden.json')

/** Holds to the last digit the source prints. */
function toPrinted(found: number, printed: number): void {
  const digits = String(printed).split('.')[1]?.length ?? 0
  expect(found).toBeCloseTo(printed, digits)
}

/** Within 1e-9 of a library's figure; null there is NaN here. */
function toMatch(found: number, figure: number | null): void {
  if (figure === null) expect(found).toBeNaN()
  else expect(Math.abs(found - figure)).toBeLessThan(1e-9)
}

/** Items × raters with nulls, as patterns of codes. */
function patternsOf(rows: readonly (readonly (number | null)[])[], size: number) {
  const raters = rows[0]?.length ?? 0
  const columns = Array.from({ length: raters }, (_, rater) => Int32Array.from(rows, (row) => row[rater] ?? -1))
  return jointPatterns(columns, size)
}

/** A table of counts as one row an item. */
function rowsOf(table: readonly (readonly number[])[]): number[][] {
  return table.flatMap((row, a) => row.flatMap((count, b) => Array.from({ length: count }, () => [a, b])))
}

function alphaOf(rows: readonly (readonly (number | null)[])[], metric: Metric): number {
  const values = [...new Set(rows.flat().filter((value) => value !== null))].sort((a, b) => a - b)
  const coded = rows.map((row) => row.map((value) => (value === null ? null : values.indexOf(value))))
  const units = unitsOf(patternsOf(coded, values.length), values.length, Float64Array.from(values))
  const alpha = krippendorffAlpha(units, metric)
  const ofSample = alphaOfSamples(units, metric)(units.counts)
  if (Number.isNaN(alpha)) expect(ofSample).toBeNaN()
  else expect(ofSample).toBeCloseTo(alpha, 10)
  return alpha
}

test.each(['nominal', 'ordinal', 'interval'] as const)('published: Krippendorff’s data C, %s', (metric) => {
  const { data, alpha } = published.krippendorff_c
  const rows = (data[0] ?? []).map((_, unit) => data.map((coder) => coder[unit] ?? null))
  toPrinted(alphaOf(rows, metric), alpha[metric])
})

test.each(published.two_raters)('published: $source', ({ table, kappa, agreement, ac1 }) => {
  const counts = tableOf(table)
  toPrinted(cohenKappa(counts, 'unweighted'), kappa)
  const { equal, paired } = countEqual(counts, (a, b) => a === b)
  if (agreement !== undefined) toPrinted(equal / paired, agreement)
  if (ac1 !== undefined) toPrinted(gwetAc(counts, 'unweighted'), ac1)
})

test.each(published.gwet_scale)('published: Gwet with q = $q', ({ table, q, ac1, ac2_quadratic: ac2 }) => {
  toPrinted(gwetAc(tableOf(table, q), 'unweighted'), ac1)
  toPrinted(gwetAc(tableOf(table, q), 'quadratic'), ac2)
})

test('published: quadratic kappa over the whole scale', () => {
  const { a, b, kappa_quadratic: kappa } = published.quadratic_kappa
  const rows = a.map((first, item) => [first - 1, (b[item] ?? 0) - 1])
  toPrinted(cohenKappa(pairTable(patternsOf(rows, 6), 0, 1, 6), 'quadratic'), kappa)
})

test('published: the exact McNemar test', () => {
  const { b, c, exact_p: p } = published.mcnemar
  // the exact value is 4.434449…e-6; the source rounded 4.43445 once more, so one unit of its last digit is allowed
  expect(Math.abs(exactMcNemar(b, c) - p)).toBeLessThan(1e-10)
  expect(exactMcNemar(b, c).toExponential(6)).toBe('4.434449e-6')
})

test('published: figures that MEASURES has no use for hold for the definitions the properties are checked with', () => {
  const { data, alpha } = published.krippendorff_c
  const units = (data[0] ?? []).map((_, unit) => data.map((coder) => coder[unit] ?? null))
  toPrinted(alphaOfRows(units, 6, ratio), alpha.ratio)
  for (const { table, kappa, kappa_linear: weighted } of published.two_raters) {
    const rows = rowsOf(table)
    toPrinted(kappaOfRows(rows, nominal), kappa)
    if (weighted !== undefined) toPrinted(kappaOfRows(rows, linear), weighted)
  }
  const { b, c, chi2, chi2_continuity_corrected: corrected } = published.mcnemar
  toPrinted((b - c) ** 2 / (b + c), chi2)
  toPrinted((Math.abs(b - c) - 1) ** 2 / (b + c), corrected)
})

test.each(published.wilson_95)('published: Wilson $k of $n', ({ k, n, low, high }) => {
  toPrinted(wilson95(k, n)?.low ?? Number.NaN, low)
  toPrinted(wilson95(k, n)?.high ?? Number.NaN, high)
})

test('raters that always say one thing: kappa and alpha are undefined, AC1 is 1', () => {
  const table = tableOf([
    [20, 0],
    [0, 0],
  ])
  for (const weighting of ['unweighted', 'quadratic'] as const) {
    expect(cohenKappa(table, weighting)).toBeNaN()
    expect(gwetAc(table, weighting)).toBe(1)
  }
  expect(
    cohenKappa(
      tableOf([
        [0, 9],
        [0, 0],
      ]),
      'unweighted',
    ),
  ).toBeNaN()
  for (const metric of ['nominal', 'ordinal', 'interval'] as const)
    expect(
      alphaOf(
        Array.from({ length: 20 }, () => [3, 3]),
        metric,
      ),
    ).toBeNaN()
})

test('the golden tables hold what they were made for', () => {
  const { tables } = golden
  const used = (rows: Rows) => new Set(rows.flat().filter((value) => value !== null)).size
  expect(tables.filter(({ rows }) => rows.flat().includes(null)).length).toBeGreaterThan(20)
  expect(tables.filter(({ rows, q }) => used(rows) < q).length).toBeGreaterThan(20)
  expect(
    tables.filter(({ rows }) => rows[0]?.some((_, rater) => new Set(rows.map((row) => row[rater] ?? null)).size === 1))
      .length,
  ).toBeGreaterThan(5)
  expect(tables.filter(({ pair }) => pair !== null).length).toBeGreaterThan(100)
})

test.each(golden.tables.map((table, place) => ({ ...table, place })))(
  'golden table $place: kappa, AC and alpha of other libraries',
  ({ q, rows, pair, alpha }) => {
    const patterns = patternsOf(rows, q)
    const table = pairTable(patterns, 0, 1, q)
    const units = unitsOf(patterns, q)
    for (const metric of ['nominal', 'ordinal', 'interval'] as const)
      toMatch(krippendorffAlpha(units, metric), alpha[metric])
    if (pair === null) return
    expect(table.counts.reduce((sum, count) => sum + count, 0)).toBe(pair.paired)
    toMatch(cohenKappa(table, 'unweighted'), pair.kappa)
    toMatch(cohenKappa(table, 'quadratic'), pair.kappa_quadratic)
    toMatch(gwetAc(table, 'unweighted'), pair.ac1)
    toMatch(gwetAc(table, 'quadratic'), pair.ac2_quadratic)
  },
)

test('golden: alpha of numbers', () => {
  for (const { rows, alpha } of golden.numbers) toMatch(alphaOf(rows, 'interval'), alpha)
})

test('golden: McNemar, Wilson, Holm and quantiles', () => {
  for (const { b, c, p } of golden.mcnemar) toMatch(exactMcNemar(b, c), p)
  for (const { k, n, low, high } of golden.wilson) {
    toMatch(wilson95(k, n)?.low ?? Number.NaN, low)
    toMatch(wilson95(k, n)?.high ?? Number.NaN, high)
  }
  for (const { p, adjusted } of golden.holm)
    for (const [place, found] of adjustHolm(p).entries()) toMatch(found, adjusted[place] ?? null)
  for (const { values, low, high } of golden.quantiles) {
    const sorted = Float64Array.from(values).sort()
    toMatch(quantile(sorted, 0.025), low)
    toMatch(quantile(sorted, 0.975), high)
  }
})

test.each(golden.binomial)(
  'golden: $n trials at $p are drawn as often as the distribution says',
  ({ n, p, from, chances }) => {
    const draws = 200_000
    const random = seedRandom(7)
    const found = new Float64Array(chances.length)
    let outside = 0
    for (let draw = 0; draw < draws; draw++) {
      const place = drawBinomial(n, p, random) - from
      if (place in found) found[place] = (found[place] ?? 0) + 1
      else outside++
    }
    expect(outside).toBeLessThan(100)
    // each count's share lies within five standard errors of its chance
    for (const [place, chance] of chances.entries())
      expect(Math.abs((found[place] ?? 0) - draws * chance)).toBeLessThan(
        5 * Math.sqrt(draws * chance * (1 - chance)) + 1,
      )
  },
)

async function read<T>(name: string): Promise<T> {
  return JSON.parse(await readFile(new URL(name, import.meta.url), 'utf8')) as T
}

type Rows = (number | null)[][]

interface Published {
  krippendorff_c: { data: Rows; alpha: Record<Metric | 'ratio', number> }
  two_raters: {
    source: string
    table: number[][]
    kappa: number
    agreement?: number
    ac1?: number
    kappa_linear?: number
  }[]
  gwet_scale: { table: number[][]; q: number; ac1: number; ac2_quadratic: number }[]
  quadratic_kappa: { a: number[]; b: number[]; kappa_quadratic: number }
  mcnemar: { b: number; c: number; exact_p: number; chi2: number; chi2_continuity_corrected: number }
  wilson_95: { k: number; n: number; low: number; high: number }[]
}

interface Golden {
  tables: {
    q: number
    rows: Rows
    pair: {
      paired: number
      kappa: number | null
      kappa_quadratic: number | null
      ac1: number
      ac2_quadratic: number
    } | null
    alpha: Record<Metric, number | null>
  }[]
  numbers: { rows: Rows; alpha: number | null }[]
  mcnemar: { b: number; c: number; p: number }[]
  wilson: { k: number; n: number; low: number; high: number }[]
  holm: { p: number[]; adjusted: number[] }[]
  quantiles: { values: number[]; low: number; high: number }[]
  binomial: { n: number; p: number; from: number; chances: number[] }[]
}
