export interface DiffLine {
  kind: 'same' | 'removed' | 'added'
  text: string
}

/** Beyond this many pairs of lines nobody reads a difference line by line. */
const mostPairs = 1_000_000

/**
 * What changed from one text to another, line by line, by a longest common subsequence; undefined where the texts are
 * too long for that. Removed lines stand before the added ones that took their place. Pure.
 */
export function diffLines(before: string, after: string): DiffLine[] | undefined {
  const [old, now] = [before.split('\n'), after.split('\n')]
  if (old.length * now.length > mostPairs) return undefined
  const width = now.length + 1
  // common[i * width + j]: the longest common subsequence of old from i and now from j
  const common = new Uint16Array((old.length + 1) * width)
  for (let i = old.length - 1; i >= 0; i--)
    for (let j = now.length - 1; j >= 0; j--)
      common[i * width + j] =
        old[i] === now[j]
          ? (common[(i + 1) * width + j + 1] ?? 0) + 1
          : Math.max(common[(i + 1) * width + j] ?? 0, common[i * width + j + 1] ?? 0)
  const lines: DiffLine[] = []
  for (let i = 0, j = 0; i < old.length || j < now.length;)
    if (i < old.length && j < now.length && old[i] === now[j]) {
      lines.push({ kind: 'same', text: old[i] ?? '' })
      i++
      j++
    } else if (
      i < old.length &&
      (j >= now.length || (common[(i + 1) * width + j] ?? 0) >= (common[i * width + j + 1] ?? 0))
    )
      lines.push({ kind: 'removed', text: old[i++] ?? '' })
    else lines.push({ kind: 'added', text: now[j++] ?? '' })
  return lines
}

/** The lines within `context` lines of a change, in order; each stretch left out is one `undefined`. */
export function nearChanges(lines: readonly DiffLine[], context = 2): (DiffLine | undefined)[] {
  const isNear = lines.map((_, place) =>
    lines.slice(Math.max(0, place - context), place + context + 1).some(({ kind }) => kind !== 'same'),
  )
  return lines.flatMap((line, place) =>
    isNear[place] === true ? [line] : isNear[place - 1] === false ? [] : [undefined],
  )
}
