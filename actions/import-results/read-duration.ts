const units: Readonly<Record<string, number>> = { d: 86_400, h: 3600, m: 60, s: 1 }

/**
 * Seconds of a duration as people and scripts write it: `8005`, `8005.2s`, `02:13:25`, `2h 13m 25s`, `133 minutes`.
 * Undefined for anything else. `13:25` is minutes and seconds.
 */
export function readDuration(text: string): number | undefined {
  const trimmed = text.trim().toLowerCase()
  if (/^\d+(\.\d+)?$/.test(trimmed)) return Number(trimmed)
  if (/^\d+(:[0-5]?\d){1,2}(\.\d+)?$/.test(trimmed))
    return trimmed.split(':').reduce((seconds, part) => seconds * 60 + Number(part), 0)
  const parts = [...trimmed.matchAll(/(\d+(?:\.\d+)?)\s*(d|h|m|s)[a-z]*/g)]
  if (parts.length === 0 || trimmed.replaceAll(/(\d+(?:\.\d+)?)\s*(d|h|m|s)[a-z]*[\s,]*/g, '') !== '') return undefined
  return parts.reduce((seconds, [, count, unit]) => seconds + Number(count) * (units[unit ?? ''] ?? 0), 0)
}
