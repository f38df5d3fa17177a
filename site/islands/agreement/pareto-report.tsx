import { drawFront, formatRate, formatShare, notMeasured } from 'registry'
import { makeVisible } from '../../data/make-visible.ts'
import { modelOf, nameRuns, type AgreementView } from './agreement-view.ts'
import { across, fitAxis, PlotFrame, Spots, upward, type Axis } from './plot-frame.tsx'
import { ScrollArea } from './scroll-area.tsx'

/** Quality against speed, and who is beaten in neither. */
export function ParetoReport({ figures, set }: AgreementView) {
  const pareto = drawFront(figures.runs, set.comparison, { speed: figures.speedProblems })
  const quality = pareto.quality === 'accuracy' ? 'accuracy' : 'share of usable verdicts'
  const points = pareto.runs.flatMap(({ quality: value, speed, on_front: front }, place) =>
    value === null || speed === null
      ? []
      : [{ value, speed, front: front === true, name: figures.runs[place]?.name ?? '' }],
  )
  const comparable = pareto.not_comparable.length === 0
  return (
    <>
      {pareto.quality !== 'accuracy' && (
        <p class="note-line">
          There are no labels: the share of usable verdicts is no measure of whether they are right.
        </p>
      )}
      {!comparable && (
        <div class="notice">
          Not comparable: the speeds were measured in different settings, so nobody is marked as unbeaten.
          <ul>
            {pareto.not_comparable.map((reason) => (
              <li key={reason}>{makeVisible(nameRuns(figures, reason))}</li>
            ))}
          </ul>
        </div>
      )}
      <div class="beside">
        {points.length > 0 && <Plot points={points} quality={quality} />}
        <ScrollArea label="Speed and quality">
          <table class="sheet narrow">
            <caption>Speed and quality</caption>
            <thead>
              <tr>
                <th scope="col">run</th>
                <th scope="col" class="number">
                  req/s
                </th>
                <th scope="col" class="number">
                  output tokens/s
                </th>
                <th scope="col" class="number">
                  {quality}, %
                </th>
                <th scope="col">unbeaten</th>
              </tr>
            </thead>
            <tbody>
              {pareto.runs.map(({ run_id: runId, quality: value, speed, on_front: front }, place) => {
                const run = figures.runs[place]
                return (
                  <tr key={runId}>
                    <th scope="row">
                      <span class="letter">{run?.name}</span> {run && modelOf(run)}
                    </th>
                    <td class="number">{formatRate(speed ?? undefined)}</td>
                    <td class="number">{formatRate(run?.speed.output_tokens_per_sec)}</td>
                    <td class="number">{value === null ? 'undefined: no items' : formatShare(value)}</td>
                    <td>
                      {front === null
                        ? comparable
                          ? 'undefined: a figure wasn’t measured'
                          : notMeasured
                        : front
                          ? '◆ yes'
                          : 'no'}
                    </td>
                  </tr>
                )
              })}
            </tbody>
          </table>
        </ScrollArea>
      </div>
    </>
  )
}

interface Point {
  value: number
  speed: number
  front: boolean
  name: string
}

function Plot({ points, quality }: { points: Point[]; quality: string }) {
  const x: Axis = {
    ...fitAxis([0, ...points.map(({ speed }) => speed)], { least: 0 }),
    spell: (value) => String(value),
    title: 'requests per second',
  }
  const y: Axis = {
    ...fitAxis(
      points.map(({ value }) => value),
      { least: 0, most: 1, spread: 0.1 },
    ),
    spell: (value) => `${Number((100 * value).toFixed(1))} %`,
    title: quality,
  }
  const front = points.filter((point) => point.front).sort((a, b) => a.speed - b.speed)
  return (
    <PlotFrame x={x} y={y} label={`Speed against ${quality}; the table beside it has the numbers`}>
      {front.length > 1 && (
        <path
          class="front-line"
          d={`M${front.map(({ speed, value }) => `${across(x, speed)} ${upward(y, value)}`).join('L')}`}
        />
      )}
      <Spots
        spots={points.map(({ name, speed, value, front: isFront }) => ({
          x: across(x, speed),
          y: upward(y, value),
          front: isFront,
          label: name,
        }))}
      />
    </PlotFrame>
  )
}
