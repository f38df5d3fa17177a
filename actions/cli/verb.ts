import { UserError, neutraliseLog } from 'registry'
import { GitError } from '../adapters/git.ts'
import { SiteBuildError } from '../adapters/site-builder.ts'
import { InterruptedRun } from '../run-batch/run-batch.ts'

/** What a verb says when it is done: one object for scripts, a text for people; exit code 1 where a run failed. */
export interface VerbResult {
  json: object
  text: string
  /** a file's content: written as it is; the verb sees to it that no line of it can start a workflow command */
  isFile?: boolean
  exitCode?: 0 | 1
}

/**
 * Runs a verb as a terminal command: its result on standard output (one JSON object with --json), all else on standard
 * error. Exit codes: 0 done, 1 a run failed or the machine refused, 2 a mistake the user can mend, 130 / 143 interrupted.
 */
export async function runVerb(options: { json?: boolean }, verb: () => Promise<VerbResult>): Promise<void> {
  try {
    const result = await verb()
    const text = result.isFile === true ? result.text : neutraliseLog(result.text)
    process.stdout.write(options.json === true ? `${JSON.stringify(result.json, null, 2)}\n` : ensureNewline(text))
    process.exitCode = result.exitCode ?? 0
  } catch (error) {
    const told = tellError(error)
    if (told === undefined) throw error
    if (options.json === true) process.stdout.write(`${JSON.stringify({ error: told.json }, null, 2)}\n`)
    process.stderr.write(neutraliseLog(told.text))
    process.exitCode = told.exitCode
  }
}

interface ToldError {
  json: { message: string; problems: readonly string[] }
  text: string
  exitCode: number
}

/** How an error is told; undefined for a bug, which keeps its stack. Pure. */
export function tellError(error: unknown): ToldError | undefined {
  if (!(error instanceof Error)) return undefined
  const problems = error instanceof UserError ? error.problems : []
  const told = {
    json: { message: error.message, problems },
    text: [`error: ${error.message}`, ...problems.map((problem) => `  ${problem}`)].join('\n') + '\n',
  }
  if (error instanceof UserError) return { ...told, exitCode: 2 }
  if (error instanceof InterruptedRun) return { ...told, exitCode: error.exitCode }
  if (error instanceof GitError) return { ...told, exitCode: 1 }
  if (error instanceof SiteBuildError) return { ...told, exitCode: error.exitCode }
  // the machine refused (disk full, no permission): not a bug of ours, and its message names the place
  if ('syscall' in error) return { ...told, exitCode: 1 }
  return undefined
}

function ensureNewline(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`
}
