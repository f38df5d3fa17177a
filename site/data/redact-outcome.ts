import { verdictStatuses } from 'registry'
import type { FieldOutcome, RunOutcome } from './describe-outcome.ts'
import type { Histogram } from './make-histogram.ts'

/**
 * What the public build may say of what came out: counts, with the words of the catalog's rubric. The numbers that
 * answers hold stay inside where the items are persons: their smallest and largest are some person's own, and a count by
 * value over few of them says what was judged of one. Pure.
 */
export function redactOutcome(outcome: RunOutcome, personal: boolean): RunOutcome {
  const { rows, promptTokensSum, outputTokensSum } = outcome
  return {
    rows,
    promptTokens: redactHistogram(outcome.promptTokens),
    outputTokens: redactHistogram(outcome.outputTokens),
    ...(promptTokensSum === undefined ? {} : { promptTokensSum }),
    ...(outputTokensSum === undefined ? {} : { outputTokensSum }),
    fields: outcome.fields.map((field) => redactField(field, personal)),
  }
}

function redactField(field: FieldOutcome, personal: boolean): FieldOutcome {
  const { name, title, type, primary, usable, repaired, numbers } = field
  return {
    name,
    title,
    type,
    primary,
    usable,
    repaired,
    values: personal
      ? []
      : field.values.map((found) => ({ value: found.value, usable: found.usable, repaired: found.repaired })),
    ...(numbers && !personal ? { numbers: redactHistogram(numbers) } : {}),
    unusable: field.unusable
      .filter(({ status }) => (verdictStatuses as readonly string[]).includes(status))
      .map(({ status, count }) => ({ status, count })),
  }
}

function redactHistogram({ from, width, counts, counted, spread }: Histogram): Histogram {
  return {
    from,
    width,
    counts: [...counts],
    counted,
    ...(spread ? { spread: { smallest: spread.smallest, median: spread.median, largest: spread.largest } } : {}),
  }
}
