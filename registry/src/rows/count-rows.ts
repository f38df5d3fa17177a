import type { ErrorCause, RunMeta } from '../formats/run-meta.ts'
import { maskMessage } from '../privacy/mask-message.ts'
import { compareText } from './compare-text.ts'
import type { ParsedRow } from './parse-row.ts'

const mostCauses = 50

export interface CountedCause {
  cause: ErrorCause
  /** the first row it was counted for; not for plain Git or logs of personal data */
  firstCustomId: string
}

/** What rows counted to, as plain data: it can go from one thread to another. */
export interface RowCounts {
  success: number
  errors: number
  promptTokens: number
  promptRows: number
  completionTokens: number
  completionRows: number
  /** in the order they were met; of more than the most that are listed, the rest is counted under the key '' */
  causes: [key: string, cause: CountedCause][]
  finishReasons: [reason: string, count: number][]
}

/**
 * Counts rows one by one into a meta's `results`: total = success + errors + missing = the dataset's count.
 * Token means are over the successes that carry usage; success_rate is percent of total. Memory does not grow with rows.
 */
export class RowCounter {
  readonly #personal: boolean
  success = 0
  errors = 0
  promptTokens = 0
  completionTokens = 0
  #promptRows = 0
  #completionRows = 0
  readonly #causes = new Map<string, CountedCause>()
  readonly #finishReasons = new Map<string, number>()

  /** @param privacy of the dataset: an engine may echo a personal row in its error, so its words are then withheld */
  constructor(privacy?: RunMeta['dataset']['privacy']) {
    this.#personal = privacy === 'personal'
  }

  add(row: ParsedRow): void {
    if (!row.ok) {
      this.errors++
      this.#addCause(row.error ?? { message: 'no message' }, row.customId)
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
    const reason = row.finishReason?.slice(0, 40) ?? 'none'
    this.#finishReasons.set(reason, (this.#finishReasons.get(reason) ?? 0) + 1)
  }

  counts(): RowCounts {
    return {
      success: this.success,
      errors: this.errors,
      promptTokens: this.promptTokens,
      completionTokens: this.completionTokens,
      promptRows: this.#promptRows,
      completionRows: this.#completionRows,
      causes: [...this.#causes],
      finishReasons: [...this.#finishReasons],
    }
  }

  /**
   * Adds what another counter counted in the rows that follow. False, with nothing added, when the causes are too many to be
   * listed: which of them are depends on every single row's order.
   */
  addCounts(later: RowCounts): boolean {
    const keys = new Set([...this.#causes.keys(), ...later.causes.map(([key]) => key)])
    if (keys.size > mostCauses || keys.has('')) return false
    this.success += later.success
    this.errors += later.errors
    this.promptTokens += later.promptTokens
    this.#promptRows += later.promptRows
    this.completionTokens += later.completionTokens
    this.#completionRows += later.completionRows
    for (const [key, { cause, firstCustomId }] of later.causes) {
      const known = this.#causes.get(key)
      if (known) known.cause.count += cause.count
      else this.#causes.set(key, { cause: { ...cause }, firstCustomId })
    }
    for (const [reason, count] of later.finishReasons)
      this.#finishReasons.set(reason, (this.#finishReasons.get(reason) ?? 0) + count)
    return true
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
      error_causes: this.causes().map(({ cause }) => cause),
      finish_reasons: Object.fromEntries([...this.#finishReasons].sort(([a], [b]) => compareText(a, b))),
    }
  }

  /** Causes of errors, the most frequent first. */
  causes(): CountedCause[] {
    return [...this.#causes.values()].sort(
      (a, b) => b.cause.count - a.cause.count || compareText(a.cause.message, b.cause.message),
    )
  }

  #addCause({ status, code, message }: NonNullable<ParsedRow['error']>, customId: string): void {
    const cause: ErrorCause = {
      ...(status === undefined ? {} : { status }),
      // a code is a word; anything else might be text of a row
      ...(code !== undefined && /^[\w.-]{1,40}$/.test(code) ? { code } : {}),
      message: this.#personal ? withholdMessage(message) : maskMessage(message),
      count: 1,
    }
    const key = JSON.stringify([cause.status, cause.code, cause.message])
    const known = this.#causes.get(key) ?? (this.#causes.size < mostCauses ? undefined : this.#causes.get(''))
    if (known) known.cause.count++
    else if (this.#causes.size < mostCauses) this.#causes.set(key, { cause, firstCustomId: customId })
    else {
      const other = { message: `other causes (only ${mostCauses} are listed)`, count: 1 }
      this.#causes.set('', { cause: other, firstCustomId: customId })
    }
  }
}

const ourOwn =
  /^(connection failed: [\w.]{1,40}|no answer within [\d.]+ s|the engine failed twice on this row alone|the engine's answer is not a JSON object|the answer holds no choices\[0\]\.message)$/

/** For personal data: our own words stay, an engine's are withheld, whatever they are. */
export function withholdMessage(message: string): string {
  return ourOwn.test(message)
    ? maskMessage(message)
    : 'withheld: an engine may repeat the row, and the dataset is personal'
}

/** Half away from zero at a number of decimals, so that two counts of the same rows give the same figure. */
export function round(value: number, decimals: number): number {
  const scale = 10 ** decimals
  return Math.round(value * scale) / scale
}
