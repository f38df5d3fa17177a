import { jsonrepair } from 'jsonrepair'

export interface FoundJson {
  /** undefined: there is a slice, but it can't be read */
  value: unknown
  /** whole: nothing but the JSON; extracted: text around it; repaired: it had to be mended */
  how: 'whole' | 'extracted' | 'repaired' | 'unreadable'
  /** non-space characters after the JSON */
  after: number
}

/**
 * Finds the answer's JSON: the whole text, else the last fenced block that parses, else the last balanced `{…}` or `[…]`,
 * which is mended by jsonrepair when `repair` allows it; without `repair` (the answer was cut) a slice inside brackets that
 * are still open is not the answer. Undefined when there is none. Linear in the text's length.
 */
export function findJson(text: string, repair: boolean): FoundJson | undefined {
  const whole = parseContainer(text)
  if (whole !== undefined) return { value: whole, how: 'whole', after: 0 }
  for (const { start, end } of fencedBlocks(text).reverse()) {
    const value = parseContainer(text.slice(start, end))
    if (value !== undefined)
      return { value, how: 'extracted', after: countSigns(text.slice(end).replace(/^[ \t]*```/, '')) }
  }
  // a string may hold a raw line break, which is mended; only where that swallows all brackets does a break end it
  const slice = lastBalanced(text, true) ?? lastBalanced(text, false)
  if (!slice) return undefined
  const after = countSigns(text.slice(slice.end))
  const unreadable = { value: undefined, how: 'unreadable' as const, after }
  // a cut answer's inner object is not the answer
  if (!repair && slice.isInner) return unreadable
  const source = text.slice(slice.start, slice.end)
  const value = parseContainer(source)
  if (value !== undefined) return { value, how: 'extracted', after }
  if (!repair) return unreadable
  try {
    const mended: unknown = JSON.parse(jsonrepair(source))
    return typeof mended === 'object' && mended !== null ? { value: mended, how: 'repaired', after } : unreadable
  } catch {
    return unreadable
  }
}

function countSigns(text: string): number {
  return text.replaceAll(/\s+/g, '').length
}

/** An object or array, or undefined: a scalar on its own is no answer. */
function parseContainer(text: string): object | undefined {
  const first = text.trimStart()[0]
  if (first !== '{' && first !== '[') return undefined
  try {
    return JSON.parse(text) as object
  } catch {
    return undefined
  }
}

function fencedBlocks(text: string): { start: number; end: number }[] {
  const blocks: { start: number; end: number }[] = []
  let open: number | undefined
  for (const match of text.matchAll(/^[ \t]*```[^\n`]*$/gm)) {
    if (open === undefined) open = match.index + match[0].length
    else {
      blocks.push({ start: open, end: match.index })
      open = undefined
    }
  }
  return blocks
}

/**
 * The last outermost slice whose brackets match, strings skipped; one pass.
 * @param acrossBreaks a string goes on over a raw line break, which JSON forbids and small models write
 */
function lastBalanced(
  text: string,
  acrossBreaks: boolean,
): { start: number; end: number; isInner: boolean } | undefined {
  const open: { start: number; closer: string }[] = []
  const slices: { start: number; end: number }[] = []
  let inString = false
  for (let index = 0; index < text.length; index++) {
    const char = text[index]
    if (inString) {
      if (char === '\\') index++
      else if (char === '"' || (char === '\n' && !acrossBreaks)) inString = false
    } else if (char === '"' && open.length > 0) inString = true
    else if (char === '{') open.push({ start: index, closer: '}' })
    else if (char === '[') open.push({ start: index, closer: ']' })
    else if (char === '}' || char === ']') {
      const last = open.pop()
      if (last?.closer !== char) open.length = 0
      else {
        while (slices.length > 0 && (slices.at(-1)?.start ?? -1) > last.start) slices.pop()
        slices.push({ start: last.start, end: index + 1 })
      }
    }
  }
  const last = slices.at(-1)
  return last && { ...last, isInner: open.some(({ start }) => start < last.start) }
}
