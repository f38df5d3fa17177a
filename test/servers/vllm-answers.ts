import { createHash } from 'node:crypto'

/** Tokens are words here. */
export function countWords(text: string): number {
  return text.split(/\s+/).filter(Boolean).length
}

/** What stands for a prompt's tokens, of the members that vLLM's chat template would render. */
export function promptText(body: Record<string, unknown>): string {
  return typeof body['prompt'] === 'string' ? body['prompt'] : JSON.stringify(body['messages'] ?? '')
}

export interface Completion {
  body: object
  promptTokens: number
  completionTokens: number
}

/**
 * A chat completion with every member vLLM 0.32 sends, in its order. A pure function of the request and the text, `id` and
 * `created` included, so that the rows of two runs can be compared byte by byte. Text beyond max_tokens words is cut.
 */
export function complete(body: Record<string, unknown>, text: string): Completion {
  const messages = promptText(body)
  const promptTokens = countWords(messages)
  const cap = Number(body['max_completion_tokens'] ?? body['max_tokens'] ?? Infinity)
  const words = countWords(text)
  const content = words > cap ? text.trim().split(/\s+/).slice(0, cap).join(' ') : text
  const completionTokens = Math.min(words, cap)
  const choices = Array.from({ length: Number(body['n'] ?? 1) }, (_, index) => ({
    index,
    message: {
      role: 'assistant',
      content,
      refusal: null,
      annotations: null,
      audio: null,
      function_call: null,
      reasoning: null,
    },
    logprobs: null,
    finish_reason: words > cap ? 'length' : 'stop',
    stop_reason: null,
    token_ids: null,
    routed_experts: null,
  }))
  return {
    promptTokens,
    completionTokens,
    body: {
      id: `chatcmpl-${sha256(messages).slice(0, 32)}`,
      object: 'chat.completion',
      created: 1_700_000_000,
      model: body['model'],
      choices,
      service_tier: null,
      system_fingerprint: 'vllm-0.32.0',
      usage: {
        prompt_tokens: promptTokens,
        total_tokens: promptTokens + completionTokens * choices.length,
        completion_tokens: completionTokens * choices.length,
        prompt_tokens_details: null,
        completion_tokens_details: null,
      },
      prompt_logprobs: null,
      prompt_token_ids: null,
      prompt_text: null,
      kv_transfer_params: null,
      ec_transfer_params: null,
      metrics: null,
    },
  }
}

export interface VerdictOptions {
  /** what the verdict is picked from, by the hash of the messages */
  values: readonly string[]
  /** the text's length, about; filled up with the hash of the messages, over and over */
  bytes?: number
}

/** An answer text for the rubric of test/support: a verdict that depends on nothing but the messages. */
export function verdictText(body: Record<string, unknown>, { values, bytes = 0 }: VerdictOptions): string {
  const hash = sha256(promptText(body))
  const value = values[Number.parseInt(hash.slice(0, 8), 16) % values.length]
  const reasoning = hash.repeat(Math.max(1, Math.ceil((bytes - 60) / hash.length)))
  return JSON.stringify({ recommendation: { value, reasoning } })
}

/** `/tokenize`: a number for each word, the same for the same word. */
export function tokenise(body: Record<string, unknown>, maxModelLen: number): object {
  const words = promptText(body).split(/\s+/).filter(Boolean)
  const tokens = words.map((word) => Number.parseInt(sha256(word).slice(0, 8), 16) % 50_000)
  return { count: tokens.length, max_model_len: maxModelLen, tokens, token_strs: null }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
