import { open, readFile, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { describeJsonError, UserError } from 'registry'
import { readLines } from 'registry/node'
import { EngineError, type EngineInfo } from './engine.ts'
import { sliceMember } from './json-slice.ts'
import { planVllm, vllmEnv, type VllmOptions } from './vllm-plan.ts'
import { startGuarded } from './vllm-process.ts'

export interface BatchRequest {
  customId: string
  /** as JSON, `model` included */
  body: string
}

/** What a line of run-batch's output says; the texts are as it wrote them. */
export interface BatchAnswer {
  customId: string
  status: number
  requestId: string
  /** the completion, or the error; a plain string where the runner itself refused the row */
  text: string
  json: object | undefined
}

export interface BatchEngine {
  /** the name requests must carry */
  servedModel: string
  /**
   * Asks all rows by one call of `vllm run-batch`; nothing is known of any of them before it ends.
   * @param started told the process group, so that it can be noted @param answered called for each row of the output
   * @throws UserError before anything starts; EngineError with the log's end when it fails or leaves no output;
   * the signal's reason when it was aborted
   */
  run(
    requests: Iterable<BatchRequest>,
    hooks: {
      signal: AbortSignal
      started: (pid: number) => Promise<void>
      answered: (answer: BatchAnswer) => Promise<void>
    },
  ): Promise<EngineInfo>
}

/**
 * Compatibility with `vllm run-batch`. Its limits are its own: it writes once, at the end, so an interruption or a crash
 * loses all; it holds every row in memory; it takes no pause for a full queue; loading and running are one figure.
 */
export function vllmRunBatch(options: VllmOptions): BatchEngine {
  return {
    servedModel: options.slug,
    async run(requests, { signal, started, answered }) {
      const { problems, plan } = await planVllm(options)
      if (!plan) throw new UserError(`vLLM for ${options.slug} can’t start`, problems)
      const { logPath } = options
      const input = join(dirname(logPath), 'run-batch.input.jsonl')
      const output = join(dirname(logPath), 'run-batch.output.jsonl')
      await rm(output, { force: true })
      await writeRequests(input, requests)
      try {
        const command = [plan.program, 'run-batch', '-i', input, '-o', output, '--model', plan.weights.folder]
        command.push(...plan.flags)
        const guarded = await startGuarded(command, { env: vllmEnv(options.env), logPath })
        // it has nothing to hand over before its end, and a SIGTERM would leave its engine behind
        const abort = () => void guarded.end(0)
        signal.addEventListener('abort', abort, { once: true })
        if (signal.aborted) abort()
        await started(guarded.pid)
        const how = await guarded.exited
        signal.removeEventListener('abort', abort)
        const tail = await guarded.logTail()
        await guarded.end(0)
        signal.throwIfAborted()
        const fail = (finding: string) =>
          new EngineError([`vllm run-batch ${finding}; ${logPath} ends with:`, ...tail].join('\n'))
        if ((await guarded.code) !== 0) throw fail(how)
        if ((await readAnswers(output, answered)) === 'absent') throw fail('ended well and left no output')
        const version = await readVersion(logPath)
        return { ...plan.info, name: 'vllm-run-batch', ...(version === undefined ? {} : { version }), command }
      } finally {
        await rm(input, { force: true })
        await rm(output, { force: true })
      }
    },
  }
}

async function writeRequests(path: string, requests: Iterable<BatchRequest>): Promise<void> {
  const file = await open(path, 'w', 0o600)
  try {
    for (const { customId, body } of requests)
      await file.appendFile(
        `{"custom_id":${JSON.stringify(customId)},"method":"POST","url":"/v1/chat/completions","body":${body}}\n`,
      )
  } finally {
    await file.close()
  }
}

async function readAnswers(path: string, answered: (answer: BatchAnswer) => Promise<void>): Promise<'absent' | 'read'> {
  try {
    for await (const { text, number } of readLines(path)) {
      const answer = readAnswer(text)
      if (typeof answer === 'string') throw new EngineError(`${path}:${number}: ${answer}`)
      await answered(answer)
    }
    return 'read'
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 'absent'
    throw error
  }
}

/**
 * One line of run-batch's output (vLLM 0.32): an answer, a handler's error (`error` an object, nested once more) or the
 * runner's own (`error` a string). @returns what is wrong with a line that is none. Pure.
 */
export function readAnswer(line: string): BatchAnswer | string {
  let value: { custom_id?: unknown; response?: Record<string, unknown> | null; error?: unknown }
  try {
    value = JSON.parse(line) as typeof value
  } catch (error) {
    return describeJsonError(error)
  }
  const { custom_id: customId, response, error } = value
  if (typeof customId !== 'string' || typeof response?.['status_code'] !== 'number')
    return 'no row: custom_id or response.status_code is missing'
  const requestId = typeof response['request_id'] === 'string' ? response['request_id'] : ''
  const base = { customId, status: response['status_code'], requestId }
  if (typeof error === 'string') return { ...base, text: error, json: undefined }
  const isError = typeof error === 'object' && error !== null
  const json = isError ? error : (response['body'] as object | null)
  const text = isError ? sliceMember(line, 'error') : sliceMember(sliceMember(line, 'response') ?? '', 'body')
  return { ...base, text: text ?? '', json: json ?? undefined }
}

/** run-batch has no address to ask; it tells its version where it starts its engine. */
async function readVersion(logPath: string): Promise<string | undefined> {
  const log = await readFile(logPath, 'utf8')
  return [...log.matchAll(/LLM engine \(v([^)\s]+)\)|API version (\S+)/g)].at(-1)?.slice(1).find(Boolean)
}
