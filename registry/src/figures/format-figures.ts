/** What a page shows where nobody measured. */
export const notMeasured = '–'

/** `3.39`; whole numbers from 100 up, three digits below 0.1. */
export function formatRate(value: number | undefined): string {
  if (value === undefined) return notMeasured
  return value >= 100 ? grouped.format(Math.round(value)) : value.toFixed(value < 0.1 && value > 0 ? 3 : 2)
}

/** `100 %`; never rounded up to 100, so that one failure in 100,000 rows shows. */
export function formatPercent(value: number | undefined): string {
  if (value === undefined) return notMeasured
  if (value === 100 || value === 0) return `${value} %`
  return `${Math.min(99.99, Math.max(0.01, Math.round(value * 100) / 100))} %`
}

/** A share of 1 as percent without the sign: one digit, never rounded up to 100 nor down to 0. */
export function formatShare(share: number): string {
  if (share === 1 || share === 0) return String(100 * share)
  return Math.min(99.9, Math.max(0.1, 100 * share)).toFixed(1)
}

/** A coefficient with three digits, never rounded up to 1. */
export function formatCoefficient(value: number): string {
  if (value < 1 && value > 0.9995) return '0.999'
  // no minus before a zero
  return (Math.abs(value) < 0.0005 ? 0 : value).toFixed(3)
}

/** A difference of shares in percentage points, with its sign. */
export function formatPoints(difference: number): string {
  const text = (100 * difference).toFixed(2)
  if (Number(text) === 0) return '0.00'
  return difference > 0 ? `+${text}` : text
}

/** A p value: three digits, `<0.001` below. */
export function formatChance(p: number): string {
  return p < 0.001 ? '<0.001' : p.toFixed(3)
}

export function formatCount(value: number): string {
  return grouped.format(value)
}

/** `48 s`, `12 min 05 s`, `14 h 20 min` */
export function formatDuration(seconds: number | undefined): string {
  if (seconds === undefined) return notMeasured
  if (seconds < 10) return `${Number(seconds.toFixed(1))} s`
  const whole = Math.round(seconds)
  if (whole < 60) return `${whole} s`
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, '0')} s`
  const minutes = Math.round(seconds / 60)
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`
}

/** `2026-11-24 08:14 UTC` out of an ISO timestamp in UTC. */
export function formatTime(timestamp: string): string {
  return `${timestamp.slice(0, 10)} ${timestamp.slice(11, 16)} UTC`
}

/** `1.4 MB`, in powers of ten */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`
  const power = Math.min(3, Math.floor(Math.log10(bytes) / 3))
  return `${(bytes / 1000 ** power).toFixed(1)} ${['B', 'kB', 'MB', 'GB'][power]}`
}

const grouped = new Intl.NumberFormat('en', { useGrouping: true })
