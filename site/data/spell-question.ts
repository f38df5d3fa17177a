import type { Question } from './page-data.ts'

/** What a model is asked as one text: the prompt's parts, then the criteria, each under its name. */
export function spellQuestion({ prompt, criteria }: Pick<Question, 'prompt' | 'criteria'>): string {
  return [
    ...prompt.map(({ name, text }) => `[${name}]\n${text.trimEnd()}`),
    ...Object.entries(criteria).map(([name, text]) => `[criterion ${name}]\n${text.trimEnd()}`),
  ].join('\n\n')
}
