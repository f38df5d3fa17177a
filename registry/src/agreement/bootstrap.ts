import { countDrawer } from './draw-counts.ts'
import { quantile } from './quantile.ts'
import { generatorName, seedRandom } from './random.ts'

/** How every interval is drawn (MEASURES, "Figures"); told beside the figures. */
export const bootstrapSettings = {
  resamples: 2000,
  level: 0.95,
  generator: generatorName,
  seed: 20_241_028,
  quantiles: 'type 7',
} as const

const mostUndefined = 0.05

/** A figure with its interval; null where it is undefined. */
export interface Figure {
  value: number | null
  low: number | null
  high: number | null
}

/** Writes the figures of a sample, given by its pattern counts, one after the other; NaN where one is undefined. */
export type Statistics = (counts: Float64Array, figures: Float64Array) => void

/**
 * Figures with percentile intervals over items. `counts` are the items by joint pattern; patterns that the figures don't
 * tell apart may be one. Every call starts the generator anew, so an interval depends on nothing but the counts and their
 * order. More than 5 % undefined resamples: no interval.
 */
export function bootstrap(counts: Float64Array, width: number, statistics: Statistics): Figure[] {
  const { resamples, level, seed } = bootstrapSettings
  const figures = new Float64Array(width)
  statistics(counts, figures)
  const points = figures.slice()
  const drawn = Array.from({ length: width }, () => new Float64Array(resamples))
  const random = seedRandom(seed)
  const draw = countDrawer(counts)
  const sample = new Float64Array(counts.length)
  for (let resample = 0; resample < resamples; resample++) {
    draw(random, sample)
    statistics(sample, figures)
    for (let figure = 0; figure < width; figure++) (drawn[figure] as Float64Array)[resample] = figures[figure] as number
  }
  return drawn.map((values, figure) => {
    const value = points[figure] as number
    const defined = values.filter((entry) => !Number.isNaN(entry)).sort()
    if (Number.isNaN(value)) return { value: null, low: null, high: null }
    if (resamples - defined.length > mostUndefined * resamples) return { value, low: null, high: null }
    return { value, low: quantile(defined, (1 - level) / 2), high: quantile(defined, (1 + level) / 2) }
  })
}
