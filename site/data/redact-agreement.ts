import type { FieldComparison } from 'registry'
import type { AgreementFigures } from './agreement-data.ts'

/**
 * The aggregates that may go out: counts and figures of runs and of the rubric's own values. Raters are numbered instead of
 * named, and what differs between runs is told by its kind, not by its values. Pure.
 */
export function redactAgreement({
  count,
  warnings,
  incomplete,
  speedProblems,
  runs,
  fields,
}: AgreementFigures): AgreementFigures {
  return {
    count,
    warnings: nameKinds(warnings),
    incomplete: [...incomplete],
    speedProblems: nameKinds(speedProblems),
    runs: runs.map((run) => ({
      run_id: run.run_id,
      name: run.name,
      model: { slug: run.model.slug, name: run.model.name },
      rubric: run.rubric,
      status: run.status,
      started_at: run.started_at,
      speed: { ...run.speed },
    })),
    fields: fields.map(({ comparison, confusion, cascades }) => ({
      comparison: { ...comparison, ...(comparison.labels ? { labels: numberRaters(comparison.labels) } : {}) },
      confusion,
      cascades,
    })),
  }
}

/** `engine arguments: max_model_len 4096 (run-1); …` → `engine arguments: not the same for all` */
function nameKinds(lines: readonly string[]): string[] {
  return [...new Set(lines.map((line) => `${line.split(': ')[0]}: not the same for all`))]
}

type Labels = NonNullable<FieldComparison['labels']>

function numberRaters(labels: Labels): Labels {
  const nameOf = (rater: string) => `rater ${labels.raters.indexOf(rater) + 1}`
  return {
    ...labels,
    raters: labels.raters.map(nameOf),
    ceiling: labels.ceiling.map(({ raters: [a, b], agreement }) => ({ raters: [nameOf(a), nameOf(b)], agreement })),
  }
}
