import fc from 'fast-check'
import { expect, test } from 'vitest'
import { drawChart, type Spot } from './draw-chart.ts'
import type { Standing } from './describe-standings.ts'

const run = (model: string, reqPerSec: number | undefined, value: number | undefined): Standing => ({
  runId: model,
  page: model,
  model,
  ...(reqPerSec === undefined ? {} : { reqPerSec }),
  ...(value === undefined ? {} : { quality: { value } }),
  sameSetup: true,
  onFront: true,
})

/** Where a label stands on a phone, by its letters' usual width. */
function boxOf({ x, y, dx, dy, anchor, label }: Spot) {
  const width = label.length * 6.6
  const from = x * 2.7 + dx - (anchor === 'end' ? width : 0)
  return { left: from, right: from + width, top: y + dy - 11, bottom: y + dy + 3 }
}

test('eight models close together have labels that don’t overlap, and none leaves the chart', () => {
  const runs = Array.from({ length: 8 }, (_, place) => run(`Some Model ${place}B`, 3 + place / 20, 0.8 + place / 200))
  const chart = drawChart({ runs })
  const boxes = chart?.spots.map(boxOf) ?? []
  for (const [place, a] of boxes.entries()) {
    expect(a.left).toBeGreaterThan(-10)
    expect(a.right).toBeLessThan(285)
    for (const b of boxes.slice(place + 1))
      expect(a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom).toBe(false)
  }
})

test('speeds start at 0 where they are near each other, else they are logarithmic', () => {
  const near = drawChart({ runs: [run('a', 2, 0.5), run('b', 4, 0.9)] })
  expect(near?.isLog).toBe(false)
  expect(near?.across[0]).toEqual({ at: 0, label: '0' })
  const far = drawChart({ runs: [run('a', 0.3, 0.5), run('b', 40, 0.9)] })
  expect(far?.isLog).toBe(true)
  expect(far?.across.map(({ label }) => label)).toEqual(['0.2', '0.5', '1', '2', '5', '10', '20', '50'])
})

test('what has no speed or no quality is named, not drawn at 0', () => {
  const chart = drawChart({ runs: [run('a', 2, 0.5), run('slow', undefined, 0.9), run('mute', 3, undefined)] })
  expect(chart?.spots.map(({ page }) => page)).toEqual(['a'])
  expect(chart?.absent).toEqual(['slow', 'mute'])
  expect(drawChart({ runs: [run('slow', undefined, 0.9)] })).toBeUndefined()
})

test('faster is farther right, better is higher, and all stands within the chart, whatever the figures', () => {
  const standing = fc.tuple(
    fc.double({ min: 0.001, max: 1e5, noNaN: true }),
    fc.double({ min: 0, max: 1, noNaN: true }),
  )
  fc.assert(
    fc.property(fc.array(standing, { minLength: 1, maxLength: 8 }), (figures) => {
      const chart = drawChart({ runs: figures.map(([speed, value], place) => run(`m${place}`, speed, value)) })
      expect(chart?.across.length).toBeLessThan(12)
      for (const { at } of [...(chart?.across ?? []), ...(chart?.down ?? [])]) expect(at).toBeGreaterThanOrEqual(0)
      const spots = chart?.spots ?? []
      for (const [place, { x, y }] of spots.entries()) {
        expect(x >= 0 && x <= 100 && y >= 0 && y <= (chart?.height ?? 0)).toBe(true)
        for (const [other, { x: otherX, y: otherY }] of spots.entries()) {
          const [a, b] = [figures[place], figures[other]]
          if (!a || !b) continue
          if (a[0] > b[0]) expect(x).toBeGreaterThanOrEqual(otherX)
          if (a[1] > b[1]) expect(y).toBeLessThanOrEqual(otherY)
        }
      }
    }),
  )
})
