import {
  batchRequestSchema,
  compilePrompt,
  maskMessage,
  type ChatMessage,
  type Dataset,
  type Rubric,
  type RunMeta,
} from 'registry'

/** Sampling as it is sent with each request: engines fill gaps from the model's own files, so nothing is left open. */
type Sampling = Pick<NonNullable<RunMeta['execution']['sampling']>, 'temperature' | 'max_tokens'> & {
  top_p: number
  seed: number
}

/** The final request of one row as JSON, without `model`, which the engine's served name fills. */
interface BuiltRequest {
  text: string
  /** `messages` alone, as it stands in `text` */
  messages: string
}

type Built = { request: BuiltRequest; findings: [] } | { request?: never; findings: string[] }

/**
 * Makes the final request bodies of a dataset's records, one at a time. Records are rendered by the rubric; ready-made
 * requests are taken as they are, with gaps in sampling filled; `sampling` and `overrides` tell what was seen so far.
 */
export class RequestBuilder {
  readonly #dataset: Dataset
  readonly #prompt: ((record: object) => ChatMessage[]) | undefined
  readonly #defaults: Sampling
  /** what follows the messages of a rendered request: the same for all rows */
  readonly #tail: string
  readonly #filled = new Set<string>()
  readonly #samplings = new Set<string>()
  #sampling: Sampling

  constructor(dataset: Dataset, rubric: Rubric | undefined, rubricId: string | undefined) {
    this.#dataset = dataset
    this.#prompt = rubric && compilePrompt(rubric, dataset.custom_id)
    this.#defaults = { temperature: 0, top_p: 1, seed: 0, max_tokens: rubric?.max_tokens ?? 512 }
    this.#sampling = this.#defaults
    const format = rubric?.response_schema && {
      type: 'json_schema',
      json_schema: { name: (rubricId ?? 'answer').replaceAll('.', '_'), schema: rubric.response_schema, strict: true },
    }
    this.#tail = JSON.stringify({ ...this.#defaults, ...(format ? { response_format: format } : {}) }).slice(1)
  }

  /** The last row's sampling when rows differ, which `varies` then says. */
  get sampling(): NonNullable<RunMeta['execution']['sampling']> {
    return this.#samplings.size > 1 ? { ...this.#sampling, varies: true } : this.#sampling
  }

  /** Members of ready-made requests that the run fills or rewrites, sorted. */
  get overrides(): string[] {
    return [...this.#filled].sort()
  }

  build(record: Record<string, unknown>): Built {
    return this.#dataset.format === 'records' ? this.#render(record) : this.#take(record)
  }

  #render(record: Record<string, unknown>): Built {
    // a missing rubric is told where the entries are looked up
    if (!this.#prompt) return { findings: [] }
    const messages = JSON.stringify(this.#prompt(record))
    return { request: { text: `{"messages":${messages},${this.#tail}`, messages }, findings: [] }
  }

  #take(record: Record<string, unknown>): Built {
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
    const request = { text: JSON.stringify({ ...body, ...this.#sampling }), messages: JSON.stringify(body.messages) }
    return { request, findings: [] }
  }
}

function hasRemoteImage(messages: readonly Record<string, unknown>[]): boolean {
  return messages.some(
    ({ content }) =>
      Array.isArray(content) && content.some((part: unknown) => /"url":"(?!data:)/.test(JSON.stringify(part))),
  )
}
