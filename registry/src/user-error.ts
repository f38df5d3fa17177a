/**
 * A fault the user can mend: no stack is shown, the exit code is 2.
 * Each problem reads `where: what was found, what was expected, how to mend it`.
 */
export class UserError extends Error {
  override name = 'UserError'
  readonly problems: readonly string[]

  constructor(message: string, problems: readonly string[] = []) {
    super(message)
    this.problems = problems
  }
}
