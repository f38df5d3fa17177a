/** A stretch of two texts: `same` but for white space, `gone` from the base, or `new` beside it. */
export interface DiffPart {
  kind: 'same' | 'gone' | 'new'
  /** as it stands in the base; empty for `new` */
  base: string
  /** as it stands in the other text; empty for `gone` */
  own: string
}

/** Longest texts, in words, and most words in and out that are looked through: beyond, nobody reads it as a difference. */
export const diffBounds = { words: 20_000, edits: 1_500 }

interface Word {
  /** without the white space that follows */
  key: string
  text: string
}

// scripts that write no spaces are taken sign by sign
const words =
  /(?:[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]|[\p{L}\p{M}\p{N}_]+|[^\s])\s*|\s+/gsu

/**
 * Word-level difference of a text against a base, or why there is none. The `base` members in order are the base, the
 * `own` members the other text. White space is carried along and never a difference.
 * Method: Myers, "An O(ND) difference algorithm and its variations" (Algorithmica, 1986), greedy, after cutting off what
 * both begin and end with.
 */
export function diffWords(base: string, own: string): DiffPart[] | 'too long' | 'too different' {
  const [before, after] = [splitWords(base), splitWords(own)]
  if (!before || !after) return 'too long'
  let start = 0
  while (start < before.length && start < after.length && before[start]?.key === after[start]?.key) start++
  let end = 0
  while (
    end < before.length - start &&
    end < after.length - start &&
    before[before.length - 1 - end]?.key === after[after.length - 1 - end]?.key
  )
    end++
  const middle = findPath(before.slice(start, before.length - end), after.slice(start, after.length - end))
  if (!middle) return 'too different'
  const steps: Step[] = [
    ...Array.from({ length: start }, () => 'same' as const),
    ...middle,
    ...Array.from({ length: end }, () => 'same' as const),
  ]
  return gather(steps, before, after)
}

type Step = DiffPart['kind']

function splitWords(text: string): Word[] | undefined {
  const split: Word[] = []
  for (const [word] of text.matchAll(words)) {
    if (split.length === diffBounds.words) return undefined
    split.push({ key: word.trimEnd(), text: word })
  }
  return split
}

/** The shortest way from one list to the other, undefined when it takes too many edits. */
function findPath(before: readonly Word[], after: readonly Word[]): Step[] | undefined {
  const ids = new Map<string, number>()
  const number = (list: readonly Word[]) =>
    Int32Array.from(list, ({ key }) => {
      const id = ids.get(key) ?? ids.size
      ids.set(key, id)
      return id
    })
  const [a, b] = [number(before), number(after)]
  const most = Math.min(a.length + b.length, diffBounds.edits)
  // furthest[k + most + 1]: how far along `a` one gets on diagonal k; one copy an edit for the way back
  const furthest = new Int32Array(2 * most + 3)
  const trace: Int32Array[] = []
  for (let edits = 0; edits <= most; edits++) {
    trace.push(furthest.slice(most - edits, most + edits + 3))
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      const place = diagonal + most + 1
      const [left, right] = [furthest[place - 1] as number, furthest[place + 1] as number]
      let x = diagonal === -edits || (diagonal !== edits && left < right) ? right : left + 1
      while (x < a.length && x - diagonal < b.length && a[x] === b[x - diagonal]) x++
      furthest[place] = x
      if (x >= a.length && x - diagonal >= b.length) return walkBack(trace, a.length, b.length)
    }
  }
  return undefined
}

/** @param trace `trace[edits]` holds diagonals -edits-1 to edits+1 as they stood before that many edits */
function walkBack(trace: readonly Int32Array[], width: number, height: number): Step[] {
  const steps: Step[] = []
  let [x, y] = [width, height]
  for (let edits = trace.length - 1; edits > 0; edits--) {
    const earlier = trace[edits] as Int32Array
    const at = (diagonal: number) => earlier[diagonal + edits + 1] as number
    const diagonal = x - y
    const isNew = diagonal === -edits || (diagonal !== edits && at(diagonal - 1) < at(diagonal + 1))
    const fromX = at(isNew ? diagonal + 1 : diagonal - 1)
    const fromY = fromX - (isNew ? diagonal + 1 : diagonal - 1)
    for (; x > fromX && y > fromY; x--, y--) steps.push('same')
    steps.push(isNew ? 'new' : 'gone')
    ;[x, y] = [fromX, fromY]
  }
  for (; x > 0; x--) steps.push('same')
  return steps.reverse()
}

interface Stretch {
  same: boolean
  before: Word[]
  after: Word[]
}

/** Steps as parts: a change names all that is gone, then all that is new; a comma alone between two changes joins them. */
function gather(steps: readonly Step[], before: readonly Word[], after: readonly Word[]): DiffPart[] {
  const stretches: Stretch[] = []
  let [x, y] = [0, 0]
  for (const step of steps) {
    const same = step === 'same'
    let last = stretches.at(-1)
    if (last?.same !== same) stretches.push((last = { same, before: [], after: [] }))
    if (step !== 'new') last.before.push(before[x++] as Word)
    if (step !== 'gone') last.after.push(after[y++] as Word)
  }
  const joined: Stretch[] = []
  for (const [place, stretch] of stretches.entries()) {
    const last = joined.at(-1)
    const isBridge =
      stretch.same &&
      last !== undefined &&
      place < stretches.length - 1 &&
      stretch.before.every(({ key }) => !/[\p{L}\p{N}]/u.test(key))
    if (last && !last.same && (isBridge || !stretch.same)) {
      last.before.push(...stretch.before)
      last.after.push(...stretch.after)
    } else joined.push({ ...stretch })
  }
  return joined.flatMap((stretch): DiffPart[] => {
    const [base, own] = [textOf(stretch.before), textOf(stretch.after)]
    if (stretch.same) return [{ kind: 'same', base, own }]
    const changed: DiffPart[] = []
    if (base !== '') changed.push({ kind: 'gone', base, own: '' })
    if (own !== '') changed.push({ kind: 'new', base: '', own })
    return changed
  })
}

function textOf(list: readonly Word[]): string {
  return list.map(({ text }) => text).join('')
}
