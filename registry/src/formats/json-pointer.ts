/** The value an RFC 6901 pointer names, or undefined. Own members only, so that `__proto__` finds nothing. */
export function readPointer(value: unknown, pointer: string): unknown {
  return readParts(value, pointerParts(pointer))
}

/** A pointer's member names, for those who follow it often. */
export function pointerParts(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
}

/** The value at the end of a pointer's member names, or undefined. */
export function readParts(value: unknown, parts: readonly string[]): unknown {
  let current = value
  for (const key of parts) {
    if (current === null || typeof current !== 'object' || !Object.hasOwn(current, key)) return undefined
    current = (current as Record<string, unknown>)[key]
  }
  return current
}
