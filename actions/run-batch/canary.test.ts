import fc from 'fast-check'
import { expect, test } from 'vitest'
import { putCanaryFirst } from './canary.ts'

const idsOf = (count: number) => Array.from({ length: count }, (_, place) => `row-${place + 1}`)

test('the canary is the shortest, the median and the longest row, then one in twenty in prefix order', () => {
  const sizes = Uint32Array.from({ length: 400 }, (_, place) => 1000 - place)
  const order = Uint32Array.from({ length: 400 }, (_, place) => (place * 7) % 400)
  const { order: reordered, canary } = putCanaryFirst(order, sizes, idsOf(400))
  expect([...reordered.subarray(0, 3)]).toEqual([399, 200, 0])
  expect(canary).toBeGreaterThanOrEqual(20)
  expect(canary).toBeLessThanOrEqual(23)
  const places = [...reordered.subarray(3, canary)].map((position) => order.indexOf(position))
  expect(places).toEqual(places.toSorted((a, b) => a - b))
})

test('rows that share a prefix with the canary follow it, each group whole and in its order', () => {
  const sizes = new Uint32Array(400).fill(10)
  const order = Uint32Array.from({ length: 400 }, (_, place) => place)
  const groups = order.map((position) => Math.floor(position / 10))
  const { order: reordered, canary } = putCanaryFirst(order, sizes, idsOf(400), groups)
  const warm = new Set(reordered.subarray(0, canary).map((position) => groups[position] ?? 0))
  const rest = reordered.subarray(canary)
  const cold = rest.findIndex((position) => !warm.has(groups[position] ?? 0))
  expect(cold).toBe(10 * warm.size - canary)
  for (const part of [rest.subarray(0, cold), rest.subarray(cold)]) expect(part).toEqual(part.toSorted())
  expect([...rest.subarray(cold)].some((position) => warm.has(groups[position] ?? 0))).toBe(false)
})

test('each row is asked once, whatever the order; at most 53 are the canary', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(3000), { maxLength: 3000 }), (positions) => {
      const order = Uint32Array.from(positions)
      const sizes = Uint32Array.from({ length: 3001 }, (_, place) => (place * 31) % 97)
      const { order: reordered, canary } = putCanaryFirst(order, sizes, idsOf(3001))
      expect(reordered.toSorted()).toEqual(order.toSorted())
      expect(canary).toBeLessThanOrEqual(Math.min(order.length, 53))
      // what is no canary keeps its order
      const rest = new Set(reordered.subarray(canary))
      expect([...reordered.subarray(canary)]).toEqual(positions.filter((position) => rest.has(position)))
    }),
    { numRuns: 30 },
  )
})
