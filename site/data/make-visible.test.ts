import { expect, test } from 'vitest'
import { makeVisible } from './make-visible.ts'

test.each([
  ['plain text, tab\tand\nbreak', 'plain text, tab\tand\nbreak'],
  ['\u001b[31mred', '⟨U+001B⟩[31mred'],
  ['a\u0000b', 'a⟨U+0000⟩b'],
  ['\u202egnp.exe', '⟨U+202E⟩gnp.exe'],
  ['zero\u200bwidth\ufeff', 'zero⟨U+200B⟩width⟨U+FEFF⟩'],
  ['tag\u{e0041}', 'tag⟨U+E0041⟩'],
  ['filler\u3164', 'filler⟨U+3164⟩'],
  ['lone \ud800 surrogate', 'lone ⟨U+D800⟩ surrogate'],
  ['line\u2028separator', 'line⟨U+2028⟩separator'],
  ['old\rreturn and new\r\nbreak', 'old⟨U+000D⟩return and new\nbreak'],
  ['مرحبا שלום', 'مرحبا שלום'],
])('%j is shown as %j', (text, shown) => {
  expect(makeVisible(text)).toBe(shown)
})

test('a joiner inside an emoji stays, one between letters is named', () => {
  expect(makeVisible('👩\u200d🚀 ❤\ufe0f\u200d🔥 👩🏽\u200d🚀')).toBe('👩\u200d🚀 ❤\ufe0f\u200d🔥 👩🏽\u200d🚀')
  expect(makeVisible('a\u200db')).toBe('a⟨U+200D⟩b')
})

test('what is shown needs no second pass', () => {
  const once = makeVisible('\u202e\u0007\u{e0001}')
  expect(makeVisible(once)).toBe(once)
})
