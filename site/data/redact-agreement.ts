import type { FieldComparison } from 'registry'
import type { AgreementFigures } from './agreement-data.ts'
import { noPlace } from './no-place.ts'
import { samplingNames } from './redact-run.ts'

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
      model: { slug: run.model.slug, name: noPlace(run.model.name) },
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

const settings = new Set(['temperature', 'max_tokens', ...samplingNames])

/**
 * `engine arguments: max_model_len 4096 (run-1); …` → `engine arguments: not the same for all`. A setting that an imported
 * run named itself stays unnamed.
 */
function nameKinds(lines: readonly string[]): string[] {
  const kinds = lines.map((line) => {
    const [kind = '', said = ''] = line.split(': ')
    const setting = /^sampling ([^]*)$/.exec(kind)?.[1]
    const named = setting === undefined || settings.has(setting) ? kind : 'sampling'
    return `${named}: ${said.startsWith('absent (') ? 'not recorded for all' : 'not the same for all'}`
  })
  return [...new Set(kinds)]
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
