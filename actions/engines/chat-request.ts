import { z } from 'zod'

/** What the server answers instead of a completion, in vLLM's shape. */
export class RequestError extends Error {
  override name = 'RequestError'
  readonly status: number
  readonly param: string | null

  constructor(status: number, message: string, param: string | null = null) {
    super(message)
    this.status = status
    this.param = param
  }

  /** `{"error":{message,type,param,code}}` */
  get body(): object {
    const type = this.status === 404 ? 'NotFoundError' : this.status < 500 ? 'BadRequestError' : 'InternalServerError'
    return { error: { message: this.message, type, param: this.param, code: this.status } }
  }
}

export interface ChatMessage {
  role: string
  content: string
}

export interface ChatRequest {
  messages: ChatMessage[]
  /** undefined: as many as the context holds */
  maxTokens: number | undefined
  sampling: { temperature: number; topP: number; topK: number; minP: number; seed: number }
  /** stop texts, in the order given */
  stop: string[]
  /** 'json_object', a JSON Schema, or undefined for free text */
  format: 'json_object' | { schema: unknown } | undefined
  templateArguments: Record<string, unknown>
}

const textSchema = z.union([
  z.string(),
  z
    .array(z.object({ type: z.literal('text'), text: z.string() }), 'only text parts are supported')
    .transform((parts) => parts.map((part) => part.text).join('')),
])

const responseFormatSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text') }),
  z.object({ type: z.literal('json_object') }),
  z.object({ type: z.literal('json_schema'), json_schema: z.object({ schema: z.record(z.string(), z.unknown()) }) }),
])

const countSchema = z.number().int().min(1)
const neutral = z.literal([0, null] as const).optional()

// Strict on purpose: a member this server would ignore could change another engine's answer, and the two runs would
// pass as comparable. The second group changes no answer, or only at a value this refuses.
const requestSchema = z.strictObject({
  model: z.string(),
  messages: z
    .array(z.object({ role: z.string(), content: z.union([textSchema, z.null().transform(() => '')]) }))
    .min(1),
  max_tokens: countSchema.nullish(),
  max_completion_tokens: countSchema.nullish(),
  temperature: z.number().min(0).max(2).nullish(),
  top_p: z.number().gt(0).max(1).nullish(),
  top_k: z.number().int().min(-1).nullish(),
  min_p: z.number().min(0).max(1).nullish(),
  seed: z.number().int().nullish(),
  stop: z.union([z.string(), z.array(z.string()).max(16)]).nullish(),
  response_format: responseFormatSchema.nullish(),
  chat_template_kwargs: z.record(z.string(), z.unknown()).nullish(),

  n: z.literal([1, null] as const, 'only n = 1 is supported').optional(),
  stream: z.literal([false, null] as const, 'streaming is not supported').optional(),
  logprobs: z.literal([false, null] as const, 'logprobs are not supported').optional(),
  tools: z.union([z.array(z.never()), z.null()], 'tools are not supported').optional(),
  tool_choice: z.literal(['none', 'auto', null] as const).optional(),
  frequency_penalty: neutral,
  presence_penalty: neutral,
  repetition_penalty: z.literal([1, null] as const).optional(),
  top_logprobs: neutral,
  logit_bias: z.union([z.strictObject({}), z.null()]).optional(),
  user: z.unknown().optional(),
  metadata: z.unknown().optional(),
  store: z.unknown().optional(),
  service_tier: z.unknown().optional(),
  request_id: z.unknown().optional(),
})

/**
 * Reads an OpenAI chat completion request for the one model served.
 * @throws RequestError 400 for malformed or unsupported members, 404 for another model's name
 */
export function parseChatRequest(body: string, servedModel: string): ChatRequest {
  const parsed = requestSchema.safeParse(parseJson(body))
  if (!parsed.success) throw faultOf(parsed.error)
  const request = parsed.data
  if (request.model !== servedModel)
    throw new RequestError(404, `The model \`${request.model}\` does not exist; \`${servedModel}\` is served.`, 'model')
  return {
    messages: request.messages,
    maxTokens: request.max_completion_tokens ?? request.max_tokens ?? undefined,
    sampling: {
      temperature: request.temperature ?? 1,
      topP: request.top_p ?? 1,
      topK: Math.max(0, request.top_k ?? 0),
      minP: request.min_p ?? 0,
      seed: (request.seed ?? Math.floor(Math.random() * 2 ** 32)) >>> 0,
    },
    stop: [request.stop ?? []].flat().filter((text) => text !== ''),
    format: formatOf(request.response_format),
    templateArguments: request.chat_template_kwargs ?? {},
  }
}

function formatOf(format: z.infer<typeof responseFormatSchema> | null | undefined): ChatRequest['format'] {
  if (format?.type === 'json_object') return 'json_object'
  if (format?.type === 'json_schema') return { schema: format.json_schema.schema }
  return undefined
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch (error) {
    throw new RequestError(400, `The request body is not JSON: ${(error as Error).message}`)
  }
}

function faultOf(error: z.ZodError): RequestError {
  const issue = error.issues[0]
  if (issue?.code === 'unrecognized_keys') {
    const [key] = issue.keys
    return new RequestError(400, `\`${key}\` is not supported by this engine.`, key ?? null)
  }
  const path = issue?.path.join('.') ?? ''
  return new RequestError(400, `${path || 'body'}: ${issue?.message ?? 'invalid'}`, path || null)
}
