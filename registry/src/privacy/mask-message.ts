const longest = 240

/**
 * Turns an engine's message into a template that carries no row text: quoted text becomes '…', digits become N,
 * control characters become spaces, and it is cut at 240 characters. Messages that differ only in such parts
 * become equal, so they count as one cause.
 */
export function maskMessage(message: string): string {
  const masked = message
    .replaceAll(/"[^"\n]*"|`[^`\n]*`|(?<![\p{L}\d])'[^'\n]*'(?![\p{L}\d])/gu, "'…'")
    .replaceAll(/\d+(?:[.,]\d+)*/g, 'N')
    .replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim()
  return masked.length > longest ? `${masked.slice(0, longest - 1)}…` : masked
}
