import { z } from 'zod'

/**
 * One line of a run's .jsonl: the shape of an OpenAI batch output, as vLLM's run-batch writes it.
 * A handler's error has an object in `error`, the runner's own a plain string; both are accepted.
 */
export const rowSchema = z.looseObject({
  id: z.string(),
  custom_id: z.string().min(1),
  response: z.looseObject({ status_code: z.int(), request_id: z.string().nullish(), body: z.unknown() }).nullish(),
  error: z.union([z.string(), z.looseObject({}), z.null()]).optional(),
})

/** One line of an openai-batch dataset. */
export const batchRequestSchema = z.strictObject({
  custom_id: z.string().min(1),
  method: z.literal('POST'),
  url: z.literal('/v1/chat/completions'),
  body: z.looseObject({
    model: z.string().optional(),
    messages: z.array(z.looseObject({ role: z.string() })).min(1),
    stream: z.literal(false).optional(),
    n: z.literal(1).optional(),
    temperature: z.number().nonnegative().optional(),
    top_p: z.number().optional(),
    seed: z.int().optional(),
    max_tokens: z.int().positive().optional(),
    max_completion_tokens: z.int().positive().optional(),
  }),
})

export type Row = z.infer<typeof rowSchema>
export type BatchRequest = z.infer<typeof batchRequestSchema>
