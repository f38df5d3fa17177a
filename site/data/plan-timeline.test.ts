import { describe, expect, test } from 'vitest'
import { planTimeline } from './plan-timeline.ts'

const at = (minute: number) => new Date(Date.UTC(2026, 10, 24, 9, minute)).toISOString()
const segment = (from: number, to: number, loadMinutes?: number, host?: string) => ({
  started_at: at(from),
  completed_at: at(to),
  ...(loadMinutes === undefined ? {} : { load_seconds: loadMinutes * 60 }),
  ...(host === undefined ? {} : { host }),
})

describe('planTimeline', () => {
  test('loading, asking and a pause fill the width in their order', () => {
    const line = planTimeline([segment(0, 40, 10), segment(50, 100, 5)])
    expect(line?.lanes).toEqual([
      {
        spans: [
          { kind: 'load', segment: 1, left: 0, width: 10, seconds: 600 },
          { kind: 'asking', segment: 1, left: 10, width: 30, seconds: 1800 },
          { kind: 'load', segment: 2, left: 50, width: 5, seconds: 300 },
          { kind: 'asking', segment: 2, left: 55, width: 45, seconds: 2700 },
        ],
      },
    ])
    expect(line).toMatchObject({ pauses: [{ left: 40, width: 10, seconds: 600 }], shortened: false })
    expect([line?.from, line?.to]).toEqual([at(0), at(100)])
  })

  test('a night between two starts is cut to a fifth of what ran, and said to be', () => {
    const line = planTimeline([segment(0, 50), segment(1050, 1100)])
    expect(line?.shortened).toBe(true)
    expect(line?.pauses).toEqual([
      { left: expect.closeTo(41.667, 2), width: expect.closeTo(16.667, 2), seconds: 60_000 },
    ])
    expect(line?.lanes[0]?.spans[1]?.left).toBeCloseTo(58.333, 2)
  })

  test('shards that overlap stand in lanes, each under its host', () => {
    const line = planTimeline([
      segment(0, 50, 0, 'a'),
      segment(10, 60, 0, 'b'),
      segment(50, 100, 0, 'a'),
      segment(5, 9, 0, 'a'),
    ])
    expect(line?.lanes.map(({ host, spans }) => [host, spans.map((span) => span.segment)])).toEqual([
      ['a', [1, 3]],
      ['a', [4]],
      ['b', [2]],
    ])
    expect(line?.pauses).toEqual([])
  })

  test('a start that answered nothing is its loading; none of any length is no line', () => {
    expect(planTimeline([segment(0, 0, 2)])?.lanes[0]?.spans).toEqual([
      { kind: 'load', segment: 1, left: 0, width: 100, seconds: 120 },
    ])
    expect(planTimeline([segment(3, 3)])).toBeUndefined()
    expect(planTimeline([])).toBeUndefined()
  })
})
