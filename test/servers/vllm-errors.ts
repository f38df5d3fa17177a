/** vLLM's error shape: `{"error":{message,type,param,code}}`; only an unknown URL has FastAPI's own, `{"detail":…}`. */
export interface VllmError {
  status: number
  body: object
}

export const notFound: VllmError = { status: 404, body: { detail: 'Not Found' } }

/** What every request in flight gets when the engine process behind the API server ends (vLLM 0.32 on SIGTERM too). */
export const engineDead: VllmError = errorOf(
  500,
  'EngineCore encountered an issue. See stack trace (above) for the root cause.',
  'InternalServerError',
)

export function errorOf(status: number, message: string, type: string, param: string | null = null): VllmError {
  return { status, body: { error: { message, type, param, code: status } } }
}

/** A body that FastAPI can't read, or that lacks a member: its own type, in words and not in camel case. */
export function unreadable(
  where: string,
  message: string,
  type: string,
  input?: Record<string, unknown>,
  more = '',
): VllmError {
  const given = input === undefined ? '' : `, 'input': '<dict of ${Object.keys(input).length} items>'`
  const detail = `{'type': '${type}', 'loc': '${where}', 'msg': '${message}'${given}${more}}`
  return errorOf(400, `1 validation error:\n  ${detail}`, 'Bad Request', where)
}

export interface Limits {
  models: readonly string[]
  /** tokens of a prompt and its answer together */
  maxModelLen: number
}

const jsonTypes = new Set(['object', 'array', 'string', 'number', 'integer', 'boolean', 'null'])

/**
 * What vLLM 0.32 refuses in a chat request, in its order: no messages, a model it does not serve (404), more answer tokens
 * than the context (param max_tokens), a prompt that leaves too little room (param input_tokens), a schema it can't use.
 */
export function refuse(
  body: Record<string, unknown>,
  promptTokens: number,
  { models, maxModelLen }: Limits,
): VllmError | undefined {
  if (!Array.isArray(body['messages'])) return unreadable('body.messages', 'Field required', 'missing', body)
  const unserved = refuseModel(body['model'], models)
  if (unserved) return unserved
  const capName = body['max_completion_tokens'] === undefined ? 'max_tokens' : 'max_completion_tokens'
  const cap = body[capName]
  if (cap !== undefined && cap !== null) {
    if (typeof cap !== 'number' || !Number.isInteger(cap))
      return unreadable(`body.${capName}`, 'Input should be a valid integer', 'int_parsing')
    if (cap < 1) return badRequest(`max_tokens must be at least 1, got ${cap}.`, 'max_tokens', cap)
    if (cap > maxModelLen)
      return badRequest(
        `${capName}=${cap} cannot be greater than max_model_len=${maxModelLen}. Please request fewer output tokens.`,
        capName,
        cap,
      )
  }
  if (promptTokens > maxModelLen)
    return badRequest(
      `This model's maximum context length is ${maxModelLen} tokens. However, your prompt contains at least ${promptTokens} input tokens, which exceeds this limit even without any output tokens. Please reduce the length of the input prompt.`,
      'input_tokens',
      promptTokens,
    )
  const room = maxModelLen - (cap ?? 0)
  if (promptTokens > room || promptTokens >= maxModelLen)
    return badRequest(
      `You passed ${promptTokens} input tokens and requested ${cap ?? 0} output tokens. However, the model's context length is only ${maxModelLen} tokens, resulting in a maximum input length of ${room} tokens. Please reduce the length of the input prompt.`,
      'input_tokens',
      promptTokens,
    )
  return refuseSchema(body['response_format'])
}

/** A request without a model is one for the only one there is. */
export function refuseModel(model: unknown, models: readonly string[]): VllmError | undefined {
  if (model === undefined || models.includes(model as string)) return undefined
  return errorOf(
    404,
    `The model \`${JSON.stringify(model).replaceAll('"', '')}\` does not exist. Valid aliases: ${models.join(', ')}.`,
    'NotFoundError',
    'model',
  )
}

/** A validation error's text carries the parameter once more; seen in 0.32. */
function badRequest(message: string, param: string, value: number): VllmError {
  return errorOf(400, `${message} (parameter=${param}, value=${value})`, 'BadRequestError', param)
}

function refuseSchema(format: unknown): VllmError | undefined {
  if (typeof format !== 'object' || format === null) return undefined
  const { type, json_schema: named } = format as { type?: unknown; json_schema?: { schema?: unknown } }
  if (type === 'text' || type === 'json_object') return undefined
  if (type !== 'json_schema')
    return unreadable(
      'body.response_format.type',
      "Input should be 'text', 'json_object' or 'json_schema'",
      'literal_error',
    )
  const fault = faultOfSchema(named?.schema)
  if (fault !== undefined) return errorOf(400, `Grammar error: ${fault}`, 'BadRequestError')
  return undefined
}

function faultOfSchema(schema: unknown): string | undefined {
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema)) return 'the schema is not an object'
  const { type, properties = {} } = schema as { type?: string | string[]; properties?: Record<string, unknown> }
  for (const name of [type ?? []].flat()) if (!jsonTypes.has(name)) return `Invalid type: ${name}`
  for (const inner of Object.values(properties)) {
    const fault = faultOfSchema(inner)
    if (fault !== undefined) return fault
  }
  return undefined
}
