import { wilson95 } from '../agreement/significance.ts'
import type { Accuracy, LabelFigures } from '../formats/comparison.ts'
import type { Label } from '../formats/label.ts'
import { scaleOf } from '../columns/run-columns.ts'
import { verdictStatuses } from '../verdicts/read-verdict.ts'
import { agreeTwo } from './agree-pair.ts'
import { codeField, valueOf, type ComparedField, type FieldCodes } from './field-codes.ts'

const okStatus = verdictStatuses.indexOf('ok')

/** What raters say on one field, by position. */
export interface Reference {
  raters: string[]
  /** the value of most raters; none where they are split */
  values: Map<number, Label['value']>
  /** positions labelled only because runs disagreed there */
  byDisagreement: Set<number>
  split: number
  otherPrompt: number
  ceiling: LabelFigures['ceiling']
}

/**
 * Gathers a field's labels into one reference an item. Labels of another prompt are counted and not used. Several raters:
 * the value of more than half of them, else no reference. An item anyone labelled at random or as one of all counts so.
 */
export function gatherLabels(
  name: string,
  field: ComparedField,
  labels: readonly Label[],
  positions: ReadonlyMap<string, number>,
  promptSha256: string | undefined,
): Reference | undefined {
  const ofField = labels.filter((label) => label.field === name && positions.has(label.custom_id))
  const own = ofField.filter((label) => label.prompt_sha256 === promptSha256)
  if (ofField.length === 0) return undefined
  const items = new Map<number, Map<string, Label>>()
  for (const label of own) {
    const position = positions.get(label.custom_id) as number
    const item = items.get(position) ?? new Map<string, Label>()
    // a rater's later word replaces an earlier one
    const earlier = item.get(label.rater)
    if (!earlier || earlier.date <= label.date) item.set(label.rater, label)
    items.set(position, item)
  }
  const values = new Map<number, Label['value']>()
  const byDisagreement = new Set<number>()
  let split = 0
  for (const [position, item] of items) {
    const said = [...item.values()]
    const value = said
      .map((label) => label.value)
      .find((one) => 2 * said.filter((other) => other.value === one).length > said.length)
    if (value === undefined) split++
    else {
      values.set(position, value)
      if (said.every(({ selection }) => selection === 'disagreement')) byDisagreement.add(position)
    }
  }
  const raters = [...new Set(own.map(({ rater }) => rater))].sort()
  return {
    raters,
    values,
    byDisagreement,
    split,
    otherPrompt: ofField.length - own.length,
    ceiling: raters.flatMap((a, place) => raters.slice(place + 1).flatMap((b) => agreeRaters(field, items, [a, b]))),
  }
}

/** Two raters on the items that both labelled. */
function agreeRaters(
  field: ComparedField,
  items: ReadonlyMap<number, ReadonlyMap<string, Label>>,
  raters: [string, string],
): LabelFigures['ceiling'] {
  const both = [...items.values()].filter((item) => raters.every((rater) => item.has(rater)))
  if (both.length === 0) return []
  const scale = scaleOf(field)
  const columns = raters.map((rater) => {
    const said = both.map((item) => item.get(rater)?.value)
    return {
      statuses: new Uint8Array(both.length).fill(okStatus),
      codes: Int32Array.from(said, (value) => scale.indexOf(String(value))),
      ...(field.type === 'number' ? { numbers: Float64Array.from(said, Number) } : {}),
    }
  })
  return [{ raters, agreement: agreeTwo(codeField(field, columns, new Map()), 'usable') }]
}

/** Right out of the positions given; what has no code is wrong. */
export function accuracyOf(
  { reference, isEqual }: Pick<FieldCodes, 'reference' | 'isEqual'>,
  codes: Int32Array,
  positions: readonly number[],
): Accuracy {
  let correct = 0
  for (const position of positions) if (isCorrect({ reference, isEqual }, codes, position)) correct++
  const interval = wilson95(correct, positions.length)
  return {
    labelled: positions.length,
    correct,
    accuracy: positions.length === 0 ? null : correct / positions.length,
    low: interval?.low ?? null,
    high: interval?.high ?? null,
  }
}

export function isCorrect(
  { reference, isEqual }: Pick<FieldCodes, 'reference' | 'isEqual'>,
  codes: Int32Array,
  position: number,
): boolean {
  const [code, right] = [codes[position] as number, reference[position] as number]
  return code >= 0 && right >= 0 && isEqual(code, right)
}

/** The labelled positions: those whose choice says nothing about the answers, and those picked by disagreement. */
export function labelledPositions({ values, byDisagreement }: Reference): { fair: number[]; picked: number[] } {
  const all = [...values.keys()].sort((a, b) => a - b)
  return {
    fair: all.filter((position) => !byDisagreement.has(position)),
    picked: all.filter((position) => byDisagreement.has(position)),
  }
}

/** Every run against the reference. */
export function compareWithLabels(codes: FieldCodes, runIds: readonly string[], reference: Reference): LabelFigures {
  const { fair, picked } = labelledPositions(reference)
  return {
    raters: reference.raters,
    labelled: fair.length,
    by_disagreement: picked.length,
    ...commonest(codes, fair),
    split: reference.split,
    other_prompt: reference.otherPrompt,
    runs: runIds.map((runId, run) => ({
      run_id: runId,
      usable: accuracyOf(codes, codes.codes.usable[run] as Int32Array, fair),
      with_repaired: accuracyOf(codes, codes.codes.with_repaired[run] as Int32Array, fair),
      by_disagreement: {
        labelled: picked.length,
        correct: accuracyOf(codes, codes.codes.usable[run] as Int32Array, picked).correct,
      },
    })),
    ceiling: reference.ceiling,
  }
}

function commonest(codes: FieldCodes, fair: readonly number[]): Pick<LabelFigures, 'commonest'> {
  if (codes.numbers) return {}
  const times = new Float64Array(codes.size)
  for (const position of fair)
    times[codes.reference[position] as number] = (times[codes.reference[position] as number] ?? 0) + 1
  const most = Math.max(...times)
  return most > 0 ? { commonest: { value: valueOf(codes, times.indexOf(most)), count: most } } : {}
}
