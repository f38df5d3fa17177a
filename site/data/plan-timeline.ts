import type { RunMeta } from 'registry'

type Segment = RunMeta['execution']['segments'][number]

/** A run's starts drawn over time; places and widths are percent of the whole. */
export interface Timeline {
  /** starts that overlap (shards) stand in lanes of their own */
  lanes: { host: string | undefined; spans: TimelineSpan[] }[]
  /** times in which nothing ran */
  pauses: { left: number; width: number; seconds: number }[]
  /** some pause is drawn shorter than it was */
  shortened: boolean
  from: string
  to: string
}

export interface TimelineSpan {
  /** load: the engine comes up; asking: requests are in flight */
  kind: 'load' | 'asking'
  /** the segment's place in the meta, from 1 */
  segment: number
  left: number
  width: number
  seconds: number
}

/** The longest a pause is drawn, as a share of the time in which something ran. */
const longestPause = 0.2

interface Stretch {
  from: number
  to: number
}

/** Where segments, loading and pauses lie; undefined where no segment has a length. Pure. */
export function planTimeline(segments: readonly Segment[]): Timeline | undefined {
  const starts = segments
    .map((segment, place) => {
      const from = Date.parse(segment.started_at)
      const ready = from + (segment.load_seconds ?? 0) * 1000
      return { segment, number: place + 1, from, ready, to: Math.max(ready, Date.parse(segment.completed_at)) }
    })
    .filter(({ from, to }) => to > from)
    .sort((a, b) => a.from - b.from)
  const stretches = uniteStretches(starts)
  const [first] = stretches
  const last = stretches.at(-1)
  if (!first || !last) return undefined
  const active = stretches.reduce((sum, { from, to }) => sum + to - from, 0)
  const gaps = stretches.slice(1).map(({ from }, place) => from - (stretches[place]?.to ?? from))
  const drawn = gaps.map((gap) => Math.min(gap, longestPause * active))
  const whole = active + drawn.reduce((sum, gap) => sum + gap, 0)
  const offsets = stretches.map(
    (_, place) =>
      stretches.slice(0, place).reduce((sum, { from, to }) => sum + to - from, 0) +
      drawn.slice(0, place).reduce((sum, gap) => sum + gap, 0),
  )
  const placeOf = (moment: number) => {
    const at = stretches.findLastIndex(({ from }) => from <= moment)
    return (100 * ((offsets[at] ?? 0) + moment - (stretches[at]?.from ?? 0))) / whole
  }
  const span = (kind: TimelineSpan['kind'], segment: number, from: number, to: number): TimelineSpan[] =>
    to > from
      ? [{ kind, segment, left: placeOf(from), width: (100 * (to - from)) / whole, seconds: (to - from) / 1000 }]
      : []
  const lanes: { host: string | undefined; until: number; spans: TimelineSpan[] }[] = []
  for (const { segment, number, from, ready, to } of starts) {
    let lane = lanes.find(({ host, until }) => host === segment.host && until <= from)
    if (!lane) lanes.push((lane = { host: segment.host, until: 0, spans: [] }))
    lane.until = to
    lane.spans.push(...span('load', number, from, ready), ...span('asking', number, ready, to))
  }
  return {
    lanes: lanes.map(({ host, spans }) => ({ host, spans })),
    pauses: gaps.map((gap, place) => ({
      left: placeOf(stretches[place]?.to ?? 0),
      width: (100 * (drawn[place] ?? 0)) / whole,
      seconds: gap / 1000,
    })),
    shortened: gaps.some((gap, place) => gap > (drawn[place] ?? 0)),
    from: new Date(first.from).toISOString(),
    to: new Date(last.to).toISOString(),
  }
}

/** @param starts by their beginning */
function uniteStretches(starts: readonly Stretch[]): Stretch[] {
  const stretches: Stretch[] = []
  for (const { from, to } of starts) {
    const last = stretches.at(-1)
    if (last && from <= last.to) last.to = Math.max(last.to, to)
    else stretches.push({ from, to })
  }
  return stretches
}
