import {
  isUsable,
  maskMessage,
  readVerdict,
  withholdMessage,
  type Dataset,
  type ParsedRow,
  type Rubric,
} from 'registry'

export interface BrakeLimits {
  /** share of finished rows that may be errors, from 0 to 1 */
  maxErrorRate: number
  /** share of answered rows that must give a usable verdict, from 0 to 1 */
  minParseRate: number
}

export interface Brake {
  code: 'canary' | 'error_rate' | 'parse_rate' | 'engine_changed'
  message: string
}

/** Rows before a rate says anything. */
const errorSample = 100
const parseSample = 200

/**
 * Watches the rows of one start and says when going on is a waste: every canary row refused for one and the same
 * reason that isn't about length, too many errors, too few readable answers.
 */
export class Brakes {
  readonly #limits: BrakeLimits
  readonly #rubric: Rubric | undefined
  readonly #tell: (message: string) => string
  #canaryLeft: number
  #canaryCause: string | null | undefined
  #canaryMessage = ''
  #finished = 0
  #errors = 0
  #usable = 0
  #pulled: Brake | undefined

  /** @param canary rows at the head of the order that are decided together */
  constructor(limits: BrakeLimits, rubric: Rubric | undefined, canary: number, privacy: Dataset['privacy']) {
    this.#tell = privacy === 'personal' ? withholdMessage : maskMessage
    this.#limits = limits
    this.#rubric = rubric
    this.#canaryLeft = canary
  }

  /** Until its rows are decided, or one of them shows that they don't all fail alike: then nothing need wait for them. */
  get canaryIsOut(): boolean {
    return this.#canaryLeft > 0 && this.#canaryCause !== null
  }

  get pulled(): Brake | undefined {
    return this.#pulled
  }

  /** For a reason that shows elsewhere. */
  pull(brake: Brake): void {
    this.#pulled ??= brake
  }

  /** @param isCanary the row belongs to the head of the order */
  add(row: ParsedRow, isCanary: boolean): void {
    this.#finished++
    if (!row.ok) this.#errors++
    else if (this.#rubric && isUsable(readVerdict(row, this.#rubric).status)) this.#usable++
    if (isCanary && this.#canaryLeft > 0) this.#addCanary(row)
    this.#pulled ??= this.#judge()
  }

  #addCanary(row: ParsedRow): void {
    this.#canaryLeft--
    const cause = row.ok ? null : refusalOf(row)
    this.#canaryCause = this.#canaryCause === undefined || this.#canaryCause === cause ? cause : null
    this.#canaryMessage = this.#tell(row.error?.message ?? '')
    if (this.#canaryLeft > 0 || this.#canaryCause === null || this.#canaryCause === undefined) return
    this.#pulled ??= {
      code: 'canary',
      message: `each of the first ${this.#finished} rows was refused: HTTP ${row.status}: ${this.#canaryMessage}`,
    }
  }

  #judge(): Brake | undefined {
    const { maxErrorRate, minParseRate } = this.#limits
    if (this.#finished >= errorSample && this.#errors > this.#finished * maxErrorRate)
      return {
        code: 'error_rate',
        message: `${this.#errors} of ${this.#finished} rows failed, more than --max-error-rate ${maxErrorRate}`,
      }
    const answered = this.#finished - this.#errors
    if (this.#rubric && answered >= parseSample && this.#usable < answered * minParseRate)
      return {
        code: 'parse_rate',
        message: `${this.#usable} of ${answered} answers give a usable verdict, fewer than --min-parse-rate ${minParseRate}`,
      }
    return undefined
  }
}

/** What a 4xx is about, or null when it is no refusal or one about length, which other rows may not share. */
function refusalOf(row: ParsedRow): string | null {
  const { status, error } = row
  if (status === undefined || status < 400 || status >= 500 || status === 429) return null
  if (/token|context length|too long|too large|max_tokens|input_tokens/i.test(error?.message ?? '')) return null
  return `${status} ${error?.code ?? ''} ${maskMessage(error?.message ?? '')}`
}
