/**
 * Exact McNemar test, two-sided: how likely a split at least as uneven as this is, were both kinds equally likely.
 * @param onlyFirst items right for the first only @param onlySecond items right for the second only
 */
export function exactMcNemar(onlyFirst: number, onlySecond: number): number {
  const trials = onlyFirst + onlySecond
  const fewer = Math.min(onlyFirst, onlySecond)
  if (trials === 0 || onlyFirst === onlySecond) return 1
  // from the largest term down, each by its ratio to the one before
  let term = evenBinomial(fewer, trials)
  let sum = 0
  for (let count = fewer; count >= 0 && term > sum * Number.EPSILON; count--) {
    sum += term
    term *= count / (trials - count + 1)
  }
  return Math.min(1, 2 * sum)
}

/**
 * The chance of `count` heads in `trials` even throws. Only sums, products and quotients, which every machine rounds alike:
 * browsers' logarithms differ from Node's in the last digit, and a figure is the same wherever it is made.
 */
function evenBinomial(count: number, trials: number): number {
  let chance = 1
  let halved = 0
  for (let factor = 1; factor <= count; factor++) {
    chance *= (trials - count + factor) / factor
    // halved on the way, so that it neither grows nor shrinks out of range
    for (; chance > 1 && halved < trials; halved++) chance /= 2
  }
  for (; halved < trials && chance > 0; halved++) chance /= 2
  return chance
}

/** Holm's step-down adjustment ("A simple sequentially rejective multiple test procedure", 1979), in the order given. */
export function adjustHolm(chances: readonly number[]): number[] {
  const order = chances.map((_, place) => place).sort((a, b) => (chances[a] as number) - (chances[b] as number))
  const adjusted: number[] = []
  let least = 0
  for (const [rank, place] of order.entries()) {
    least = Math.max(least, Math.min(1, (chances.length - rank) * (chances[place] as number)))
    adjusted[place] = least
  }
  return adjusted
}

/** The normal distribution's 97.5 % point. */
const z95 = 1.959963984540054

/** Wilson's 95 % interval of a share ("Probable inference", 1927). Undefined without trials. */
export function wilson95(hits: number, trials: number): { low: number; high: number } | undefined {
  if (trials === 0) return undefined
  const share = hits / trials
  const square = z95 * z95
  const centre = (share + square / (2 * trials)) / (1 + square / trials)
  const half =
    (z95 / (1 + square / trials)) * Math.sqrt((share * (1 - share)) / trials + square / (4 * trials * trials))
  // at the ends rounding may step over them
  return { low: hits === 0 ? 0 : centre - half, high: hits === trials ? 1 : centre + half }
}
