import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { ChatMessage, ChatRequest } from './chat-request.ts'
import { jsonObjectGrammar, jsonSchemaGrammar } from './json-schema-grammar.ts'

/** How the server process is started; handed over as one JSON text. */
export interface LlamaCppServerConfig {
  toolFolder: string
  weightsPath: string
  servedModel: string
  /** requests generated at the same time */
  sequences: number
  /** prompt and answer of one request must fit into these */
  contextTokens: number
  threads: number
  /** Jinja text that replaces the template in the weights */
  chatTemplate?: string
}

export interface Completion {
  text: string
  /** tokens the model produced, the one that ended the answer included, as vLLM counts */
  completionTokens: number
  finishReason: 'stop' | 'length'
}

type Token = number

interface NativeModel {
  tokens: { bos: Token | null; bosString: string | null; eosString: string | null; shouldPrependBosToken: boolean }
  fileInfo: { metadata: { tokenizer?: { chat_template?: string } } }
  trainContextSize: number
  tokenize(text: string, specialTokens: boolean): Token[]
  detokenize(tokens: readonly Token[]): string
  isEogToken(token: Token): boolean
  createContext(options: object): Promise<{ getSequence(): NativeSequence }>
}

interface NativeSequence {
  nextTokenIndex: number
  eraseContextTokenRanges(ranges: { start: number; end: number }[]): Promise<void>
  evaluate(tokens: readonly Token[], options: object): AsyncGenerator<Token, void, void>
}

interface NativeLibrary {
  getLlama: (options: object) => Promise<{
    llamaCppRelease: { release: string }
    loadModel(options: object): Promise<NativeModel>
    createGrammar(options: { grammar: string }): Promise<object>
  }>
  LlamaGrammarEvaluationState: new (options: { model: NativeModel; grammar: object }) => object
}

interface JinjaLibrary {
  Template: new (text: string) => { render(values: Record<string, unknown>): string }
}

interface Slot {
  sequence: NativeSequence
  /** the prompt whose evaluation the sequence still holds */
  prompt: readonly Token[]
  busy: boolean
}

// A reused prefix ends on a multiple of this: kernels that work on rows in groups then see the rest of the prompt in
// the same groups whether or not its beginning was reused, and greedy answers agree.
const reuseGranularity = 64

export type LlamaCppModel = Awaited<ReturnType<typeof loadLlamaCppModel>>

/**
 * Loads the weights into this process and gives back what a server needs of them.
 * @throws Error when the tool folder holds no working binary, the weights can't be loaded or carry no chat template
 */
export async function loadLlamaCppModel(config: LlamaCppServerConfig, log: (line: string) => void) {
  const packageFile = join(config.toolFolder, 'node_modules/node-llama-cpp/package.json')
  const { version, main } = JSON.parse(await readFile(packageFile, 'utf8')) as { version: string; main: string }
  const { getLlama, LlamaGrammarEvaluationState } = (await importFile(join(packageFile, '..', main))) as NativeLibrary
  const { Template } = (await importFile(createRequire(packageFile).resolve('@huggingface/jinja'))) as JinjaLibrary

  const llama = await getLlama({
    // there is no prebuilt binary for this platform without Metal
    gpu: process.platform === 'darwin' && process.arch === 'arm64' ? 'metal' : false,
    build: 'never',
    progressLogs: false,
    maxThreads: config.threads,
    logLevel: 'warn',
    logger: (level: string, message: string) => log(`llama.cpp ${level}: ${message.trimEnd()}`),
  })
  const model = await llama.loadModel({ modelPath: config.weightsPath })
  const templateText = config.chatTemplate ?? model.fileInfo.metadata.tokenizer?.chat_template
  if (templateText === undefined) throw new Error('the weights carry no chat template and none was given')
  const template = new Template(templateText)
  const contextOptions = {
    sequences: 1,
    // the library shifts the context when its last cell is reached: two spare cells keep that from happening
    contextSize: config.contextTokens + 2,
    threads: Math.max(1, Math.floor(config.threads / config.sequences)),
    // without the full cache a model with sliding attention can't go back to a shared prefix
    swaFullCache: true,
    // its CPU kernel rounds differently for short and long inputs, so a reused prefix would change greedy answers
    flashAttention: false,
  }
  // A context for each sequence, not one for all: what else is being generated then changes neither the rounding of
  // an answer nor, since threads of one context wait for each other at every layer, its speed on a busy machine.
  const slots: Slot[] = []
  while (slots.length < config.sequences) {
    const context = await model.createContext(contextOptions)
    slots.push({ sequence: context.getSequence(), prompt: [], busy: false })
  }
  const waiting: (() => void)[] = []
  const grammars = new Map<string, Promise<object>>()

  async function takeSlot(prompt: readonly Token[], signal: AbortSignal): Promise<Slot> {
    while (slots.every((slot) => slot.busy)) {
      await new Promise<void>((resolve) => waiting.push(resolve))
      if (signal.aborted) {
        waiting.shift()?.()
        throw signal.reason
      }
    }
    const free = slots.filter((slot) => !slot.busy)
    const best = free.reduce((a, b) => (sharedLength(b.prompt, prompt) > sharedLength(a.prompt, prompt) ? b : a))
    best.busy = true
    return best
  }

  function releaseSlot(slot: Slot): void {
    slot.busy = false
    waiting.shift()?.()
  }

  /** Leaves the part of the prompt that this slot has evaluated before and says how long it is. */
  async function keepSharedPrefix(slot: Slot, prompt: readonly Token[]): Promise<number> {
    // the last token is always evaluated: its logits are what the answer starts from
    const shared = Math.min(sharedLength(slot.prompt, prompt), prompt.length - 1, slot.sequence.nextTokenIndex)
    const kept = shared - (shared % reuseGranularity)
    const end = slot.sequence.nextTokenIndex
    if (kept < end) await slot.sequence.eraseContextTokenRanges([{ start: kept, end }])
    return slot.sequence.nextTokenIndex
  }

  return {
    contextTokens: config.contextTokens,
    version: `llama.cpp ${llama.llamaCppRelease.release}, node-llama-cpp ${version}`,
    chatTemplateSha256: createHash('sha256').update(templateText).digest('hex'),

    /** Token ids of the rendered conversation; throws what the template raises. */
    promptTokens(messages: readonly ChatMessage[], templateArguments: Record<string, unknown>): Token[] {
      const { bos, bosString, eosString, shouldPrependBosToken } = model.tokens
      const text = template.render({
        messages,
        add_generation_prompt: true,
        bos_token: bosString ?? '',
        eos_token: eosString ?? '',
        ...templateArguments,
      })
      const tokens = model.tokenize(text, true)
      if (shouldPrependBosToken && bos !== null && tokens[0] !== bos) tokens.unshift(bos)
      return tokens
    },

    /** The compiled grammar of a response format, compiled once; throws SchemaError. */
    grammarFor(format: NonNullable<ChatRequest['format']>): Promise<object> {
      const key = format === 'json_object' ? format : JSON.stringify(format.schema)
      const made = grammars.get(key)
      if (made !== undefined) return made
      const grammar = format === 'json_object' ? jsonObjectGrammar() : jsonSchemaGrammar(format.schema)
      const compiled = llama.createGrammar({ grammar })
      grammars.set(key, compiled)
      return compiled
    },

    /**
     * Generates one answer; waits while all sequences are busy. The caller has checked that prompt and maxTokens
     * together fit into contextTokens.
     * @throws the signal's reason once it is aborted
     */
    async complete(
      prompt: readonly Token[],
      maxTokens: number,
      options: Pick<ChatRequest, 'sampling' | 'stop'> & { grammar?: object },
      signal: AbortSignal,
    ): Promise<Completion> {
      const slot = await takeSlot(prompt, signal)
      try {
        signal.throwIfAborted()
        const kept = await keepSharedPrefix(slot, prompt)
        slot.prompt = prompt.slice(0, kept)
        const { grammar, sampling, stop } = options
        const generation = slot.sequence.evaluate(prompt.slice(kept), {
          ...sampling,
          yieldEogToken: true,
          ...(grammar && { grammarEvaluationState: new LlamaGrammarEvaluationState({ model, grammar }) }),
        })
        const tokens: Token[] = []
        for await (const token of generation) {
          slot.prompt = prompt
          signal.throwIfAborted()
          const completionTokens = tokens.length + 1
          if (model.isEogToken(token)) return { text: model.detokenize(tokens), completionTokens, finishReason: 'stop' }
          tokens.push(token)
          const stopped = stop.length > 0 ? textBeforeStop(model.detokenize(tokens), stop) : undefined
          if (stopped !== undefined) return { text: stopped, completionTokens, finishReason: 'stop' }
          if (completionTokens >= maxTokens)
            return { text: model.detokenize(tokens), completionTokens, finishReason: 'length' }
        }
        throw new Error('the engine ended the generation without a last token')
      } finally {
        releaseSlot(slot)
      }
    },
  }
}

function importFile(path: string): Promise<unknown> {
  return import(pathToFileURL(path).href)
}

function sharedLength(a: readonly Token[], b: readonly Token[]): number {
  let length = 0
  while (length < a.length && length < b.length && a[length] === b[length]) length++
  return length
}

function textBeforeStop(text: string, stop: readonly string[]): string | undefined {
  const found = stop.map((word) => text.indexOf(word)).filter((index) => index >= 0)
  return found.length === 0 ? undefined : text.slice(0, Math.min(...found))
}
