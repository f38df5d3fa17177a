/** A share as percent with one digit, never rounded up to 100 nor down to 0; `–` where there is none. */
export function formatShare(share: number | undefined): string {
  if (share === undefined) return '–'
  if (share === 0 || share === 1) return `${100 * share} %`
  return `${Math.min(99.9, Math.max(0.1, 100 * share)).toFixed(1)} %`
}
