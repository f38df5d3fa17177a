import type { Random } from './random.ts'
import { stirlingError } from './stirling-error.ts'

/** Below this expectation a binomial number is found by walking up from 0. */
const fewExpected = 10

/**
 * One draw from a binomial distribution. Walks up the distribution from 0 where few are expected, else Hörmann's
 * transformed rejection ("The generation of binomial random variates", 1993, algorithm BTRS). Both are exact.
 */
export function drawBinomial(trials: number, chance: number, random: Random): number {
  if (trials <= 0 || chance <= 0) return 0
  if (chance >= 1) return trials
  if (chance > 0.5) return trials - drawBinomial(trials, 1 - chance, random)
  return trials * chance < fewExpected ? walkUp(trials, chance, random) : transformAndReject(trials, chance, random)
}

function walkUp(trials: number, chance: number, random: Random): number {
  const odds = chance / (1 - chance)
  const none = Math.exp(trials * Math.log1p(-chance))
  for (;;) {
    let left = random.unit()
    let probability = none
    for (let count = 0; count <= trials; count++) {
      if (left < probability) return count
      left -= probability
      probability *= (odds * (trials - count)) / (count + 1)
    }
    // rounding left a crumb behind the last count
  }
}

function transformAndReject(trials: number, chance: number, random: Random): number {
  const rest = 1 - chance
  const spread = Math.sqrt(trials * chance * rest)
  const b = 1.15 + 2.53 * spread
  const a = -0.0873 + 0.0248 * b + 0.01 * chance
  const centre = trials * chance + 0.5
  const surely = 0.92 - 4.2 / b
  const height = (2.83 + 5.1 / b) * spread
  const odds = chance / rest
  const mode = Math.floor((trials + 1) * chance)
  for (;;) {
    const u = random.unit() - 0.5
    const v = random.unit()
    const edge = 0.5 - Math.abs(u)
    const count = Math.floor(((2 * a) / edge + b) * u + centre)
    if (edge >= 0.07 && v <= surely) return count
    if (!(count >= 0 && count <= trials)) continue
    const bound =
      (mode + 0.5) * Math.log((mode + 1) / (odds * (trials - mode + 1))) +
      (trials + 1) * Math.log((trials - mode + 1) / (trials - count + 1)) +
      (count + 0.5) * Math.log((odds * (trials - count + 1)) / (count + 1)) +
      // his correction of k is Stirling's error of k + 1
      stirlingError(mode + 1) +
      stirlingError(trials - mode + 1) -
      stirlingError(count + 1) -
      stirlingError(trials - count + 1)
    if (Math.log((v * height) / (a / (edge * edge) + b)) <= bound) return count
  }
}

/**
 * Draws as many items as `counts` hold, with replacement, and counts them by pattern into `into`: a multinomial, one
 * binomial a pattern in their order; where patterns are nearly as many as items, item by item, which is quicker.
 */
export function countDrawer(counts: Float64Array): (random: Random, into: Float64Array) => void {
  let items = 0
  for (const count of counts) items += count
  if (counts.length * 8 > items) return itemDrawer(counts, items)
  return (random, into) => {
    let left = items
    let mass = items
    for (let pattern = 0; pattern < counts.length; pattern++) {
      const count = counts[pattern] as number
      const drawn = drawBinomial(left, mass === 0 ? 0 : Math.min(1, count / mass), random)
      into[pattern] = drawn
      left -= drawn
      mass -= count
    }
  }
}

function itemDrawer(counts: Float64Array, items: number): (random: Random, into: Float64Array) => void {
  const patternOf = new Int32Array(items)
  let item = 0
  for (let pattern = 0; pattern < counts.length; pattern++)
    for (let count = counts[pattern] as number; count > 0; count--) patternOf[item++] = pattern
  const scale = items / 2 ** 32
  return (random, into) => {
    into.fill(0)
    for (let drawn = 0; drawn < items; drawn++) {
      const pattern = patternOf[Math.floor(random.bits() * scale)] as number
      into[pattern] = (into[pattern] as number) + 1
    }
  }
}
