import { asMoment } from './source-row.ts'

/** When a claim says something was: between these, in seconds since 1970. */
export interface ClaimedMoment {
  from: number
  to: number
  /** it names a zone, or is a number: exact */
  exact: boolean
}

const day = 86_400
/** People's clocks differ from UTC by up to this much, and most names and old scripts don't say by how much. */
const zone = 14 * 3600

/** A year, a date, a time without a zone, a time with one, or a number; undefined for anything else. */
export function readMoment(value: string | number): ClaimedMoment | undefined {
  const exact = asMoment(value)
  if (exact !== undefined) return { from: exact, to: exact, exact: true }
  const text = String(value).trim()
  if (/^20\d\d$/.test(text)) return span(`${text}-01-01T00:00:00Z`, 366 * day)
  if (/^20\d\d-\d\d-\d\d$/.test(text)) return span(`${text}T00:00:00Z`, day)
  const naive = /^(20\d\d-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)$/.exec(text)
  return naive ? span(`${naive[1]}T${naive[2]}Z`, 0) : undefined
}

function span(text: string, seconds: number): ClaimedMoment | undefined {
  const at = Date.parse(text) / 1000
  return Number.isNaN(at) ? undefined : { from: at - zone, to: at + seconds + zone, exact: false }
}

/** The moment that stands for a claim where nothing better is known: its beginning in UTC. */
export function momentOf(claimed: ClaimedMoment): number {
  return claimed.exact ? claimed.from : claimed.from + zone
}

export function isoOf(seconds: number): string {
  return new Date(Math.round(seconds * 1000)).toISOString()
}
