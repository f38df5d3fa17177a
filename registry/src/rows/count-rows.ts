import type { ErrorCause, RunMeta } from '../formats/run-meta.ts'
import { maskMessage } from '../privacy/mask-message.ts'
import type { ParsedRow } from './parse-row.ts'

const mostCauses = 50

/**
 * Counts rows one by one into a meta's `results`: total = success + errors + missing = the dataset's count.
 * Token means are over the successes that carry usage; success_rate is percent of total. Memory does not grow with rows.
 */
export class RowCounter {
  success = 0
  errors = 0
  promptTokens = 0
  completionTokens = 0
  #promptRows = 0
  #completionRows = 0
  readonly #causes = new Map<string, ErrorCause>()
  readonly #finishReasons = new Map<string, number>()

  add(row: ParsedRow): void {
    if (!row.ok) {
      this.errors++
      this.#addCause(row.error ?? { message: 'no message' })
      return
    }
    this.success++
    if (row.promptTokens !== undefined) {
      this.promptTokens += row.promptTokens
      this.#promptRows++
    }
    if (row.completionTokens !== undefined) {
      this.completionTokens += row.completionTokens
      this.#completionRows++
    }
    const reason = row.finishReason ?? 'none'
    this.#finishReasons.set(reason, (this.#finishReasons.get(reason) ?? 0) + 1)
  }

  /** @param count rows of the dataset */
  results(count: number): RunMeta['results'] {
    return {
      total: count,
      success: this.success,
      errors: this.errors,
      missing: count - this.success - this.errors,
      ...(count > 0 ? { success_rate: round((100 * this.success) / count, 4) } : {}),
      ...(this.#promptRows > 0 ? { avg_prompt_tokens: round(this.promptTokens / this.#promptRows, 2) } : {}),
      ...(this.#completionRows > 0
        ? { avg_completion_tokens: round(this.completionTokens / this.#completionRows, 2) }
        : {}),
      error_causes: [...this.#causes.values()].sort((a, b) => b.count - a.count || compareText(a.message, b.message)),
      finish_reasons: Object.fromEntries([...this.#finishReasons].sort(([a], [b]) => compareText(a, b))),
    }
  }

  #addCause(error: NonNullable<ParsedRow['error']>): void {
    const cause: ErrorCause = { ...error, message: maskMessage(error.message), count: 1 }
    const key = JSON.stringify([cause.status, cause.code, cause.message])
    const known = this.#causes.get(key)
    if (known) known.count++
    else if (this.#causes.size < mostCauses) this.#causes.set(key, cause)
    else {
      const rest = this.#causes.get('') ?? { message: `other causes (only ${mostCauses} are listed)`, count: 0 }
      rest.count++
      this.#causes.set('', rest)
    }
  }
}

/** Half away from zero at a number of decimals, so that two counts of the same rows give the same figure. */
export function round(value: number, decimals: number): number {
  const scale = 10 ** decimals
  return Math.round(value * scale) / scale
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
