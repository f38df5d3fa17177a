import { useState } from 'preact/hooks'
import { formatCount } from 'registry'
import { makeVisible } from '../data/make-visible.ts'
import { cutText } from './cut-text.ts'

/** Text nobody vouches for: shown as text, cut where it is long. */
export function LongText({ text, label }: { text: string; label: string }) {
  const [whole, setWhole] = useState(false)
  const cut = whole ? undefined : cutText(text)
  return (
    <>
      <pre class="long" dir="auto">
        {makeVisible(cut ?? text)}
        {cut === undefined ? '' : '…'}
      </pre>
      {cut !== undefined && (
        <button type="button" class="more" onClick={() => setWhole(true)}>
          show all {formatCount(text.length)} characters<span class="hidden"> of {makeVisible(label)}</span>
        </button>
      )}
    </>
  )
}
