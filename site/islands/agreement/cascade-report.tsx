import { describeAsk, formatCount, formatShare, notMeasured, type Cascade } from 'registry'
import { makeVisible } from '../../data/make-visible.ts'
import { lettersOf, modelOf, type AgreementView } from './agreement-view.ts'
import { across, fitAxis, PlotFrame, Spots, upward, type Axis } from './plot-frame.tsx'
import { ScrollArea } from './scroll-area.tsx'

type Step = Cascade['steps'][number]

/** What if a cheap run judged everything, and the target only where the cheap one says something in a set? */
export function CascadeReport(view: AgreementView) {
  const { set } = view
  return (
    <>
      {set.cascades.map((cascade, place) => (
        <CascadeDetail key={cascade.first} {...view} cascade={cascade} open={place === 0} />
      ))}
      <p class="note-line">
        Chosen and measured on the same items, so the best row looks a little better than it is. Where the first has no
        usable verdict, the second is always asked.
      </p>
    </>
  )
}

function CascadeDetail({ figures, set, cascade, open }: AgreementView & { cascade: Cascade; open: boolean }) {
  const letter = lettersOf(figures)
  const [first, second] = [letter(cascade.first), letter(cascade.second)]
  const runOf = (runId: string) => figures.runs.find(({ run_id: id }) => id === runId)
  const [firstRun, secondRun] = [runOf(cascade.first), runOf(cascade.second)]
  const labelled = cascade.steps.some(({ accuracy }) => accuracy !== undefined)
  const measure = labelled ? 'accuracy' : `agreement with ${second}`
  const told = tellOnce(cascade.steps)
  const scale = (set.comparison.scale ?? []).map(makeVisible)
  const best = told.filter(({ on_front: front }) => front).length
  return (
    <details class="cascade" open={open}>
      <summary>
        <span class="letter">{first}</span> {firstRun && modelOf(firstRun)} judges all,{' '}
        <span class="letter">{second}</span> {secondRun && modelOf(secondRun)} only some:{' '}
        {best === 0 ? 'nothing better than asking at random' : `${best} of ${told.length} ways on the front`}
      </summary>
      <div class="beside">
        <CascadePlot steps={told} second={second} measure={measure} cost={cascade.cost} />
        <ScrollArea label={`${second} asked only where ${first} says …`}>
          <table class="sheet narrow">
            <caption>
              {second} asked only where {first} says …
            </caption>
            <thead>
              <tr>
                <th scope="col" class="number">
                  #
                </th>
                <th scope="col">ask where {first} says</th>
                <th scope="col" class="number">
                  asked
                </th>
                <th scope="col" class="number">
                  {second}’s {cascade.cost}, %
                </th>
                {cascade.seconds && (
                  <th scope="col" class="number">
                    × {second}’s time
                  </th>
                )}
                <th scope="col" class="number">
                  agree with {second}, %
                </th>
                {labelled && (
                  <th scope="col" class="number">
                    accuracy, %
                  </th>
                )}
                <th scope="col" class="number">
                  at random, %
                </th>
                <th scope="col">front</th>
              </tr>
            </thead>
            <tbody>
              {told.map((step, place) => (
                <tr key={step.ask.join(' ')} class={step.on_front ? 'best' : undefined}>
                  <td class="number">{place + 1}</td>
                  <th scope="row">{describeAsk(step.ask.map(makeVisible), scale, set.comparison.type)}</th>
                  <td class="number">{formatCount(step.asked)}</td>
                  <td class="number">{share(step.share_of_cost)}</td>
                  {cascade.seconds && (
                    <td class="number">
                      {step.time_of_second === null ? notMeasured : step.time_of_second.toFixed(2)}
                    </td>
                  )}
                  <td class="number">{share(step.agreement)}</td>
                  {labelled && <td class="number">{share(step.accuracy?.accuracy)}</td>}
                  <td class="number">{share(step.at_random)}</td>
                  <td>{step.on_front ? '◆ yes' : 'no'}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollArea>
      </div>
      <p class="note-line">
        Front: better than asking as many at random, and no other row has more {measure} at the same cost or less. Cost
        is {second}’s own{' '}
        {cascade.cost === 'tokens' ? 'prompt and output tokens' : 'items (its engine counted no tokens)'}
        {cascade.seconds
          ? `; time is ${first}’s whole run plus that share of ${second}’s, over ${second}’s alone.`
          : '; times are left out, the speeds are not comparable.'}
      </p>
    </details>
  )
}

function CascadePlot({
  steps,
  second,
  measure,
  cost,
}: {
  steps: Step[]
  second: string
  measure: string
  cost: string
}) {
  const points = steps.flatMap((step, place) => {
    const value = step.accuracy ? step.accuracy.accuracy : step.agreement
    return value === null || step.share_of_cost === null
      ? []
      : [{ value, cost: step.share_of_cost, front: step.on_front, place }]
  })
  const [nothing, everything] = [points[0], points.at(-1)]
  if (!nothing || !everything) return null
  const percent = (value: number) => `${Number((100 * value).toFixed(1))} %`
  const x: Axis = {
    from: 0,
    to: 1,
    ticks: [0, 0.25, 0.5, 0.75, 1],
    spell: percent,
    title: `${second}’s ${cost}, of asking about everything`,
  }
  const y: Axis = {
    ...fitAxis(
      points.map(({ value }) => value),
      { least: 0, most: 1, spread: 0.1 },
    ),
    spell: percent,
    title: measure,
  }
  const front = points.filter((point) => point.front).sort((a, b) => a.cost - b.cost)
  const at = (point: { cost: number; value: number }) => `${across(x, point.cost)} ${upward(y, point.value)}`
  return (
    <PlotFrame x={x} y={y} label={`${measure} against cost; the table beside it has the numbers`}>
      <path class="random-line" d={`M${at(nothing)}L${at(everything)}`} />
      <text class="legend" x={across(x, 0.5)} y={upward(y, (nothing.value + everything.value) / 2) + 16}>
        at random
      </text>
      {front.length > 1 && <path class="front-line" d={`M${front.map(at).join('L')}`} />}
      <Spots
        spots={points.map(({ cost: own, value, front: isFront, place }) => ({
          x: across(x, own),
          y: upward(y, value),
          front: isFront,
          label: String(place + 1),
        }))}
      />
    </PlotFrame>
  )
}

/** A value that the first never says asks nothing new: of steps with the same figures the first is told, and the last. */
function tellOnce(steps: readonly Step[]): Step[] {
  const keyOf = (step: Step) => JSON.stringify({ ...step, ask: [] })
  const seen = new Set<string>()
  return steps.filter((step, place) => {
    const key = keyOf(step)
    const isNew = !seen.has(key)
    seen.add(key)
    return isNew || place === steps.length - 1
  })
}

function share(value: number | null | undefined): string {
  return value === null || value === undefined ? notMeasured : formatShare(value)
}
