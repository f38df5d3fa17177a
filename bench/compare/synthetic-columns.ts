import { missingStatus, seedRandom, verdictStatuses, type AlignedField } from 'registry'

/**
 * Five runs' verdicts on one ordinal field of five values: a shared truth, a fifth to a half of each run's verdicts drawn
 * anew, one row in fifty unusable, repaired or missing. The same on every machine.
 */
export function syntheticColumns(runs: number, items: number, scale: number): AlignedField[] {
  const random = seedRandom(1)
  const truth = Int32Array.from({ length: items }, () => Math.floor(random.unit() * scale))
  return Array.from({ length: runs }, (_, run) => {
    const noise = 0.2 + (0.3 * run) / runs
    const codes = truth.map((right) => (random.unit() < noise ? Math.floor(random.unit() * scale) : right))
    const statuses = Uint8Array.from(codes, (_code, item) => {
      const draw = random.unit()
      if (draw >= 0.02) return ok
      const status = draw < 0.005 ? repaired : draw < 0.015 ? truncated : missingStatus
      if (status !== repaired) codes[item] = -1
      return status
    })
    return { statuses, codes }
  })
}

const ok = verdictStatuses.indexOf('ok')
const repaired = verdictStatuses.indexOf('repaired')
const truncated = verdictStatuses.indexOf('truncated')
