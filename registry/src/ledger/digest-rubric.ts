import type { Rubric } from '../formats/rubric.ts'
import { canonicalJson, sha256 } from './digest.ts'

/** What the model saw: template, criteria in their order, response schema. It decides whether runs are comparable. */
export function promptSha256(rubric: Pick<Rubric, 'prompt' | 'criteria' | 'response_schema'>): string {
  return sha256(
    canonicalJson({
      prompt: rubric.prompt,
      criteria: Object.entries(rubric.criteria),
      // the order of properties is the order of the answer, so the schema counts as it stands
      response_schema: rubric.response_schema === undefined ? null : JSON.stringify(rubric.response_schema),
    }),
  )
}

/** What we read out of an answer: fields, paths, scales. It may change without a GPU. */
export function extractionSha256(rubric: Pick<Rubric, 'fields' | 'accept'>): string {
  return sha256(canonicalJson({ fields: rubric.fields, accept: rubric.accept }))
}

/**
 * The prompt digest of ready-made requests: nothing was added to what the dataset says, so the dataset's own digest
 * decides comparability.
 */
export const readyMadePromptSha256 = promptSha256({ prompt: { user: '' }, criteria: {} })
