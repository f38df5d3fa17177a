import type { Say } from 'registry'
import type { CompareField } from '../data/compare-data.ts'

/** What a code, or a number, stands for. */
export function sayValue({ type, scale }: CompareField, say: Exclude<Say, null>): string | number {
  return type === 'number' ? Number(say) : (scale[Number(say)] ?? String(say))
}
