import { useState } from 'preact/hooks'
import type { CompareField } from '../../data/compare-data.ts'
import { FieldMarks, type MarkSelection } from './field-marks.tsx'
import type { Labels } from './use-labels.ts'

interface Props {
  labels: Labels
  fields: readonly CompareField[]
  customId: string
  selection: MarkSelection
}

/**
 * Marks the right verdict of an item whose answers stand beside it. Whoever marks here has seen which items the runs
 * differ on and what they say, whatever filter is set: so `selection` is `disagreement`, which enters no interval.
 */
export function Adjudication({ labels, fields, customId, selection }: Props) {
  const [open, setOpen] = useState(labels.state.rater !== undefined)
  const marked = labels.state.labels.filter(
    (label) => label.custom_id === customId && label.rater === labels.state.rater,
  ).length
  return (
    <details class="adjudicate" open={open} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>
        Mark the right verdict
        {marked > 0 && <span class="note">✓ {marked} marked</span>}
      </summary>
      <FieldMarks labels={labels} fields={fields} customId={customId} selection={selection} />
    </details>
  )
}
