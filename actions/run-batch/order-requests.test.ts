import fc from 'fast-check'
import { expect, test } from 'vitest'
import { secondsInFlight } from './describe-run.ts'
import { blocksPerRow, cutShard, groupByPrefix, hashPrefix, orderByPrefix } from './order-requests.ts'

function hashesOf(prompts: readonly string[]): Uint32Array {
  const hashes = new Uint32Array(prompts.length * blocksPerRow)
  for (const [row, prompt] of prompts.entries()) hashPrefix(prompt, hashes, row)
  return hashes
}

const positions = (count: number) => Uint32Array.from({ length: count }, (_, index) => index)

test('prompts that share prefixes and come interleaved stand together, equal ones in their order', () => {
  const shared = ['a', 'b', 'c'].map((letter) => letter.repeat(600))
  const prompts = Array.from({ length: 30 }, (_, index) => `${shared[index % 3]} question`)
  const order = [...orderByPrefix(hashesOf(prompts), positions(30))]
  const groups = order.map((position) => position % 3)
  expect(groups.filter((group, index) => group !== groups[index - 1])).toHaveLength(3)
  for (const group of [0, 1, 2]) {
    const rows = order.filter((position) => position % 3 === group)
    expect(rows).toEqual([...rows].sort((a, b) => a - b))
  }
})

test('a longer shared prefix stands closer than a shorter one', () => {
  const base = 'x'.repeat(512)
  const prompts = [
    `${base}${'y'.repeat(256)}1`,
    'z'.repeat(512),
    `${base}${'w'.repeat(256)}`,
    `${base}${'y'.repeat(256)}2`,
  ]
  const order = [...orderByPrefix(hashesOf(prompts), positions(4))]
  expect(Math.abs(order.indexOf(0) - order.indexOf(3))).toBe(1)
  expect(Math.abs(order.indexOf(0) - order.indexOf(2))).toBeLessThanOrEqual(2)
})

test('a group shares more of its prefix than all rows do; what shares no more stands alone', () => {
  const groupsOf = (prompts: readonly string[]) => {
    const hashes = hashesOf(prompts)
    return [...groupByPrefix(hashes, orderByPrefix(hashes, positions(prompts.length)))]
  }
  const common = 'c'.repeat(512)
  const interleaved = Array.from({ length: 12 }, (_, row) => `${common}${'xyz'[row % 3]?.repeat(300)} row ${row}`)
  const groups = groupsOf(interleaved)
  for (const [row, group] of groups.entries()) expect(group).toBe(groups[row % 3])
  expect(new Set(groups).size).toBe(3)
  // one prefix for all, and no prefix at all
  expect(new Set(groupsOf(Array.from({ length: 5 }, (_, row) => `${common} row ${row}`))).size).toBe(5)
  expect(new Set(groupsOf(['a', 'b', 'c'])).size).toBe(3)
  expect(groupsOf(['alone'])).toHaveLength(1)
})

test('an order is a permutation; shards are contiguous, disjoint and together the whole', () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ maxLength: 40 }), { maxLength: 60 }),
      fc.integer({ min: 1, max: 7 }),
      (prompts, count) => {
        const order = orderByPrefix(hashesOf(prompts), positions(prompts.length))
        expect([...order].sort((a, b) => a - b)).toEqual([...positions(prompts.length)])
        const sizes = Uint32Array.from(prompts, (prompt) => prompt.length + 1)
        const shards = Array.from({ length: count }, (_, index) => [...cutShard(order, sizes, index, count)])
        expect(shards.flat()).toEqual([...order])
        const total = sizes.reduce((sum, size) => sum + size, 0)
        for (const shard of shards) {
          const size = shard.reduce((sum, position) => sum + (sizes[position] ?? 0), 0)
          expect(Math.abs(size - total / count)).toBeLessThanOrEqual(Math.max(0, ...sizes))
        }
      },
    ),
  )
})

test('time in flight: pauses between starts don’t count, starts that overlap count once', () => {
  const at = (second: number) => new Date(second * 1000).toISOString()
  const span = (from: number, to?: number) => ({
    sent_at: at(from),
    ...(to === undefined ? {} : { lastAnswer: to * 1000 }),
  })
  expect(secondsInFlight([span(0, 10), span(100, 110)])).toBe(20)
  expect(secondsInFlight([span(0, 10), span(5, 12), span(6, 7)])).toBe(12)
  expect(secondsInFlight([span(0), span(3, 4)])).toBe(1)
})
