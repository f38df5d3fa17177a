import type { Scene } from '../scene.ts'

export interface StepState extends Scene {
  /** a line of the transcript below the step */
  note(line: string): void
}

export interface ForgeStep {
  name: string
  run(state: StepState): Promise<unknown>
}

/** Steps that build on each other: after one fails the others of the theme are not run. */
export interface Theme {
  name: string
  steps: readonly ForgeStep[]
}

/** What one step leaves for later ones of its theme. */
export class Kept<T> {
  readonly #what: string
  #value: { is: T } | undefined

  constructor(what: string) {
    this.#what = what
  }

  set(value: T): void {
    this.#value = { is: value }
  }

  /** @throws Error when no step left it */
  get(): T {
    if (!this.#value) throw new Error(`no earlier step left ${this.#what}`)
    return this.#value.is
  }
}

/** @throws Error saying what was found, when it is not so */
export function check(condition: unknown, finding: string): asserts condition {
  if (!condition) throw new Error(finding)
}
