import { useState } from 'preact/hooks'
import { writeState, type CompareState } from './compare-state.ts'

/** Puts the page's address, with all that is chosen, on the clipboard. */
export function CopyLink({ state }: { state: CompareState }) {
  const [said, setSaid] = useState<{ about: CompareState; text: string }>()
  const copy = async () => {
    const address = new URL(`?${writeState(state)}`, location.href).href
    // a page that came neither encrypted nor from this machine has no clipboard
    const clipboard = 'clipboard' in navigator ? navigator.clipboard : undefined
    const copied = clipboard
      ? await clipboard.writeText(address).then(
          () => true,
          () => false,
        )
      : false
    setSaid({ about: state, text: copied ? 'copied' : 'the browser forbids it: copy the address bar' })
  }
  return (
    <>
      <button type="button" onClick={() => void copy()}>
        Copy link
      </button>{' '}
      <span role="status" class="soft">
        {said?.about === state ? said.text : ''}
      </span>
    </>
  )
}
