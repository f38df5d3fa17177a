import { describe, expect, test } from 'vitest'
import { binEdge, makeHistogram } from './make-histogram.ts'

describe('makeHistogram', () => {
  test('every value is in the bin its edges name, and no bin is too many', () => {
    for (const [scale, shift] of [
      [1, 0],
      [17, 3],
      [400, -1000],
      [0.013, 0],
      [2600, 12],
    ] as const) {
      const values = Array.from({ length: 500 }, (_, place) => ((place * 7919) % 501) * scale + shift)
      const histogram = makeHistogram(values)
      expect(histogram.counts.length).toBeLessThanOrEqual(30)
      expect(histogram.counts.length).toBeGreaterThan(10)
      expect(histogram.counts.reduce((sum, count) => sum + count, 0)).toBe(500)
      for (const [bin, count] of histogram.counts.entries()) {
        const [low, high] = [binEdge(histogram, bin), binEdge(histogram, bin + 1)]
        const within = values.filter((value) => value >= low - 1e-9 && value < high - 1e-9)
        expect([bin, within.length]).toEqual([bin, count])
      }
    }
  })

  test('whole numbers get whole bins; one value is one bin; none are none', () => {
    expect(makeHistogram([3, 4, 4, 6], 1)).toEqual({
      from: 3,
      width: 1,
      counts: [1, 2, 0, 1],
      counted: 4,
      spread: { smallest: 3, median: 4, largest: 6 },
    })
    expect(makeHistogram([42], 1)).toMatchObject({ from: 42, width: 1, counts: [1] })
    expect(makeHistogram([Number.NaN])).toEqual({ from: 0, width: 1, counts: [], counted: 0 })
    expect(makeHistogram([])).toEqual({ from: 0, width: 1, counts: [], counted: 0 })
    expect(makeHistogram([0.1, 0.2, 0.3]).spread?.median).toBe(0.2)
  })
})
