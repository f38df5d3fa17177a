/**
 * The text of one member's value in a JSON object, byte for byte, or undefined when there is no such member. The object
 * must be valid JSON: parse it first. A member that stands twice gives the last, as JSON.parse does.
 */
export function sliceMember(text: string, name: string): string | undefined {
  let found: string | undefined
  let at = skipSpace(text, 0)
  if (text[at] !== '{') return undefined
  at = skipSpace(text, at + 1)
  while (text[at] === '"') {
    const endOfKey = endOfValue(text, at)
    const isWanted = JSON.parse(text.slice(at, endOfKey)) === name
    // past the colon
    const start = skipSpace(text, skipSpace(text, endOfKey) + 1)
    const end = endOfValue(text, start)
    if (isWanted) found = text.slice(start, end)
    at = skipSpace(text, end)
    if (text[at] !== ',') break
    at = skipSpace(text, at + 1)
  }
  return found
}

function skipSpace(text: string, at: number): number {
  while (' \t\n\r'.includes(text[at] ?? 'x')) at++
  return at
}

function endOfValue(text: string, start: number): number {
  let depth = 0
  for (let at = start; at < text.length; at++) {
    const character = text[at]
    if (character === '"') {
      at = endOfString(text, at)
      if (depth === 0) return at + 1
    } else if (character === '{' || character === '[') depth++
    else if (character === '}' || character === ']') {
      if (depth === 0) return at
      if (--depth === 0) return at + 1
    } else if (depth === 0 && (character === ',' || ' \t\n\r'.includes(character ?? ''))) return at
  }
  return text.length
}

/** The place of the closing quote. */
function endOfString(text: string, start: number): number {
  let at = start + 1
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1
  return at
}
