/**
 * What is wrong with a text that is no JSON, without a character of it: the engine's own message quotes the text, which
 * may be a row of personal data.
 */
export function describeJsonError(error: unknown): string {
  const at = /position (\d+)/.exec(error instanceof Error ? error.message : '')?.[1]
  return at === undefined ? 'not JSON' : `not JSON at character ${Number(at) + 1}`
}
