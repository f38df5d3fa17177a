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
  /** the program and its arguments, where it is a child of ours */
  command?: readonly string[]
  /** the GPUs it runs on; absent where there is none, or where nobody can tell */
  gpus?: readonly GpuInfo[]
}

export interface GpuInfo {
  name: string
  uuid: string
  driver: string
  /** 10⁹ bytes */
  memory_gb: number
}

/** What was measured while requests were asked; what could not be measured is absent. */
export interface SegmentMeasures {
  /** differences of the engine's own counters, and percentiles of its histograms in seconds */
  engine_metrics?: Record<string, number>
  /** of the run's own GPUs */
  energy_joules?: number
}

export interface StartedEngine {
  /** e.g. "http://127.0.0.1:40123/v1", without a slash at the end */
  baseUrl: string
  info: EngineInfo
  /** the engine's process group, where it is a child of ours */
  pid?: number
  /** settles with a reason if the engine ends by itself; never rejects */
  died: Promise<string>
  /** starts to measure; what it gives ends that and tells the figures. Neither rejects. */
  measure?(): Promise<() => Promise<SegmentMeasures>>
  /**
   * Tokens of a chat request's prompt as the model sees it, and how many fit together with its answer; undefined when
   * the engine doesn't say. @param body as JSON, `model` included
   */
  countPrompt?(body: string): Promise<{ tokens: number; fit: number } | undefined>
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
