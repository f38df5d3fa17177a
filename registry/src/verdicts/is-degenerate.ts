const longestUnit = 20
const repeats = 8

/**
 * True when one unit of 1–20 tokens stands at least 8 times running. A token here is a word, or a run of one and the
 * same sign (so a ruled line is one token). Linear: at most 20 passes.
 */
export function isDegenerate(text: string): boolean {
  const tokens = text.match(/[\p{L}\p{N}_]+|([^\p{L}\p{N}_\s])\1*/gu) ?? []
  for (let unit = 1; unit <= longestUnit; unit++) {
    let equal = 0
    for (let index = unit; index < tokens.length; index++) {
      equal = tokens[index] === tokens[index - unit] ? equal + 1 : 0
      if (equal >= unit * (repeats - 1)) return true
    }
  }
  return false
}
