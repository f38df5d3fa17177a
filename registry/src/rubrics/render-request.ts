import { readPointer } from '../formats/json-pointer.ts'
import type { Rubric } from '../formats/rubric.ts'

export interface ChatMessage {
  role: string
  content: string
}

const placeholder = /\{\{\s*([^{}]*?)\s*\}\}/g

/** Placeholders a template may hold: `criteria`, `record`, `record/<JSON pointer>`. Every fault is told. */
export function checkTemplate(rubric: Pick<Rubric, 'prompt'>): string[] {
  return Object.entries(rubric.prompt).flatMap(([part, template]) =>
    [...(template ?? '').matchAll(placeholder)]
      .map((match) => match[1] ?? '')
      .filter((name) => name !== 'criteria' && name !== 'record' && !name.startsWith('record/'))
      .map((name) => `prompt.${part}: {{${name}}} is unknown: use {{criteria}}, {{record}} or {{record/name}}`),
  )
}

/** The criteria as a prompt shows them: a heading and its text, in the file's order. */
export function renderCriteria(criteria: Readonly<Record<string, string>>): string {
  return Object.entries(criteria)
    .map(([name, text]) => `## ${name}\n${text.trim()}`)
    .join('\n\n')
}

/**
 * The messages one record is judged with. `{{record}}` is the record as JSON without its id, so that a prompt
 * says nothing the judgement shouldn't rest on. Values are filled in once: a `{{…}}` inside a record stays text.
 */
export function renderMessages(
  rubric: Pick<Rubric, 'prompt' | 'criteria'>,
  record: object,
  idPointer = '/custom_id',
): ChatMessage[] {
  return compilePrompt(rubric, idPointer)(record)
}

/** `renderMessages` for many records: what does not depend on the record is done once. */
export function compilePrompt(
  rubric: Pick<Rubric, 'prompt' | 'criteria'>,
  idPointer = '/custom_id',
): (record: object) => ChatMessage[] {
  const criteria = renderCriteria(rubric.criteria)
  const compile = (template: string) => {
    // texts at even places, names of placeholders between them
    const parts = template.split(placeholder)
    return (record: object) =>
      parts
        .map((part, place) => {
          if (place % 2 === 0) return part
          if (part === 'criteria') return criteria
          if (part === 'record') return JSON.stringify(withoutPointer(record, idPointer))
          const value = readPointer(record, part.slice('record'.length))
          return typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
        })
        .join('')
        .trim()
  }
  const { system, user } = rubric.prompt
  const fillSystem = system === undefined ? undefined : compile(system)
  const fillUser = compile(user)
  return (record) => [
    ...(fillSystem ? [{ role: 'system', content: fillSystem(record) }] : []),
    { role: 'user', content: fillUser(record) },
  ]
}

/** A copy without the member a pointer names. */
function withoutPointer(record: object, pointer: string): object {
  const copy = structuredClone(record)
  const cut = pointer.lastIndexOf('/')
  const holder = cut === 0 ? copy : readPointer(copy, pointer.slice(0, cut))
  const key = pointer
    .slice(cut + 1)
    .replaceAll('~1', '/')
    .replaceAll('~0', '~')
  if (typeof holder === 'object' && holder !== null) Reflect.deleteProperty(holder, key)
  return copy
}
