/** Text as it may stand in an address; half a surrogate pair, which no address can hold, becomes a replacement sign. */
export function encodeText(text: string): string {
  return encodeURIComponent(text.toWellFormed())
}
