const hidden = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu
const emojiVariant = '\uFE0F'
const joiner = '\u200D'

/**
 * Text from a model or an engine as a reader may safely see it: characters that steer a terminal, reorder a line or
 * show nothing at all are named instead of obeyed. Line breaks and tabs stay, and so does what holds an emoji together.
 */
export function makeVisible(text: string): string {
  return text.replaceAll('\r\n', '\n').replaceAll(hidden, (character, offset: number, whole: string) => {
    if (character === '\n' || character === '\t' || character === emojiVariant) return character
    if (character === joiner && joinsPictures(whole, offset)) return character
    return `⟨U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}⟩`
  })
}

function joinsPictures(text: string, offset: number): boolean {
  return (
    /\p{Extended_Pictographic}(?:\u{FE0F}|\p{Emoji_Modifier})?$/u.test(text.slice(Math.max(0, offset - 4), offset)) &&
    /^\p{Extended_Pictographic}/u.test(text.slice(offset + 1, offset + 3))
  )
}
