/** What of localStorage is needed. */
export type Keeper = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

/** The browser's own storage; undefined where it is forbidden. */
export function findKeeper(): Keeper | undefined {
  try {
    return localStorage
  } catch {
    return undefined
  }
}

/** Keeps a convenience, or doesn't where there is no room for it. */
export function tryToKeep(key: string, text: string): void {
  try {
    findKeeper()?.setItem(key, text)
  } catch (error) {
    if (!(error instanceof DOMException)) throw error
  }
}
