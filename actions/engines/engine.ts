/** What a run needs to know of a started engine; it goes into the run's meta. */
export interface EngineInfo {
  /** e.g. "llama-cpp", "vllm", "openai" */
  name: string
  version?: string
  /** the arguments that shape answers or speed, as they were in force */
  args: Record<string, unknown>
  /** the model name requests must carry */
  servedModel: string
  chatTemplateSha256?: string
  /** the weights it really loaded, where we know */
  weights?: { sha256: string; quantization: string }
}

export interface StartedEngine {
  /** e.g. "http://127.0.0.1:40123/v1", without a slash at the end */
  baseUrl: string
  info: EngineInfo
  /** the engine's process group, where it is a child of ours */
  pid?: number
  /** settles with a reason if the engine ends by itself; never rejects */
  died: Promise<string>
}

/**
 * Something that answers the OpenAI chat protocol over HTTP: a child process or a remote address.
 * `start` throws a UserError for what the user can mend (missing weights, no chat template) and an EngineError
 * with the log's last lines when the engine does not come up. `stop` leaves no process behind and may be called twice.
 */
export interface Engine {
  start(): Promise<StartedEngine>
  stop(): Promise<void>
}

/** The engine failed: exit code 1, never 2. */
export class EngineError extends Error {
  override name = 'EngineError'
}
