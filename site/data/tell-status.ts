const meanings: Record<string, string> = {
  request_error: 'the request failed',
  empty: 'an empty answer',
  degenerate: 'the answer goes round in circles',
  truncated: 'the answer is cut off',
  no_json: 'no JSON in the answer',
  schema_error: 'missing, or of the wrong type',
  invalid_enum: 'not on the scale',
  repaired: 'readable after a repair; doesn’t count as usable',
  ok_extracted: 'usable, with text around it',
  ok: 'usable',
}

/** A parse status with what it means: `no_json` → `no json (no JSON in the answer)`. */
export function tellStatus(status: string): string {
  const meaning = Object.hasOwn(meanings, status) ? ` (${meanings[status]})` : ''
  return `${status.replaceAll('_', ' ')}${meaning}`
}

/** What a parse status means, in words. */
export function meaningOf(status: string): string | undefined {
  return Object.hasOwn(meanings, status) ? meanings[status] : undefined
}
