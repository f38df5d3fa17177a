import { promptSha256 } from 'registry/node'
import type { Rubric } from 'registry'
import { describeFields } from './describe-fields.ts'
import type { RunSet } from './group-runs.ts'
import type { Question } from './page-data.ts'

/**
 * What a set of runs was asked. The catalog's rubric is shown while it still is what the models saw; after an edit
 * of its prompt part the runs' own record of it counts.
 */
export function describeQuestion(set: RunSet): Question {
  const { promptSha256: digest } = set
  return { ...(digest === undefined ? {} : { promptSha256: digest }), ...describeAsked(set) }
}

function describeAsked(set: RunSet): Question {
  const recorded = set.runs[0]?.meta.dataset
  const { rubric } = set
  if (rubric && (set.promptSha256 === undefined || promptSha256(rubric.entry) === set.promptSha256))
    return describeRubric(rubric.id, rubric.entry)
  const named = recorded?.rubric
  return {
    ...(named === undefined ? {} : { rubric: named }),
    title: rubric?.entry.title ?? named ?? 'no rubric recorded',
    criteria: recorded?.criteria ?? {},
    prompt: recorded?.prompt_template === undefined ? [] : [{ name: 'template', text: recorded.prompt_template }],
    fields: rubric ? describeFields(rubric.entry) : [],
    note: rubric
      ? `the prompt of registry/rubrics/${rubric.id}.yaml was edited since; this is what the runs recorded`
      : named === undefined
        ? 'these runs name no rubric; this is what they recorded'
        : `registry/rubrics/${named}.yaml is not in the catalog; this is what the runs recorded`,
  }
}

/** A rubric of the catalog as a page shows it. */
export function describeRubric(id: string, rubric: Rubric): Question {
  return {
    rubric: id,
    title: rubric.title,
    ...(rubric.description === undefined ? {} : { description: rubric.description }),
    criteria: rubric.criteria,
    prompt: Object.entries(rubric.prompt).flatMap(([name, text]) => (text === undefined ? [] : [{ name, text }])),
    fields: describeFields(rubric),
  }
}
