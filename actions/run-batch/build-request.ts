import { batchRequestSchema, maskMessage, renderMessages, type Dataset, type Rubric, type RunMeta } from 'registry'

/** Sampling as it is sent with each request: engines fill gaps from the model's own files, so nothing is left open. */
type Sampling = Pick<RunMeta['execution']['sampling'], 'temperature' | 'max_tokens'> & { top_p: number; seed: number }

/** The final request body of one row, without `model`, which the engine's served name fills. */
export type RequestBody = Record<string, unknown> & { messages: unknown }

/**
 * Makes the final request bodies of a dataset's records, one at a time. Records are rendered by the rubric; ready-made
 * requests are taken as they are, with gaps in sampling filled; `sampling` and `overrides` tell what was seen so far.
 */
export class RequestBuilder {
  readonly #dataset: Dataset
  readonly #rubric: Rubric | undefined
  readonly #defaults: Sampling
  readonly #responseFormat: object | undefined
  readonly #filled = new Set<string>()
  readonly #samplings = new Set<string>()
  #sampling: Sampling

  constructor(dataset: Dataset, rubric: Rubric | undefined, rubricId: string | undefined) {
    this.#dataset = dataset
    this.#rubric = rubric
    this.#defaults = { temperature: 0, top_p: 1, seed: 0, max_tokens: rubric?.max_tokens ?? 512 }
    this.#sampling = this.#defaults
    this.#responseFormat = rubric?.response_schema && {
      type: 'json_schema',
      json_schema: { name: (rubricId ?? 'answer').replaceAll('.', '_'), schema: rubric.response_schema, strict: true },
    }
  }

  /** The last row's sampling when rows differ, which `varies` then says. */
  get sampling(): RunMeta['execution']['sampling'] {
    return this.#samplings.size > 1 ? { ...this.#sampling, varies: true } : this.#sampling
  }

  /** Members of ready-made requests that the run fills or rewrites, sorted. */
  get overrides(): string[] {
    return [...this.#filled].sort()
  }

  build(record: Record<string, unknown>): { body: RequestBody; findings: [] } | { body?: never; findings: string[] } {
    return this.#dataset.format === 'records' ? this.#render(record) : this.#take(record)
  }

  #render(record: Record<string, unknown>): { body: RequestBody; findings: [] } | { findings: string[] } {
    // a missing rubric is told where the entries are looked up
    if (!this.#rubric) return { findings: [] }
    const messages = renderMessages(this.#rubric, record, this.#dataset.custom_id)
    const format = this.#responseFormat ? { response_format: this.#responseFormat } : {}
    return { body: { messages, ...this.#defaults, ...format }, findings: [] }
  }

  #take(record: Record<string, unknown>): { body: RequestBody; findings: [] } | { findings: string[] } {
    const parsed = batchRequestSchema.safeParse(record)
    if (!parsed.success)
      return { findings: parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${maskMessage(issue.message)}`) }
    if (this.#dataset.privacy === 'personal' && hasRemoteImage(parsed.data.body.messages))
      return {
        findings: [
          'body.messages: names an image elsewhere, which would tell its host of a personal row: put it in as a data: URL',
        ],
      }
    const { model: _, max_completion_tokens: completionCap, ...body } = parsed.data.body
    const cap = body.max_tokens ?? completionCap
    this.#filled.add('model')
    for (const name of ['temperature', 'top_p', 'seed'] as const) if (body[name] === undefined) this.#filled.add(name)
    if (cap === undefined) this.#filled.add('max_tokens')
    this.#sampling = {
      temperature: body.temperature ?? this.#defaults.temperature,
      top_p: body.top_p ?? this.#defaults.top_p,
      seed: body.seed ?? this.#defaults.seed,
      max_tokens: cap ?? this.#defaults.max_tokens,
    }
    this.#samplings.add(JSON.stringify(this.#sampling))
    return { body: { ...body, ...this.#sampling }, findings: [] }
  }
}

function hasRemoteImage(messages: readonly Record<string, unknown>[]): boolean {
  return messages.some(
    ({ content }) =>
      Array.isArray(content) && content.some((part: unknown) => /"url":"(?!data:)/.test(JSON.stringify(part))),
  )
}
