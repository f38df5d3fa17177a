import type { Cascade } from '../formats/comparison.ts'
import { valueOf, type FieldCodes } from './field-codes.ts'
import { accuracyOf } from './label-figures.ts'
import { paretoFront } from './pareto.ts'

export interface CascadeInputs {
  codes: FieldCodes
  /** places of both runs in the selection */
  first: number
  second: number
  /** the second run's tokens by position; all 0 where its engine gave none */
  tokens: Float64Array
  /** time with requests in flight of both runs, where they may be added up */
  seconds?: { first: number; second: number }
  /** positions whose labels are fair to both; none where there are no labels */
  labelled: readonly number[]
}

type Step = Omit<Cascade['steps'][number], 'on_front' | 'at_random'>

/**
 * What if the first run judged all, and the second only the items where the first's verdict is in a set? For ordinal scales
 * every unbroken stretch of the scale is a set, else every value, every value left out, none and all. Unusable verdicts of
 * the first are always sent on. Pure.
 */
export function sumCascade(inputs: CascadeInputs): Pick<Cascade, 'cost' | 'seconds' | 'steps'> {
  const hasTokens = inputs.tokens.some((tokens) => tokens > 0)
  const steps = askSets(inputs.codes).map((ask) => sumStep(inputs, ask, hasTokens))
  const gain = (step: Step): number | null => (step.accuracy ? step.accuracy.accuracy : step.agreement)
  const front = paretoFront(
    steps.map((step) => ({ quality: gain(step), speed: step.share_of_cost === null ? null : 1 - step.share_of_cost })),
  )
  const [nothing, everything] = [steps[0], steps.at(-1)]
  return {
    cost: hasTokens ? 'tokens' : 'items',
    seconds: inputs.seconds !== undefined,
    steps: steps.map((step, place) => {
      const atRandom = nothing && everything ? pickAtRandom(step, nothing, everything, gain) : null
      const own = gain(step)
      const isBetter = own !== null && atRandom !== null && own > atRandom + 1e-12
      return Object.assign(step, { at_random: atRandom, on_front: isBetter && front[place] === true })
    }),
  }
}

/** What to expect had as many items been sent on by chance: on the line from nothing to everything. */
function pickAtRandom(step: Step, nothing: Step, everything: Step, gain: (step: Step) => number | null): number | null {
  const [least, most] = [gain(nothing), gain(everything)]
  if (least === null || most === null || everything.asked === nothing.asked) return least
  return least + ((most - least) * (step.asked - nothing.asked)) / (everything.asked - nothing.asked)
}

function askSets({ field, size }: FieldCodes): number[][] {
  const all = Array.from({ length: size }, (_, code) => code)
  if (field.type === 'number') return []
  const sets: number[][] = [[]]
  if (field.type === 'ordinal') {
    for (let length = 1; length <= size; length++)
      for (let from = 0; from + length <= size; from++) sets.push(all.slice(from, from + length))
    return sets
  }
  for (const code of all) sets.push([code])
  if (size > 2) for (const code of all) sets.push(all.filter((other) => other !== code))
  sets.push(all)
  return sets
}

function sumStep(inputs: CascadeInputs, ask: readonly number[], hasTokens: boolean): Step {
  const { codes, tokens, seconds, labelled } = inputs
  const first = codes.codes.usable[inputs.first] as Int32Array
  const second = codes.codes.usable[inputs.second] as Int32Array
  const asks = new Set(ask)
  const answers = new Int32Array(first.length)
  let asked = 0
  let cost = 0
  let whole = 0
  let equal = 0
  let items = 0
  for (let position = 0; position < first.length; position++) {
    const [a, b] = [first[position] as number, second[position] as number]
    const price = hasTokens ? (tokens[position] as number) : 1
    const isAsked = a < 0 || asks.has(a)
    whole += price
    if (isAsked) {
      asked++
      cost += price
    }
    answers[position] = isAsked ? b : a
    if (b < 0) continue
    items++
    if (isAsked || codes.isEqual(a, b)) equal++
  }
  const share = whole === 0 ? null : cost / whole
  return {
    ask: ask.map((code) => valueOf(codes, code)),
    asked,
    share_of_items: first.length === 0 ? 0 : asked / first.length,
    share_of_cost: share,
    time_of_second: seconds === undefined || share === null ? null : seconds.first / seconds.second + share,
    agreement: items === 0 ? null : equal / items,
    items,
    ...(labelled.length > 0 ? { accuracy: accuracyOf(codes, answers, labelled) } : {}),
  }
}

/** How a step's set reads: `Maybe … Strong Yes`, `all but other`, `nothing`, `everything`. Pure. */
export function describeAsk(ask: readonly string[], scale: readonly string[], type: string): string {
  const [only] = ask
  if (only === undefined) return 'nothing'
  if (ask.length === scale.length) return 'everything'
  if (ask.length === 1) return only
  if (type === 'ordinal') return `${only} … ${ask.at(-1)}`
  const out = scale.filter((value) => !ask.includes(value))
  return out.length === 1 ? `all but ${out[0]}` : ask.join(', ')
}
