/**
 * The start of a long text: at most so many characters and lines; undefined when it is short enough as it stands.
 * Never cuts a surrogate pair in two.
 */
export function cutText(text: string, characters = 1200, lines = 24): string | undefined {
  let end = Math.min(text.length, characters)
  let place = -1
  for (let line = 0; line < lines; line++) {
    place = text.indexOf('\n', place + 1)
    if (place === -1 || place >= end) break
  }
  if (place !== -1 && place < end) end = place
  if (end >= text.length) return undefined
  const last = text.charCodeAt(end - 1)
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? end - 1 : end)
}
