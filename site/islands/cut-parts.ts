import { cutText } from './cut-text.ts'
import type { DiffPart } from './word-diff.ts'

/** What of a part a reader sees: what is gone from the base, else the other text's own words. */
export function shownText(part: DiffPart): string {
  return part.kind === 'gone' ? part.base : part.own
}

/** The start of a long difference; undefined when it is short enough as it stands. Bounds as in `cutText`. */
export function cutParts(
  parts: readonly DiffPart[],
  characters = 1200,
  lines = 24,
): { kind: DiffPart['kind']; text: string }[] | undefined {
  const cut: { kind: DiffPart['kind']; text: string }[] = []
  let [room, breaks] = [characters, lines]
  for (const [place, part] of parts.entries()) {
    const whole = shownText(part)
    const start = room <= 0 || breaks <= 0 ? '' : cutText(whole, room, breaks)
    if (start !== undefined) {
      if (start !== '') cut.push({ kind: part.kind, text: start })
      return cut
    }
    cut.push({ kind: part.kind, text: whole })
    room -= whole.length
    breaks -= whole.split('\n').length - 1
    if (place === parts.length - 1) break
  }
  return undefined
}
