import { formatCoefficient, formatCount, formatShare, type Accuracy, type FieldComparison } from 'registry'
import type { Block } from './blocks.ts'
import { interval, type Names } from './tell-figures.ts'

/** A field against its reference labels: accuracy, what labels were left out, what raters agree on. Pure. */
export function tellLabels({ labels }: FieldComparison, names: Names): Block[] {
  if (!labels) return []
  const { raters, labelled, commonest, ceiling, by_disagreement: picked } = labels
  const repaired = labels.runs.some(({ usable, with_repaired: more }) => more.correct !== usable.correct)
  const raterNames = `${raters.length === 1 ? 'rater' : 'raters'} ${raters.join(', ')}`
  return [
    { heading: `Against labels (${formatCount(labelled)} items, ${raterNames})`, level: 2 },
    ...(labelled === 0
      ? [{ line: 'No label that was picked at random or for all items: no accuracy.' }]
      : [
          {
            rows: [
              ['', 'correct', 'accuracy %', ...(repaired ? ['with repaired %'] : [])],
              ...labels.runs.map(({ run_id: runId, usable, with_repaired: more }) => [
                names(runId),
                `${formatCount(usable.correct)} of ${formatCount(usable.labelled)}`,
                spellAccuracy(usable),
                ...(repaired ? [spellAccuracy(more)] : []),
              ]),
            ],
            left: [0],
          },
          { line: 'An unusable verdict counts as wrong.' },
        ]),
    ...(commonest && labelled > 0
      ? [
          {
            line: `Always saying “${commonest.value}” would be right on ${formatCount(commonest.count)} of ${formatCount(labelled)} (${formatShare(commonest.count / labelled)} %).`,
          },
        ]
      : []),
    ...(picked === 0
      ? []
      : [
          {
            line: `Apart, ${formatCount(picked)} items labelled because runs disagreed there (too hard to stand for all): correct ${labels.runs.map(({ run_id: runId, by_disagreement: own }) => `${names(runId)} ${formatCount(own.correct)}`).join(', ')}.`,
          },
        ]),
    ...(labels.split === 0
      ? []
      : [{ line: `${formatCount(labels.split)} items whose raters have no majority are left out.` }]),
    ...(labels.other_prompt === 0
      ? []
      : [{ line: `${formatCount(labels.other_prompt)} labels are of another prompt and left out.` }]),
    ...ceiling.map(({ raters: [a, b], agreement }) => ({
      line: `Ceiling: ${a} and ${b} agree on ${interval(agreement.raw, formatShare)} % of ${formatCount(agreement.paired)} items${agreement.kappa ? `, kappa ${interval(agreement.kappa, formatCoefficient)}` : ''}.`,
    })),
    ...(raters.length > 1
      ? []
      : [{ line: 'One rater only: how far people agree here, and so how good a run can be, is not known.' }]),
  ]
}

function spellAccuracy({ accuracy, low, high }: Accuracy): string {
  return interval({ value: accuracy, low, high }, formatShare)
}
