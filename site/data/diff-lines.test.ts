import { expect, test } from 'vitest'
import { diffLines, nearChanges } from './diff-lines.ts'

const spell = (before: string, after: string) =>
  diffLines(before, after)?.map(({ kind, text }) => ({ same: ' ', removed: '-', added: '+' })[kind] + text)

test('what is left, gone and new, in reading order', () => {
  expect(spell('a\nb\nc\nd', 'a\nx\nc\nd\ne')).toEqual([' a', '-b', '+x', ' c', ' d', '+e'])
  expect(spell('a', 'a')).toEqual([' a'])
  expect(spell('a', 'b')).toEqual(['-a', '+b'])
})

test('both texts can be read out of it', () => {
  const before = Array.from({ length: 60 }, (_, line) => `line ${(line * 7) % 13}`)
  const after = before
    .filter((_, line) => line % 4 !== 0)
    .flatMap((text, line) => (line % 9 === 0 ? [text, 'new'] : [text]))
  const lines = diffLines(before.join('\n'), after.join('\n')) ?? []
  const read = (left: string) => lines.filter(({ kind }) => kind !== left).map(({ text }) => text)
  expect(read('added')).toEqual(before)
  expect(read('removed')).toEqual(after)
})

test('texts too long to be read line by line are told by none', () => {
  const long = 'x\n'.repeat(2000)
  expect(diffLines(long, `${long}y`)).toBeUndefined()
})

test('only lines near a change are told, each stretch left out once', () => {
  const lines = diffLines('a\nb\nc\nd\ne\nf\ng\nh', 'a\nb\nc\nd\nE\nf\ng\nh') ?? []
  expect(nearChanges(lines, 1).map((line) => line?.text)).toEqual([undefined, 'd', 'e', 'E', 'f', undefined])
  expect(nearChanges(diffLines('a', 'a') ?? [])).toEqual([undefined])
})
