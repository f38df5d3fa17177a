import {
  formatPercent,
  formatRate,
  isUsable,
  round,
  verdictStatuses,
  type Policy,
  type RawAgreement,
  type RunColumns,
  type RunMeta,
} from 'registry'
import type { Comparable } from './find-comparable.ts'

export interface GateResult {
  gate: keyof Policy['gates']
  wanted: number
  /** percent, or a share for min_agreement; absent where there is no figure */
  found?: number
  /** null: not judged, `reason` says why */
  ok: boolean | null
  reason: string
}

/** What the gates are judged by; a figure that nobody has comes as the reason for it. */
export interface JudgedFigures {
  meta: RunMeta
  comparable: Comparable
  parseRate: { value: number } | { reason: string }
  agreement: RawAgreement | { reason: string }
}

/**
 * A run against main's gates, each with what was found and wanted. A gate without its figure is not judged and says why.
 * Pure.
 */
export function judgeRun(gates: Policy['gates'], figures: JudgedFigures): GateResult[] {
  const { meta, comparable, parseRate, agreement } = figures
  const results: GateResult[] = []
  const { min_success_rate: success, min_parse_rate: parse, max_speed_drop: drop, min_agreement: agree } = gates
  const atLeast = (
    gate: GateResult['gate'],
    wanted: number,
    found: number,
    format: (value: number) => string,
    what: string,
  ) => {
    const ok = found >= wanted
    // a figure that is just short must not read as if it were enough
    const shown = !ok && format(found) === format(wanted) ? String(found) : format(found)
    results.push({ gate, wanted, found, ok, reason: `${what} ${shown}, wanted at least ${format(wanted)}` })
  }
  const unjudged = (gate: GateResult['gate'], wanted: number, reason: string) =>
    results.push({ gate, wanted, ok: null, reason })

  if (success !== undefined) {
    const rate = meta.results.success_rate
    if (rate === undefined) unjudged('min_success_rate', success, 'the run has no success rate')
    else atLeast('min_success_rate', success, rate, formatPercent, 'answered well:')
  }
  if (parse !== undefined) {
    if ('reason' in parseRate) unjudged('min_parse_rate', parse, parseRate.reason)
    else atLeast('min_parse_rate', parse, parseRate.value, formatPercent, 'usable verdicts:')
  }
  if (drop !== undefined) results.push(judgeSpeed(drop, meta, comparable.speed))
  if (agree !== undefined) {
    if ('reason' in agreement) unjudged('min_agreement', agree, agreement.reason)
    else if (agreement.agreement === undefined)
      unjudged('min_agreement', agree, 'no item has a usable verdict in both runs')
    else
      atLeast('min_agreement', agree, agreement.agreement, formatShare, `raw agreement over ${agreement.paired} items:`)
  }
  return results
}

function judgeSpeed(wanted: number, { execution }: RunMeta, { run, ...none }: Comparable['speed']): GateResult {
  const gate = 'max_speed_drop'
  if (!run) return { gate, wanted, ok: null, reason: 'reason' in none ? none.reason : '' }
  const [before, now] = [run.execution.req_per_sec, execution.req_per_sec]
  if (before === undefined || before === 0 || now === undefined)
    return { gate, wanted, ok: null, reason: 'a speed was not measured' }
  const found = round((100 * (before - now)) / before, 2)
  const than = `${formatRate(now)} req/s against ${formatRate(before)} before`
  const reason = `${than}: ${found > 0 ? `${formatPercent(found)} slower` : 'not slower'}, wanted at most ${formatPercent(wanted)} slower`
  return { gate, wanted, found, ok: found <= wanted, reason }
}

/** A share from 0 to 1 with three digits, never rounded up to 1. */
export function formatShare(share: number): string {
  return share === 1 ? '1' : String(Math.min(0.999, round(share, 3)))
}

/** Percent of the rows that were answered well whose verdict is usable; undefined where none was. Pure. */
export function parseRateOf({ statuses }: Pick<RunColumns, 'statuses'>): number | undefined {
  let answered = 0
  let usable = 0
  for (const code of statuses) {
    const status = verdictStatuses[code] ?? 'request_error'
    if (status !== 'request_error') answered++
    if (isUsable(status)) usable++
  }
  return answered === 0 ? undefined : round((100 * usable) / answered, 4)
}
