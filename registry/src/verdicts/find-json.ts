import { jsonrepair } from 'jsonrepair'

/** Characters of the longest slice that is mended: jsonrepair may take quadratic time (missing commas, stray quotes). */
export const longestRepair = 32_768

export interface FoundJson {
  /** undefined: there is a slice, but it can't be read */
  value: unknown
  /** whole: nothing but the JSON; extracted: text around it; repaired: it had to be mended */
  how: 'whole' | 'extracted' | 'repaired' | 'unreadable'
  /** non-space characters (code points) after the JSON */
  after: number
}

/**
 * Finds the answer's JSON: the whole text, else the last fenced block that parses, else the last balanced `{…}` or `[…]`,
 * which is mended by jsonrepair when `repair` allows it and it is no longer than `longestRepair`; without `repair` (the
 * answer was cut) a slice inside brackets that are still open is not the answer. Undefined when there is none. Linear in
 * the text's length.
 */
export function findJson(text: string, repair: boolean): FoundJson | undefined {
  const whole = parseContainer(text)
  if (whole !== undefined) return { value: whole, how: 'whole', after: 0 }
  for (const { start, end } of fencedBlocks(text).reverse()) {
    const value = parseContainer(text.slice(start, end))
    if (value !== undefined) return { value, how: 'extracted', after: countSigns(text.slice(end + fence.length)) }
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
  if (!repair || source.length > longestRepair) return unreadable
  try {
    const mended: unknown = JSON.parse(jsonrepair(source))
    return typeof mended === 'object' && mended !== null ? { value: mended, how: 'repaired', after } : unreadable
  } catch {
    return unreadable
  }
}

function countSigns(text: string): number {
  return text.match(/\S/gu)?.length ?? 0
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

const fence = '```'

/**
 * Fenced blocks: from a line that starts with a fence to the next fence that ends a line. A fence with a language opens
 * a block even where one is open, since a closing one has none.
 */
function fencedBlocks(text: string): { start: number; end: number }[] {
  const blocks: { start: number; end: number }[] = []
  let open: number | undefined
  for (const match of text.matchAll(/^[ \t]*```([^\n`]*)$|```[ \t]*$/gm)) {
    const isPlain = (match[1] ?? '').trim() === ''
    const end = match.index + match[0].length
    if (open !== undefined && isPlain) {
      blocks.push({ start: open, end: match.index + match[0].indexOf(fence) })
      open = undefined
    } else if (match[1] !== undefined) open = end
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
