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
  const messages = splitPrompt(rubric, idPointer)
  return (record) => messages.map(({ role, texts, fill }) => ({ role, content: fillTexts(texts, fill(record)) }))
}

/** A message of a prompt taken apart: the texts all records share, and what one record puts between them. */
export interface SplitMessage {
  role: string
  /** one more than there are fills */
  texts: string[]
  fill: (record: object) => string[]
}

export function splitPrompt(rubric: Pick<Rubric, 'prompt' | 'criteria'>, idPointer = '/custom_id'): SplitMessage[] {
  const criteria = renderCriteria(rubric.criteria)
  const split = (role: string, template: string): SplitMessage => {
    const texts = ['']
    const names: string[] = []
    // texts at even places, names of placeholders between them
    for (const [place, part] of template.split(placeholder).entries()) {
      if (place % 2 === 0) texts.push((texts.pop() ?? '') + part)
      else if (part === 'criteria') texts.push((texts.pop() ?? '') + criteria)
      else {
        names.push(part)
        texts.push('')
      }
    }
    const fill = (record: object) =>
      names.map((name) => {
        if (name === 'record') return JSON.stringify(withoutPointer(record, idPointer))
        const value = readPointer(record, name.slice('record'.length))
        return typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
      })
    return { role, texts, fill }
  }
  const { system, user } = rubric.prompt
  return [...(system === undefined ? [] : [split('system', system)]), split('user', user)]
}

/** A message as sent: a record's fills between the shared texts, trimmed. */
export function fillTexts(texts: readonly string[], fills: readonly string[]): string {
  return texts
    .map((text, place) => text + (fills[place] ?? ''))
    .join('')
    .trim()
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
