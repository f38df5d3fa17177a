/**
 * A quantile of sorted values, between two of them by linear interpolation: type 7 of Hyndman and Fan ("Sample quantiles
 * in statistical packages", 1996). @param share from 0 to 1
 */
export function quantile(sorted: Float64Array, share: number): number {
  const place = (sorted.length - 1) * share
  const below = sorted[Math.floor(place)] ?? Number.NaN
  const above = sorted[Math.ceil(place)] ?? Number.NaN
  return below + (place - Math.floor(place)) * (above - below)
}
