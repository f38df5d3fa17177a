import { useLayoutEffect, useRef } from 'preact/hooks'
import type { KeySwitch } from './use-keyboard.ts'

const keyList: [string[], string][] = [
  [['j', 'k'], 'next and previous item'],
  [['n', 'p'], 'next and previous disagreement, in the list and in an open item'],
  [['↓', '↑'], 'next and previous item, in the list'],
  [['Home', 'End'], 'first and last item, in the list'],
  [['Enter'], 'open the item'],
  [['Esc'], 'close it'],
  [['1', '…', '8'], 'tick or untick a run'],
  [['/'], 'search'],
  [['?'], 'this list'],
]

export function HelpDialog({ close, keys }: { close: () => void; keys: KeySwitch }) {
  const dialog = useRef<HTMLDialogElement>(null)
  useLayoutEffect(() => dialog.current?.showModal(), [])
  return (
    <dialog ref={dialog} class="help" aria-labelledby="help-title" onClose={close}>
      <h2 id="help-title">Keys</h2>
      <dl>
        {keyList.map(([names, meaning]) => (
          <div key={meaning}>
            <dt>
              {names.map((name) => (
                <kbd key={name}>{name}</kbd>
              ))}
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
      <h3>Marks</h3>
      <p>
        In a field where the runs differ: <b>▲</b> outlier, a usable verdict that is not the value of more than half of
        at least three runs; <b>=</b> majority, it is that value; <b>≠</b> differs, there is no majority. <b>!</b> in a
        dashed frame: not usable, and why. No mark: the runs agree there. <b>split</b>: three or more usable verdicts,
        none with more than half.
      </p>
      <label>
        <input type="checkbox" checked={keys.on} onChange={({ currentTarget: { checked } }) => keys.set(checked)} />{' '}
        single-key shortcuts are on
      </label>
      <p>
        <button type="button" onClick={() => dialog.current?.close()}>
          Close
        </button>
      </p>
    </dialog>
  )
}
