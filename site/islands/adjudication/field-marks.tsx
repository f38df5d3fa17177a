import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { Label } from 'registry'
import type { CompareField } from '../../data/compare-data.ts'
import { makeVisible } from '../../data/make-visible.ts'
import { isSameSubject } from './label-lines.ts'
import { parseValue, valuesOf } from './parse-value.ts'
import { RaterForm } from './rater-form.tsx'
import type { Labels } from './use-labels.ts'

export type MarkSelection = Label['selection']

interface Props {
  labels: Labels
  fields: readonly CompareField[]
  customId: string
  /** how the item came to be judged here */
  selection: MarkSelection
  /** the digits that mark a value stand on its button */
  digits?: boolean
}

/** A rater's verdict on each field of one item. */
export function FieldMarks({ labels, fields, customId, selection, digits = false }: Props) {
  const { state, store } = labels
  const [takenBack, setTakenBack] = useState<readonly Label[]>([])
  const { rater } = state
  const marks = useRef<HTMLDivElement>(null)
  const wasAsked = useRef(false)
  if (rater === undefined) wasAsked.current = true
  useLayoutEffect(() => {
    // whoever has just said who they are goes on with the first field
    if (rater !== undefined && wasAsked.current) marks.current?.querySelector<HTMLElement>('button, input')?.focus()
  }, [rater])
  if (rater === undefined) return <RaterForm keep={(name) => store.setRater(name)} />
  return (
    <div class="marks" ref={marks}>
      {fields.map((field) => {
        const subject = { custom_id: customId, field: field.name, rater }
        const own = state.labels.find((label) => isSameSubject(label, subject))
        const others = state.labels.filter(
          (label) => label.custom_id === customId && label.field === field.name && label.rater !== rater,
        )
        const back = takenBack.find((label) => isSameSubject(label, subject))
        return (
          <FieldMark
            key={field.name}
            field={field}
            customId={customId}
            own={own}
            others={selection === 'disagreement' ? others : []}
            takenBack={own ? undefined : back}
            isBlind={selection !== 'disagreement'}
            digits={digits}
            mark={(value) => store.put(newLabel(labels, subject, value, selection))}
            annotate={(note) => own && store.put(withNote(own, note))}
            takeBack={() => {
              if (!own) return
              setTakenBack([...takenBack.filter((label) => !isSameSubject(label, own)), own])
              store.remove(own)
            }}
            putBack={() => back && store.put(back)}
          />
        )
      })}
    </div>
  )
}

/** Whether a label was given before its rater saw what the runs say. */
export function isFair({ selection }: Pick<Label, 'selection'>): boolean {
  return selection !== 'disagreement'
}

/** A verdict of today. A corrected one keeps its note, and how its item was chosen where that was fair. */
export function newLabel(
  { promptSha256, state }: Pick<Labels, 'promptSha256' | 'state'>,
  subject: Pick<Label, 'custom_id' | 'field' | 'rater'>,
  value: Label['value'],
  selection: MarkSelection,
): Label {
  const earlier = state.labels.find((label) => isSameSubject(label, subject))
  const isAfresh = earlier !== undefined && isFair({ selection }) && !isFair(earlier)
  return {
    ...subject,
    value,
    date: new Date().toISOString().slice(0, 10),
    prompt_sha256: promptSha256,
    selection: earlier && !isAfresh ? earlier.selection : selection,
    ...(earlier?.note === undefined || isAfresh ? {} : { note: earlier.note }),
  }
}

function withNote(label: Label, note: string): Label {
  const { note: earlier, ...rest } = label
  if (note === earlier) return label
  return note === '' ? rest : { ...rest, note }
}

interface MarkProps {
  field: CompareField
  customId: string
  own: Label | undefined
  others: readonly Label[]
  takenBack: Label | undefined
  isBlind: boolean
  digits: boolean
  mark: (value: Label['value']) => void
  annotate: (note: string) => void
  takeBack: () => void
  putBack: () => void
}

function FieldMark(props: MarkProps) {
  const { field, customId, own, others, takenBack, isBlind, digits, mark, annotate, takeBack, putBack } = props
  // what one said with the answers in sight must not steer what one says without
  const isHidden = isBlind && own !== undefined && !isFair(own)
  // what one said without must not be bent by what one sees now
  const isLocked = !isBlind && own !== undefined && isFair(own)
  const shown = isHidden ? undefined : own
  const values = valuesOf(field)
  return (
    <div class="mark-field" role="group" aria-label={`Right verdict of ${field.title}`} data-mark={field.name}>
      <span class="mark-title">{field.title}</span>
      {values.length > 0 ? (
        <span class="mark-values">
          {values.map((value, place) => (
            <button
              type="button"
              key={String(value)}
              aria-pressed={shown?.value === value}
              aria-keyshortcuts={digits && place < 8 ? String(place + 1) : undefined}
              disabled={isLocked}
              onClick={() => shown?.value !== value && mark(value)}
            >
              {digits && place < 8 && <kbd aria-hidden="true">{place + 1}</kbd>}
              <span aria-hidden="true" class="tick-mark">
                {shown?.value === value ? '✓ ' : ''}
              </span>
              {makeVisible(String(value))}
            </button>
          ))}
        </span>
      ) : (
        <TypedValue key={customId} field={field} value={shown?.value} isLocked={isLocked} mark={mark} />
      )}
      {shown && (
        <div class="mark-more">
          <label>
            Note{' '}
            <input
              type="text"
              value={shown.note ?? ''}
              disabled={isLocked}
              onInput={({ currentTarget: { value } }) => annotate(value)}
            />
          </label>
          <button type="button" class="quiet" onClick={takeBack}>
            take back<span class="hidden"> the verdict of {field.title}</span>
          </button>
        </div>
      )}
      {isLocked && (
        <p class="note">
          Judged without the answers in sight; it can’t be changed beside them. Taken back, it leaves the sample.
        </p>
      )}
      {isHidden && <p class="note">You marked this earlier with the answers in sight; what you say now replaces it.</p>}
      {takenBack && (
        <button type="button" class="quiet" onClick={putBack}>
          put “{makeVisible(String(takenBack.value))}” back
        </button>
      )}
      {others.map((label) => (
        <p class="note" key={label.rater}>
          {makeVisible(label.rater)} says {makeVisible(String(label.value))}
        </p>
      ))}
    </div>
  )
}

function TypedValue({
  field,
  value,
  isLocked,
  mark,
}: {
  field: CompareField
  value: Label['value'] | undefined
  isLocked: boolean
  mark: (value: Label['value']) => void
}) {
  const [typed, setTyped] = useState(value === undefined ? '' : String(value))
  const [fault, setFault] = useState<string>()
  return (
    <form
      class="mark-typed"
      onSubmit={(event) => {
        event.preventDefault()
        const parsed = parseValue(field, typed)
        setFault('fault' in parsed ? parsed.fault : undefined)
        if ('value' in parsed) mark(parsed.value)
      }}
    >
      <input
        type="text"
        inputMode={field.type === 'number' ? 'decimal' : 'text'}
        aria-label={`Right ${field.type} of ${field.title}`}
        aria-invalid={fault !== undefined}
        value={typed}
        disabled={isLocked}
        onInput={({ currentTarget }) => setTyped(currentTarget.value)}
      />
      <button type="submit" disabled={isLocked}>
        Mark
      </button>
      {value !== undefined && <span class="note">✓ {makeVisible(String(value))}</span>}
      {fault !== undefined && (
        <p class="note bad" role="alert">
          {makeVisible(fault)}
        </p>
      )}
    </form>
  )
}
