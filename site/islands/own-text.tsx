import { useState } from 'preact/hooks'
import type { ItemEntry } from '../data/compare-data.ts'
import { makeVisible } from '../data/make-visible.ts'
import { LongText } from './long-text.tsx'

interface Props {
  /** undefined while it is on its way */
  entry: ItemEntry | undefined
  /** why there is nothing to display, where the set says so */
  note: string | undefined
  position: number
}

/** The item's own text, and the messages it was put into. */
export function OwnText({ entry, note, position }: Props) {
  if (entry === undefined) return <p class="empty">Loading…</p>
  const { display, request } = entry
  return (
    <>
      {display.length === 0 ? (
        <p class="empty">{makeVisible(note ?? 'The dataset’s entry names nothing to display.')}</p>
      ) : (
        <dl>
          {display.map(({ name, value }) => (
            <div key={name}>
              <dt>{makeVisible(name)}</dt>
              <dd>
                <LongText key={`${position}-${name}`} text={value} label={makeVisible(name)} />
              </dd>
            </div>
          ))}
        </dl>
      )}
      {request !== undefined && request.length > 0 && <Request request={request} position={position} />}
    </>
  )
}

/** Drawn when it is opened: a prompt is long, and the same but for the item's own words. */
function Request({ request, position }: { request: NonNullable<ItemEntry['request']>; position: number }) {
  const [open, setOpen] = useState(false)
  return (
    <details class="request" open={open} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>The request as sent</summary>
      {open &&
        request.map(({ role, content }, place) => (
          <section key={`${position}-${place}`}>
            <p class="role">{makeVisible(role)}</p>
            <LongText text={content} label={`message ${place + 1} of the request`} />
          </section>
        ))}
    </details>
  )
}
