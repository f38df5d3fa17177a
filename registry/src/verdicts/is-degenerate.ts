const longestUnit = 20
const repeats = 8

/**
 * True when one unit of 1–20 tokens stands at least 8 times running. A token here is a word, or a run of one and the
 * same sign (so a ruled line is one token). Linear in the text's length.
 */
export function isDegenerate(text: string): boolean {
  const tokens = tokenise(text)
  const { count, hashes } = tokens
  // equal tokens have equal hashes, so what the hashes deny needs no second look
  return (
    hasRepeats(count, (a, b) => hashes[a] === hashes[b]) && hasRepeats(count, (a, b) => isSameToken(text, tokens, a, b))
  )
}

/**
 * A run of `unit * (repeats - 1)` places that equal the one a unit before them covers a multiple of its own length: so
 * only those are looked at, and the run is measured where one of them is equal.
 */
function hasRepeats(count: number, isEqual: (a: number, b: number) => boolean): boolean {
  for (let unit = 1; unit <= longestUnit; unit++) {
    const needed = unit * (repeats - 1)
    for (let place = needed; place < count; place += needed) {
      if (!isEqual(place, place - unit)) continue
      let first = place
      while (first > unit && place - first < needed && isEqual(first - 1, first - 1 - unit)) first--
      let end = place + 1
      while (end < count && end - first < needed && isEqual(end, end - unit)) end++
      if (end - first >= needed) return true
    }
  }
  return false
}

interface Tokens {
  count: number
  starts: Int32Array
  ends: Int32Array
  hashes: Int32Array
}

// reused by every answer: a token has at least one character
let room: Tokens = { count: 0, starts: new Int32Array(0), ends: new Int32Array(0), hashes: new Int32Array(0) }

function tokenise(text: string): Tokens {
  const { length } = text
  if (room.starts.length < length) {
    const size = Math.max(4096, 2 * length)
    room = { count: 0, starts: new Int32Array(size), ends: new Int32Array(size), hashes: new Int32Array(size) }
  }
  const { starts, ends, hashes } = room
  let count = 0
  let index = 0
  while (index < length) {
    let code = text.charCodeAt(index)
    let kind = code < 0x80 ? (asciiKinds[code] as number) : kindAt(text, index)
    if (kind === space) {
      index++
      continue
    }
    const start = index
    let hash = code
    if (kind === word)
      do {
        hash = (Math.imul(hash, 31) + code) | 0
        index += code < 0x80 ? 1 : widthAt(text, index)
        if (index >= length) break
        code = text.charCodeAt(index)
        kind = code < 0x80 ? (asciiKinds[code] as number) : kindAt(text, index)
      } while (kind === word)
    else {
      const sign = text.codePointAt(index) as number
      hash = sign
      const width = sign > 0xffff ? 2 : 1
      do index += width
      while (index < length && text.codePointAt(index) === sign)
    }
    starts[count] = start
    ends[count] = index
    hashes[count] = hash
    count++
  }
  room.count = count
  return room
}

function isSameToken(text: string, { starts, ends }: Tokens, a: number, b: number): boolean {
  return text.slice(starts[a], ends[a]) === text.slice(starts[b], ends[b])
}

const space = 0
const word = 1
const sign = 2
const asciiKinds = Uint8Array.from({ length: 0x80 }, (_, code) => kindOf(String.fromCharCode(code)))
const otherKinds = new Map<number, number>()

function kindAt(text: string, index: number): number {
  const point = text.codePointAt(index) as number
  let kind = otherKinds.get(point)
  if (kind === undefined) {
    kind = kindOf(String.fromCodePoint(point))
    otherKinds.set(point, kind)
  }
  return kind
}

function kindOf(char: string): number {
  return /[\p{L}\p{N}_]/u.test(char) ? word : /\s/u.test(char) ? space : sign
}

function widthAt(text: string, index: number): number {
  return (text.codePointAt(index) as number) > 0xffff ? 2 : 1
}
