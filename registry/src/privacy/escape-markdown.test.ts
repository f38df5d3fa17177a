import fc from 'fast-check'
import { expect, test } from 'vitest'
import { escapeMarkdown } from './escape-markdown.ts'

/** What a reader sees: entities decoded, what nobody sees dropped. */
const seen = (markdown: string) =>
  markdown.replaceAll(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code))).replaceAll('\u200B', '')

test.each([
  ['plain words stay: 5 of 12, 3.4 req/s', 'plain words stay: 5 of 12, 3.4 req/s'],
  ['synthetic_candidates_50.jsonl', 'synthetic_candidates_50.jsonl'],
  ['**bold** _it_', '&#42;&#42;bold&#42;&#42; &#95;it&#95;'],
  ['<!-- batchledger:verify -->', '&#60;!-- batchledger:&#8203;verify --&#62;'],
  ['<img src=x>', '&#60;img src=x&#62;'],
  ['&lt;b&gt;', '&#38;lt;b&#38;gt;'],
  ['[a](https://x.y)', '&#91;a&#93;&#40;https:&#8203;//x.y&#41;'],
  ['@octocat, me@x.org', '@&#8203;octocat, me@&#8203;x.org'],
  ['fixes #12, GH-12, a/b#3, !7', 'fixes #&#8203;12, GH-&#8203;12, a/b#&#8203;3, !&#8203;7'],
  ['www.evil.test :tada:', 'www&#8203;.evil.test :&#8203;tada:'],
  ['a | b\n\n- c\r\n# d', 'a &#124; b - c #&#8203; d'],
  ['- item', '&#45; item'],
  ['12. item', '12&#46; item'],
  ['0.28 req/s', '0.28 req/s'],
  ['# head', '&#35;&#8203; head'],
  [
    '$x$ \\(y\\) ``` ~~z~~ [^1]',
    '&#36;x&#36; &#92;&#40;y&#92;&#41; &#96;&#96;&#96; &#126;&#126;z&#126;&#126; &#91;&#94;1&#93;',
  ],
  ['left\u202Eright\u0000\u200B\u2028x', 'left right x'],
])('%j', (text, expected) => {
  expect(escapeMarkdown(text)).toBe(expected)
})

test('whatever comes in stays one line of text that says the same and holds no structure', () => {
  const piece = fc.constantFrom(
    '@a',
    '#1',
    'GH-2',
    '!3',
    '<',
    '>',
    '-->',
    '<!--',
    '`',
    '|',
    '\n',
    '- ',
    '1. ',
    '_',
    'w_w',
    '[x](y)',
    'https://a.b',
    'www.',
    ':x:',
    '&amp;',
    '&#64;',
    '\\',
    '\u202E',
    '\uD800',
  )
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(piece).map((pieces) => pieces.join('')),
  )
  fc.assert(
    fc.property(text, (given) => {
      const markdown = escapeMarkdown(given)
      expect(markdown).not.toMatch(/[<>\\`*[\](){}|~$^\n\r]/)
      expect(markdown).not.toMatch(/&(?!#\d+;)/)
      expect(markdown).not.toMatch(/^([-+=#]|\d+\.( |$))/)
      expect(markdown).not.toMatch(/@(?!&#8203;)|(?<!&)#(?!&#8203;)|:\/|www\.|GH-\d|![0-9]/i)
      expect(seen(markdown)).toBe(
        given
          .toWellFormed()
          .replaceAll(/[\p{Cc}\p{Cf}\p{Z}]+/gu, ' ')
          .trim(),
      )
    }),
    { numRuns: 2000 },
  )
})
