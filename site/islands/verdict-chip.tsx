import { isUsable, statusName, type ItemJudgement } from 'registry'
import type { CompareField } from '../data/compare-data.ts'
import { makeVisible } from '../data/make-visible.ts'
import { valueAt, type JudgedRun } from './judge-field.ts'
import { sayValue } from './say-value.ts'
import { statusText } from './verdict-cell.tsx'

interface Props {
  field: CompareField
  run: JudgedRun
  position: number
  /** of this field over all runs, and which of them this is */
  judgement: ItemJudgement
  place: number
}

/** How a verdict stands to the others: glyph, word, style. Agreement has none, so that differences catch the eye. */
const standings = {
  outlier: ['▲', 'outlier'],
  majority: ['=', 'majority'],
  differs: ['≠', 'differs'],
} as const

/** One field's verdict in a run's cell; the field's name stands in the column's head and is said to screen readers. */
export function VerdictChip({ field, run, position, judgement, place }: Props) {
  const column = run.fields.get(field.name)
  const status = statusName(column?.statuses[position] ?? -1)
  const value = column && valueAt(field, column, position)
  const text = value === null || value === undefined ? undefined : makeVisible(String(sayValue(field, value)))
  if (!counts(status)) {
    const words = statusText(status)
    return (
      <span class="say unusable" data-field={field.name} title={`${field.title}: ${words}${text ? `, ${text}` : ''}`}>
        <span class="hidden">{field.title}: </span>
        <span aria-hidden="true">! </span>
        {words}
        {status === 'repaired' && text !== undefined && <small> {text}</small>}
      </span>
    )
  }
  const standing = standingOf(judgement, place)
  const [glyph, word] = standing === undefined ? [] : standings[standing]
  return (
    <span
      class={standing === undefined ? 'say' : `say ${standing}`}
      data-field={field.name}
      title={`${field.title}: ${text ?? ''}${word === undefined ? '' : `, ${word}`}`}
    >
      <span class="hidden">{field.title}: </span>
      {glyph !== undefined && <span aria-hidden="true">{glyph} </span>}
      {text}
      {word !== undefined && <span class="hidden"> {word}</span>}
    </span>
  )
}

/** Why a run says nothing at all on an item, once for all of its fields. */
export function LostChip({ status }: { status: string }) {
  return (
    <span class="say unusable" data-lost={status}>
      <span class="hidden">all fields: </span>
      <span aria-hidden="true">! </span>
      {statusText(status)}
    </span>
  )
}

/** The status that hid every field of a row alike; undefined where some field can be read, or was lost otherwise. */
export function lostBy(fields: readonly CompareField[], run: JudgedRun, position: number): string | undefined {
  const [first, ...others] = fields.map(({ name }) => run.fields.get(name)?.statuses[position] ?? -1)
  if (first === undefined || others.length === 0 || others.some((status) => status !== first)) return undefined
  const status = statusName(first)
  return status === 'repaired' || counts(status) ? undefined : status
}

function counts(status: ReturnType<typeof statusName>): boolean {
  return status !== 'missing' && isUsable(status)
}

function standingOf({ disagree, majority, outlier }: ItemJudgement, place: number): keyof typeof standings | undefined {
  if (outlier[place] === true) return 'outlier'
  if (!disagree) return undefined
  return typeof majority === 'object' && majority !== null ? 'majority' : 'differs'
}
