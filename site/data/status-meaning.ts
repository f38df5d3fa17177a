const meanings: Record<string, string> = {
  request_error: 'the request failed',
  empty: 'an empty answer',
  degenerate: 'goes round in circles',
  truncated: 'cut off',
  no_json: 'no JSON in the answer',
  schema_error: 'missing, or of the wrong type',
  invalid_enum: 'not on the scale',
  repaired: 'readable after a repair; not usable',
  ok_extracted: 'usable, with text around it',
  ok: 'usable',
}

/** What a parse status means, in words. */
export function meaningOf(status: string): string | undefined {
  return Object.hasOwn(meanings, status) ? meanings[status] : undefined
}
