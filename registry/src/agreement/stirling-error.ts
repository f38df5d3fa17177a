/**
 * ln(k!) less Stirling's approximation (k + ½)·ln(k) − k + ½·ln(2π); for whole k ≥ 0, where k = 0 stands for 0! = 1 with
 * the approximation's ln(k) left out. Source: Loader, "Fast and accurate computation of binomial probabilities", 2000.
 */
export function stirlingError(k: number): number {
  const known = small[k]
  if (known !== undefined) return known
  const square = k * k
  return (1 / 12 - (1 / 360 - (1 / 1260 - (1 / 1680 - 1 / 1188 / square) / square) / square) / square) / k
}

/** For k < 16, where the series is not exact enough, from the factorial itself. */
const small: readonly number[] = Array.from({ length: 16 }, (_, k) => {
  let factorial = 1
  for (let factor = 2; factor <= k; factor++) factorial *= factor
  return k === 0 ? 0 : Math.log(factorial) - ((k + 0.5) * Math.log(k) - k + 0.5 * Math.log(2 * Math.PI))
})
