/** Stands where something is left out that a page must say something for. */
export const withheld = 'withheld'

/** `Qwen 3-4B`, `owner/name`, but no path and no address: what an imported run calls its model may be any of them. */
export function noPlace(text: string): string {
  return /^[~./\\]|\\|:\/\/|^[A-Za-z]:|@.*[.:]|\/.*\//.test(text) ? withheld : text
}
