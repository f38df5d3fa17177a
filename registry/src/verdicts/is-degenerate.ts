const longestUnit = 20
const repeats = 8

/**
 * True when one unit of 1–20 tokens stands at least 8 times running. A token here is a word, or a run of one and the
 * same sign (so a ruled line is one token). Linear in the text's length.
 */
export function isDegenerate(text: string): boolean {
  // what the marks deny needs no second look
  if (text.isWellFormed()) {
    const { marks, count } = markTokens(text)
    if (!hasRepeats(marks, count)) return false
  }
  const tokens = text.match(/[\p{L}\p{N}_]+|([^\p{L}\p{N}_\s])\1*/gu) ?? []
  return hasRepeats(tokens, tokens.length)
}

/**
 * A run of `unit * (repeats - 1)` places that equal the one a unit before them covers a multiple of its own length: so
 * only those are looked at, and the run is measured where one of them is equal.
 */
function hasRepeats(tokens: ArrayLike<unknown>, count: number): boolean {
  for (let unit = 1; unit <= longestUnit; unit++) {
    const needed = unit * (repeats - 1)
    for (let place = needed; place < count; place += needed) {
      if (tokens[place] !== tokens[place - unit]) continue
      let first = place
      while (first > unit && place - first < needed && tokens[first - 1] === tokens[first - 1 - unit]) first--
      let end = place + 1
      while (end < count && end - first < needed && tokens[end] === tokens[end - unit]) end++
      if (end - first >= needed) return true
    }
  }
  return false
}

const space = 0
const word = 1
const sign = 2
const wide = 3

// a byte of UTF-8 that is no ASCII is a part of a wide character
const byteKinds = Uint8Array.from({ length: 256 }, (_, byte) => (byte < 0x80 ? kindOf(byte) : wide))
/** By code point; 0 is not known yet, other kinds are one more. Made when the first wide character comes. */
let wideKinds = new Uint8Array(0)

// reused by every answer: a loop over bytes is much faster than one over a string's characters
const encoder = new TextEncoder()
let room = { bytes: new Uint8Array(0), marks: new Int32Array(0) }

/**
 * Marks for the tokens in order, and their number: equal tokens have equal marks, different ones may (same length, first
 * and last byte).
 */
function markTokens(text: string): { marks: Int32Array; count: number } {
  // UTF-8 takes three bytes for a UTF-16 unit at most; a space after the end spares the loops a question
  if (room.bytes.length <= 3 * text.length) {
    const size = Math.max(1 << 14, 6 * text.length + 1)
    room = { bytes: new Uint8Array(size), marks: new Int32Array(size) }
  }
  const { bytes, marks } = room
  const kinds = byteKinds
  const { written: end } = encoder.encodeInto(text, bytes)
  bytes[end] = 0x20
  let count = 0
  let at = 0
  while (at < end) {
    const start = at
    const byte = bytes[at] as number
    let kind = kinds[byte] as number
    if (kind === space) {
      at++
      continue
    }
    let point = byte
    if (kind === wide) {
      point = pointAt(bytes, at)
      kind = kindOfWide(point)
    }
    if (kind === word) {
      at += widthOf(point)
      for (;;) {
        while (kinds[bytes[at] as number] === word) at++
        if (kinds[bytes[at] as number] !== wide) break
        const next = pointAt(bytes, at)
        if (kindOfWide(next) !== word) break
        at += widthOf(next)
      }
    } else {
      const width = widthOf(point)
      for (at += width; at < end && bytes[at] === byte; at += width)
        if (byte >= 0x80 && pointAt(bytes, at) !== point) break
      if (kind === space) continue
    }
    marks[count++] = ((at - start) << 16) | (byte << 8) | (bytes[at - 1] as number)
  }
  return { marks, count }
}

/** The code point whose UTF-8 starts there; the text is well-formed. */
function pointAt(bytes: Uint8Array, at: number): number {
  const lead = bytes[at] as number
  const next = (place: number) => (bytes[at + place] as number) & 0x3f
  if (lead < 0xe0) return ((lead & 0x1f) << 6) | next(1)
  if (lead < 0xf0) return ((lead & 0x0f) << 12) | (next(1) << 6) | next(2)
  return ((lead & 0x07) << 18) | (next(1) << 12) | (next(2) << 6) | next(3)
}

function widthOf(point: number): number {
  return point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4
}

function kindOfWide(point: number): number {
  if (wideKinds.length === 0) wideKinds = new Uint8Array(0x110000)
  const known = wideKinds[point] as number
  if (known > 0) return known - 1
  const kind = kindOf(point)
  wideKinds[point] = kind + 1
  return kind
}

function kindOf(point: number): number {
  const char = String.fromCodePoint(point)
  return /[\p{L}\p{N}_]/u.test(char) ? word : /\s/u.test(char) ? space : sign
}
