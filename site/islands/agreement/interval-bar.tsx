interface Props {
  value: number | null
  low: number | null
  high: number | null
  /** what the bar's ends stand for */
  from: number
  to: number
  /** drawn across the bar: `line` dashed, `limit` solid */
  marks?: readonly { at: number; kind: 'line' | 'limit' }[]
}

const width = 160
const height = 18

/** A figure and its interval as a picture beside the numbers; hidden from those who hear the page, who get the numbers. */
export function IntervalBar({ value, low, high, from, to, marks = [] }: Props) {
  const place = (at: number) =>
    Math.round(((Math.min(to, Math.max(from, at)) - from) / (to - from)) * (width - 8) * 10) / 10 + 4
  const middle = height / 2
  return (
    <svg class="interval-bar" viewBox={`0 0 ${width} ${height}`} width={width} height={height} aria-hidden="true">
      <line class="base" x1={4} x2={width - 4} y1={middle} y2={middle} />
      {from < 0 && <line class="zero" x1={place(0)} x2={place(0)} y1={2} y2={height - 2} />}
      {marks.map(({ at, kind }) => (
        <line key={kind} class={kind} x1={place(at)} x2={place(at)} y1={1} y2={height - 1} />
      ))}
      {low !== null && high !== null && <line class="span" x1={place(low)} x2={place(high)} y1={middle} y2={middle} />}
      {value !== null && <circle class="dot" cx={place(value)} cy={middle} r={4} />}
    </svg>
  )
}
