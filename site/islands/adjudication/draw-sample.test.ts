import fc from 'fast-check'
import { expect, test } from 'vitest'
import { drawSample } from './draw-sample.ts'

test('different positions below the count, as many as asked or as there are', () => {
  fc.assert(
    fc.property(fc.nat(300), fc.nat(400), fc.nat(), (count, size, seed) => {
      const drawn = drawSample(count, size, seed)
      expect(drawn).toHaveLength(Math.min(size, count))
      expect(new Set(drawn).size).toBe(drawn.length)
      for (const position of drawn) {
        expect(position).toBeGreaterThanOrEqual(0)
        expect(position).toBeLessThan(count)
      }
    }),
  )
})

test('a seed always draws the same, and a longer sample goes on where a shorter one stops', () => {
  expect(drawSample(250_000, 100, 7)).toEqual(drawSample(250_000, 100, 7))
  expect(drawSample(250_000, 100, 7).slice(0, 12)).toEqual(drawSample(250_000, 12, 7))
  expect(drawSample(250_000, 100, 7)).not.toEqual(drawSample(250_000, 100, 8))
})

test('every position is as likely in every place (chi-squared, 9 degrees of freedom, 99.99 %)', () => {
  const draws = 5_000
  const seen = [0, 1, 2].map(() => Array.from({ length: 10 }, () => 0))
  for (let seed = 0; seed < draws; seed++)
    for (const [place, position] of drawSample(10, 3, seed).entries()) {
      const times = seen[place] as number[]
      times[position] = (times[position] ?? 0) + 1
    }
  for (const times of seen) {
    const expected = draws / 10
    const distance = times.reduce((sum, observed) => sum + (observed - expected) ** 2 / expected, 0)
    expect(distance).toBeLessThan(33.72)
  }
})
