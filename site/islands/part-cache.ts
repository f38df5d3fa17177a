/** Promises by path: each is made once while it is kept; one that fails is forgotten, so that it may be tried again. */
export class PartCache {
  readonly #most: number
  /** the one longest unused comes first */
  readonly #parts = new Map<string, Promise<unknown>>()

  /** @param most how many are kept */
  constructor(most: number) {
    this.#most = most
  }

  once<T>(path: string, make: () => Promise<T>): Promise<T> {
    const part = (this.#parts.get(path) as Promise<T> | undefined) ?? make()
    this.#parts.delete(path)
    this.#parts.set(path, part)
    part.catch(() => this.#parts.get(path) === part && this.#parts.delete(path))
    const [oldest] = this.#parts.keys()
    if (this.#parts.size > this.#most && oldest !== undefined) this.#parts.delete(oldest)
    return part
  }
}
