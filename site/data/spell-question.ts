import type { Question } from './page-data.ts'

/**
 * What a model is asked as one text: the prompt as a run's meta records it, then each criterion under its name, so that
 * a rubric of the catalog and what a run recorded of one can be set against each other.
 */
export function spellQuestion({ prompt, criteria }: Pick<Question, 'prompt' | 'criteria'>): string {
  const [only, ...more] = prompt
  return [
    more.length === 0 ? (only?.text ?? '') : prompt.map(({ name, text }) => `[${name}]\n${text}`).join('\n'),
    ...Object.entries(criteria).map(([name, text]) => `[criterion ${name}]\n${text.trimEnd()}`),
  ].join('\n\n')
}
