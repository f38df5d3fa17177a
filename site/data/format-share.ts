import { formatShare as formatNumber } from 'registry'

/** A share as percent with one digit, never rounded up to 100 nor down to 0; `–` where there is none. */
export function formatShare(share: number | undefined): string {
  return share === undefined ? '–' : `${formatNumber(share)} %`
}
