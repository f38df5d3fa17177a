import { jsonrepair } from 'jsonrepair'

export interface FoundJson {
  value: unknown
  /** whole: nothing but the JSON; extracted: text around it; repaired: it had to be mended */
  how: 'whole' | 'extracted' | 'repaired'
  /** non-space characters after the JSON */
  after: number
}

/**
 * Finds the answer's JSON: the whole text, else the last fenced block that parses, else the last balanced `{…}` or `[…]`,
 * which is mended by jsonrepair when `repair` allows it. Undefined when there is none. Linear in the text's length.
 */
export function findJson(text: string, repair: boolean): FoundJson | undefined {
  const whole = parseContainer(text)
  if (whole !== undefined) return { value: whole, how: 'whole', after: 0 }
  for (const { start, end } of fencedBlocks(text).reverse()) {
    const value = parseContainer(text.slice(start, end))
    if (value !== undefined) return { value, how: 'extracted', after: 0 }
  }
  const slice = lastBalanced(text)
  if (!slice) return undefined
  const after = text.slice(slice.end).replaceAll(/\s+/g, '').length
  const source = text.slice(slice.start, slice.end)
  const value = parseContainer(source)
  if (value !== undefined) return { value, how: 'extracted', after }
  if (!repair) return undefined
  try {
    const mended: unknown = JSON.parse(jsonrepair(source))
    return typeof mended === 'object' && mended !== null ? { value: mended, how: 'repaired', after } : undefined
  } catch {
    return undefined
  }
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

/** The last outermost slice whose brackets match, strings skipped; one pass. */
function lastBalanced(text: string): { start: number; end: number } | undefined {
  const open: { start: number; closer: string }[] = []
  const slices: { start: number; end: number }[] = []
  let inString = false
  for (let index = 0; index < text.length; index++) {
    const char = text[index]
    if (inString) {
      if (char === '\\') index++
      // a JSON string holds no raw line break, so a stray quote can't swallow the rest
      else if (char === '"' || char === '\n') inString = false
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
  return slices.at(-1)
}
