import { expect, test } from 'vitest'
import { modeParts, readMode, readWalk, usualSize, writeWalk, type WalkMode } from './walk-mode.ts'

const read = (query: string) => readMode(new URLSearchParams(query))
const write = (mode: WalkMode | undefined) =>
  modeParts(mode).flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${value}`]))

test.each(['mode=blind&seed=0&n=1', 'mode=blind&seed=4294967295&n=100', 'mode=all', ''])(
  '%s is read and written',
  (query) => {
    expect(write(read(query)).join('&')).toBe(query)
  },
)

test('what is no number falls back, what is no mode is none', () => {
  expect(read('mode=blind')).toEqual({ kind: 'blind', seed: 1, size: usualSize })
  expect(read('mode=blind&seed=-1&n=0')).toEqual({ kind: 'blind', seed: 1, size: 1 })
  expect(read('mode=blind&seed=99999999999&n=1e3')).toEqual({ kind: 'blind', seed: 1, size: usualSize })
  expect(read('mode=constructor')).toBeUndefined()
})

test('a walk is kept with the field it judges', () => {
  const walk = { mode: { kind: 'blind', seed: 7, size: 12 }, field: 'mood & co' } as const
  expect(readWalk(writeWalk(walk))).toEqual(walk)
  expect(readWalk(writeWalk({ mode: { kind: 'all' }, field: undefined }))).toEqual({ mode: { kind: 'all' } })
  expect(readWalk('field=mood')).toBeUndefined()
})
