import { useMemo, useState } from 'preact/hooks'
import { formatCount } from 'registry'
import { makeVisible } from '../data/make-visible.ts'
import { cutParts, shownText } from './cut-parts.ts'
import { LongText } from './long-text.tsx'
import { diffBounds, diffWords } from './word-diff.ts'

interface Props {
  /** what it is held against; undefined when that run has no such text */
  base: string | undefined
  text: string
  label: string
}

const refusals = {
  'too long': `over ${formatCount(diffBounds.words)} words: not compared word by word`,
  'too different': `over ${formatCount(diffBounds.edits)} words differ: not compared word by word`,
}

/** A text with its words marked against another column's. */
export function DiffText({ base, text, label }: Props) {
  const [whole, setWhole] = useState(false)
  const parts = useMemo(() => (base === undefined ? undefined : diffWords(base, text)), [base, text])
  const why =
    parts === undefined
      ? 'the chosen column has none to compare with'
      : typeof parts === 'string'
        ? refusals[parts]
        : parts.every(({ kind }) => kind === 'same')
          ? '= the same words'
          : undefined
  if (parts === undefined || typeof parts === 'string' || why !== undefined)
    return (
      <>
        <p class="note diff-note">{why}</p>
        <LongText text={text} label={label} />
      </>
    )
  const cut = whole ? undefined : cutParts(parts)
  const shown = cut ?? parts.map((part) => ({ kind: part.kind, text: shownText(part) }))
  return (
    <>
      <pre class="long diff" dir="auto">
        {shown.map(({ kind, text: words }, place) =>
          kind === 'same' ? (
            makeVisible(words)
          ) : kind === 'gone' ? (
            <del key={place}>{makeVisible(words)}</del>
          ) : (
            <ins key={place}>{makeVisible(words)}</ins>
          ),
        )}
        {cut === undefined ? '' : '…'}
      </pre>
      {cut !== undefined && (
        <button type="button" class="more" onClick={() => setWhole(true)}>
          show all {formatCount(text.length)} characters<span class="hidden"> of {label}</span>
        </button>
      )}
    </>
  )
}
