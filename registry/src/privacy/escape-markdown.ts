/**
 * Anyone's text (a model's, an engine's, a file's name) as it may stand in Markdown that a forge renders: one line of text
 * and nothing else. On GitHub and Gitea no markup, HTML, comment, table cell, formula, link, mention, issue reference or
 * emoji name comes out of it. What could mean something becomes an entity, which CommonMark never reads as structure
 * (0.31.2, section 2.5); a backslash would not do, since Gitea reads `\(` as a formula. What a forge looks for in the
 * rendered text (`@name`, `#1`, `https:`) is broken by a zero-width space. Not for code spans, which decode no entities.
 */
export function escapeMarkdown(text: string): string {
  return (
    text
      .toWellFormed()
      // line breaks, and characters nobody sees or that turn the text round
      .replaceAll(/[\p{Cc}\p{Cf}\p{Z}]+/gu, ' ')
      .trim()
      .replaceAll(/[@#]|!(?=\d)|:(?=[\w+/-])|www(?=\.)|GH-(?=\d)/giu, '$&\u200B')
      .replaceAll(/[&<>\\`*[\](){}|~$^]|(?<![\p{L}\d])_|_(?![\p{L}\d])/gu, toEntity)
      // what makes a list or a rule where a line starts
      .replace(/^[-+=#]|(?<=^\d+)\.(?= |$)/, toEntity)
      .replaceAll('\u200B', toEntity)
  )
}

function toEntity(character: string): string {
  return `&#${character.codePointAt(0)};`
}
