import { UserError, neutraliseLog } from 'registry'
import { randomUUID } from 'node:crypto'

/** What a step needs of @actions/core. */
export interface StepIo {
  getInput(name: string): string
  setOutput(name: string, value: string): void
  setSecret(secret: string): void
  error(message: string, at?: AnnotationPlace): void
  warning(message: string, at?: AnnotationPlace): void
  notice(message: string, at?: AnnotationPlace): void
  summary: { addRaw(text: string): { write(): Promise<unknown> } }
}

interface AnnotationPlace {
  title?: string
  file?: string
  startLine?: number
}

export interface StepContext {
  /** an input of the step, trimmed; undefined when it is empty */
  input: (name: string) => string | undefined
  /** @throws UserError when it is empty */
  required: (name: string) => string
  /** the token the step was given; masked in the log */
  token: () => string
  env: NodeJS.ProcessEnv
  /** one line for the job's log, made harmless */
  say: (line: string) => void
}

export interface StepOutcome {
  outputs?: Readonly<Record<string, string>>
  /** Markdown for the step summary */
  summary?: string
  warnings?: readonly string[]
  /** what makes the step fail, as `where: finding: mend`; it succeeds without */
  faults?: readonly string[]
}

export type Step = (context: StepContext) => Promise<StepOutcome>

/** Inputs by the name they have elsewhere, without the empty ones. @param names name elsewhere → name of the input */
export function givenInputs({ input }: Pick<StepContext, 'input'>, names: Readonly<Record<string, string>>) {
  return Object.fromEntries(
    Object.entries(names).flatMap(([name, from]): [string, string][] => {
      const value = input(from)
      return value === undefined ? [] : [[name, value]]
    }),
  )
}

/** A step shows at most this many annotations of a kind (GitHub: 10 of each kind a step). */
const mostAnnotations = 10
/** GitHub refuses larger step summaries. */
const mostSummaryBytes = 1024 * 1024 - 1024

/**
 * Runs a verb as a step of a workflow: inputs in, outputs, annotations and summary out; a fault sets the exit code 1.
 * While the verb runs, whatever reaches the log is dead text.
 */
export async function runStep(io: StepIo, step: Step, env: NodeJS.ProcessEnv = process.env): Promise<void> {
  // while commands still count: one that is stopped would only print the token
  const token = io.getInput('token').trim()
  if (token !== '') io.setSecret(token)
  const guard = randomUUID()
  process.stdout.write(`::stop-commands::${guard}\n`)
  const outcome = await callStep(io, step, env).finally(() => process.stdout.write(`::${guard}::\n`))
  for (const [name, value] of Object.entries(outcome.outputs ?? {})) io.setOutput(name, value)
  annotate(outcome.warnings ?? [], (text, at) => io.warning(text, at))
  annotate(outcome.faults ?? [], (text, at) => io.error(text, at))
  const summary = renderSummary(outcome)
  if (summary !== '' && env['GITHUB_STEP_SUMMARY']) await io.summary.addRaw(summary).write()
  if ((outcome.faults ?? []).length > 0) process.exitCode = 1
}

async function callStep(io: StepIo, step: Step, env: NodeJS.ProcessEnv): Promise<StepOutcome> {
  const input = (name: string) => io.getInput(name).trim() || undefined
  const required = (name: string) => {
    const value = input(name)
    if (value === undefined) throw new UserError('the step can’t start', [`with: ${name} is empty: give it`])
    return value
  }
  const context: StepContext = {
    input,
    required,
    token: () => required('token'),
    env,
    say: (line) => void process.stdout.write(`${neutraliseLog(line)}\n`),
  }
  try {
    return await step(context)
  } catch (error) {
    if (error instanceof UserError) return { faults: error.problems.length > 0 ? error.problems : [error.message] }
    context.say(error instanceof Error ? (error.stack ?? error.message) : String(error))
    return { faults: [error instanceof Error ? error.message : String(error)] }
  }
}

/** At most ten, each at the file and line it names; the summary has them all. */
function annotate(texts: readonly string[], show: (text: string, at: AnnotationPlace) => void): void {
  const shown = texts.length > mostAnnotations ? texts.slice(0, mostAnnotations - 1) : texts
  for (const text of shown) show(neutraliseLog(text), placeOf(text))
  if (shown.length < texts.length) show(`and ${texts.length - shown.length} more: see the summary`, {})
}

function placeOf(text: string): AnnotationPlace {
  const [, file, line] = /^((?:registry|results)\/[\w./-]+\.(?:ya?ml|jsonl?|log))(?::(\d+))?:/.exec(text) ?? []
  if (file === undefined || file.includes('..')) return {}
  return { file, ...(line === undefined ? {} : { startLine: Number(line) }) }
}

function renderSummary({ summary = '', warnings = [], faults = [] }: StepOutcome): string {
  const list = (title: string, texts: readonly string[]) =>
    texts.length === 0 ? '' : `\n### ${title}\n\n${texts.map((text) => `    ${oneLine(text)}\n`).join('')}`
  const text = `${summary}${list('Faults', faults)}${list('Warnings', warnings)}`
  const bytes = Buffer.from(text)
  if (bytes.length <= mostSummaryBytes) return text
  return `${bytes
    .subarray(0, mostSummaryBytes)
    .toString('utf8')
    .replace(/[^\n]*$/, '')}\n(cut: it was ${bytes.length} bytes)\n`
}

/** In an indented block of Markdown nothing is markup. */
function oneLine(text: string): string {
  return neutraliseLog(text).replaceAll(/\s+/g, ' ')
}
