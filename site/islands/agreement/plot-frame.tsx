import type { ComponentChildren } from 'preact'
import { placeLabels } from './place-labels.ts'

/** Where things stand in a plot, in the units of its picture. */
export const plotArea = { width: 560, height: 320, left: 78, right: 24, top: 16, bottom: 52 } as const

const inner = {
  x: plotArea.width - plotArea.left - plotArea.right,
  y: plotArea.height - plotArea.top - plotArea.bottom,
}

export interface Axis {
  from: number
  to: number
  ticks: readonly number[]
  spell: (value: number) => string
  title: string
}

export function across({ from, to }: Axis, value: number): number {
  return tenth(plotArea.left + ((value - from) / (to - from)) * inner.x)
}

export function upward({ from, to }: Axis, value: number): number {
  return tenth(plotArea.top + inner.y - ((value - from) / (to - from)) * inner.y)
}

/** Round steps that hold all values, four or five of them. @param bounds `spread`: least the axis spans */
export function fitAxis(
  values: readonly number[],
  bounds: { least?: number; most?: number; spread?: number } = {},
): Pick<Axis, 'from' | 'to' | 'ticks'> {
  let [low, high] = [Math.min(...values), Math.max(...values)]
  const lacking = Math.max(0, (bounds.spread ?? Math.abs(high) * 0.2) - (high - low))
  ;[low, high] = [low - lacking / 2, high + lacking / 2]
  const spread = high - low || 1
  const power = 10 ** Math.floor(Math.log10(spread / 4))
  const step = power * ([1, 2, 5].find((factor) => factor * power * 5 >= spread) ?? 10)
  const from = Math.max(bounds.least ?? -Infinity, Math.floor((low - spread * 0.08) / step) * step)
  const to = Math.min(bounds.most ?? Infinity, Math.ceil((high + spread * 0.08) / step) * step)
  const ticks: number[] = []
  for (let place = Math.ceil(from / step - 1e-9); place * step <= to + step * 1e-9; place++)
    ticks.push(Number((place * step).toPrecision(12)))
  return { from, to, ticks }
}

/** Axes, grid and titles; what a plot says stands in a table beside it too. */
export function PlotFrame({ x, y, label, children }: { x: Axis; y: Axis; label: string; children: ComponentChildren }) {
  const { width, height, left, right, top, bottom } = plotArea
  return (
    <svg class="plot" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
      {y.ticks.map((tick) => (
        <g key={tick}>
          <line class="grid" x1={left} x2={width - right} y1={upward(y, tick)} y2={upward(y, tick)} />
          <text class="tick" x={left - 8} y={upward(y, tick) + 4} text-anchor="end">
            {y.spell(tick)}
          </text>
        </g>
      ))}
      {x.ticks.map((tick) => (
        <text key={tick} class="tick" x={across(x, tick)} y={height - bottom + 18} text-anchor="middle">
          {x.spell(tick)}
        </text>
      ))}
      <line class="axis" x1={left} x2={width - right} y1={height - bottom} y2={height - bottom} />
      <text class="title" x={(left + width - right) / 2} y={height - 8} text-anchor="middle">
        {x.title}
      </text>
      <text class="title" x={-(top + height - bottom) / 2} y={14} text-anchor="middle" transform="rotate(-90)">
        {y.title}
      </text>
      {children}
    </svg>
  )
}

export interface PlotSpot {
  x: number
  y: number
  /** a diamond where it is on the front, else a ring, so that colour isn't needed to tell */
  front: boolean
  label: string
}

export function Spots({ spots }: { spots: readonly PlotSpot[] }) {
  const { width, height, bottom } = plotArea
  const places = placeLabels(spots, { right: width - 4, bottom: height - bottom })
  return (
    <>
      {spots.map(({ x, y, front, label }, spot) => {
        const { dx, dy, anchor } = places[spot] ?? { dx: 9, dy: -5, anchor: 'start' }
        return (
          <g key={label} class={front ? 'spot front' : 'spot'}>
            {front ? (
              <path d={`M${x} ${y - 7}L${x + 7} ${y}L${x} ${y + 7}L${x - 7} ${y}Z`} />
            ) : (
              <circle cx={x} cy={y} r={5} />
            )}
            <text x={x + dx} y={y + dy} text-anchor={anchor}>
              {label}
            </text>
          </g>
        )
      })}
    </>
  )
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10
}
