import { makeVisible } from './make-visible.ts'
import type { Standings } from './describe-standings.ts'

/** Where everything of a chart stands: across in percent of its width, so that it fits any; down in pixels. */
export interface Chart {
  height: number
  across: { at: number; label: string }[]
  down: { at: number; label: string }[]
  /** whether a step across multiplies */
  isLog: boolean
  spots: Spot[]
  /** between neighbours that nothing beats */
  front: { x1: number; y1: number; x2: number; y2: number }[]
  /** what always saying the commonest label would get right; its words stand at an end of its line */
  baseline?: { at: number; text: string; dy: number; anchor: 'start' | 'end' }
  /** models that have no place: no speed or no quality */
  absent: string[]
}

export interface Spot {
  page: string
  x: number
  y: number
  /** ends of its interval */
  low?: number
  high?: number
  /** whether its speed may be compared with the others' */
  sameSetup: boolean
  label: string
  /** from the spot to the label's anchor, in pixels */
  dx: number
  dy: number
  anchor: 'start' | 'end'
}

const tall = 200
/** where all are equally good, as two without labels always are */
const flat = 90
/** a phone's: what fits there fits anywhere, as spots only move apart */
const narrowest = 270
const letter = 6.6
const lineHeight = 15
const longest = 24

/** A chart of speed against quality, by hand: percent and pixels, text that never shrinks, no style attribute. Pure. */
export function drawChart({ runs, commonest }: Pick<Standings, 'runs' | 'commonest'>): Chart | undefined {
  const points = runs.flatMap((run) => {
    const { reqPerSec: speed, quality } = run
    return speed === undefined || speed <= 0 || quality === undefined ? [] : [{ run, speed, quality }]
  })
  if (points.length === 0) return undefined
  const speeds = scaleSpeeds(points.map(({ speed }) => speed))
  const height = !commonest && points.every(({ quality }) => quality.value === points[0]?.quality.value) ? flat : tall
  const qualities = scaleQualities(height, [
    ...points.flatMap(({ quality: { value, low, high } }) => [value, low ?? value, high ?? value]),
    ...(commonest ? [commonest.share] : []),
  ])
  const drawn = points.map(({ run, speed, quality: { value, low, high } }) => ({
    run,
    x: speeds.place(speed),
    y: qualities.place(value),
    ...(low === undefined || high === undefined ? {} : { low: qualities.place(low), high: qualities.place(high) }),
  }))
  const { labels, taken } = placeLabels(
    drawn.map(({ run, x, y, low = y, high = y }) => {
      return { x: (x / 100) * narrowest, y, low, high, text: shorten(run.model) }
    }),
    height,
  )
  const front = drawn.filter(({ run }) => run.onFront).sort((a, b) => a.x - b.x)
  return {
    height,
    across: speeds.ticks,
    down: qualities.ticks,
    isLog: speeds.isLog,
    spots: drawn.map(({ run, ...place }, index) =>
      Object.assign(place, {
        page: run.page,
        sameSetup: run.sameSetup,
        ...(labels[index] ?? { label: shorten(run.model), dx: 9, dy: 4, anchor: 'start' as const }),
      }),
    ),
    front: front
      .slice(1)
      .map(({ x, y }, place) => ({ x1: front[place]?.x ?? x, y1: front[place]?.y ?? y, x2: x, y2: y })),
    ...(commonest ? { baseline: drawBaseline(qualities.place(commonest.share), commonest.value, taken) } : {}),
    absent: runs.filter((run) => !points.some((point) => point.run === run)).map(({ model }) => model),
  }
}

/** From 0, or logarithmic where the fastest is four times as fast as the slowest. */
function scaleSpeeds(speeds: readonly number[]): {
  isLog: boolean
  place: (speed: number) => number
  ticks: Chart['across']
} {
  const [least, most] = [Math.min(...speeds), Math.max(...speeds)]
  if (most / least < 4) {
    const step = niceStep(most / 4)
    const end = Math.ceil((most * 1.05) / step) * step
    const count = Math.round(end / step)
    const place = (speed: number) => round((100 * speed) / end)
    const ticks = Array.from({ length: count + 1 }, (_, tick) => ({
      at: place(tick * step),
      label: short(tick * step),
    }))
    return { isLog: false, place, ticks }
  }
  const [from, to] = [stepDown(least), stepUp(most)]
  const place = (speed: number) => round((100 * Math.log(speed / from)) / Math.log(to / from))
  const ticks: Chart['across'] = []
  const sparse = to / from > 1000
  for (let value = from; value <= to * 1.001; value = stepUp(value * 1.01))
    if (!sparse || Math.abs(Math.log10(value) % 1) < 1e-9) ticks.push({ at: place(value), label: short(value) })
  return { isLog: true, place, ticks }
}

/** Shares of at least a fifth of the way from 0 to 1, in steps of 5, 10 or 20 percent. */
function scaleQualities(
  height: number,
  values: readonly number[],
): { place: (value: number) => number; ticks: Chart['down'] } {
  let [low, high] = [Math.min(...values), Math.max(...values)]
  if (high - low < 0.2) [low, high] = [(low + high) / 2 - 0.1, (low + high) / 2 + 0.1]
  if (high > 1) [low, high] = [low - (high - 1), 1]
  if (low < 0) [low, high] = [0, high - low]
  const step = high - low > 0.5 ? 20 : high - low > 0.25 || height === flat ? 10 : 5
  const start = Math.max(0, Math.floor((low * 100) / step + 1e-9) * step)
  const end = Math.min(100, Math.ceil((high * 100) / step - 1e-9) * step)
  const place = (value: number) => round(height * (1 - (value * 100 - start) / (end - start)))
  const ticks = Array.from({ length: Math.round((end - start) / step) + 1 }, (_, tick) => {
    const percent = start + tick * step
    return { at: place(percent / 100), label: `${percent} %` }
  })
  return { place, ticks }
}

interface Box {
  left: number
  right: number
  top: number
  bottom: number
}

/** Beside its spot, or as near to it as nothing else is. */
function placeLabels(
  spots: readonly { x: number; y: number; low: number; high: number; text: string }[],
  height: number,
) {
  const taken: Box[] = spots.map(({ x, y }) => ({ left: x - 6, right: x + 6, top: y - 6, bottom: y + 6 }))
  const whiskers: Box[] = spots.map(({ x, low, high }) => ({ left: x - 2, right: x + 2, top: high, bottom: low }))
  const labels = spots.map(({ x, y, text }, own) => {
    const width = text.length * letter
    const places = [0, -1, 1, -2, 2, -3, 3, -4, 4, -5, 5].flatMap((line) =>
      (['start', 'end'] as const).map((anchor) => {
        const dx = (anchor === 'start' ? 1 : -1) * 9
        const middle = y + line * lineHeight
        const box: Box = {
          left: x + dx - (anchor === 'end' ? width : 0),
          right: x + dx + (anchor === 'start' ? width : 0),
          top: middle - lineHeight / 2,
          bottom: middle + lineHeight / 2,
        }
        return { dx, dy: line * lineHeight + 4, anchor, box }
      }),
    )
    const isFree = ({ box }: { box: Box }) =>
      box.left >= -4 &&
      box.right <= narrowest + 10 &&
      box.top >= -8 &&
      box.bottom <= height + 4 &&
      taken.every((other, place) => place === own || !overlap(box, other)) &&
      whiskers.every((other) => !overlap(box, other))
    const chosen = places.find(isFree) ?? places[0]
    if (!chosen) return undefined
    taken.push(chosen.box)
    const { dx, dy, anchor } = chosen
    return { label: text, dx, dy, anchor }
  })
  return { labels, taken: [...taken, ...whiskers] }
}

function drawBaseline(at: number, value: string, taken: readonly Box[]): NonNullable<Chart['baseline']> {
  const text = `always “${shorten(value)}”`
  const width = text.length * letter
  const places = [-5, 14].flatMap((dy) => (['end', 'start'] as const).map((anchor) => ({ dy, anchor })))
  const isFree = ({ dy, anchor }: { dy: number; anchor: 'start' | 'end' }) => {
    const left = anchor === 'end' ? narrowest - width : 0
    const box: Box = { left, right: left + width, top: at + dy - 10, bottom: at + dy + 3 }
    return taken.every((other) => !overlap(box, other))
  }
  return { at, text, ...(places.find(isFree) ?? { dy: -5, anchor: 'end' }) }
}

function overlap(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom
}

function shorten(name: string): string {
  const letters = Array.from(makeVisible(name))
  return letters.length > longest ? `${letters.slice(0, longest - 1).join('')}…` : letters.join('')
}

function niceStep(least: number): number {
  return stepUp(least * 0.8)
}

/** The next of 1, 2, 5, 10, … that isn't less. */
function stepUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value) + 1e-9)
  return ([1, 2, 5, 10].find((digit) => digit * power >= value * 0.999_999) ?? 10) * power
}

function stepDown(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value) + 1e-9)
  return ([5, 2, 1].find((digit) => digit * power <= value * 1.000_001) ?? 1) * power
}

function short(value: number): string {
  return String(Number(value.toPrecision(2)))
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
