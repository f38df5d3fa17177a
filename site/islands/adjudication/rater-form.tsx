import { useLayoutEffect, useRef, useState } from 'preact/hooks'

/** Asks who judges: once, then the browser keeps it. */
export function RaterForm({
  keep,
  name = '',
  focus = false,
}: {
  keep: (name: string) => void
  name?: string
  /** the reader has just asked for it */
  focus?: boolean
}) {
  const input = useRef<HTMLInputElement>(null)
  useLayoutEffect(() => {
    if (focus) input.current?.focus()
  }, [focus])
  const [typed, setTyped] = useState(name)
  return (
    <form
      class="rater"
      onSubmit={(event) => {
        event.preventDefault()
        if (typed.trim() !== '') keep(typed.trim())
      }}
    >
      <label>
        Your name, as it will stand in the labels{' '}
        <input
          ref={input}
          type="text"
          required
          autocomplete="nickname"
          value={typed}
          onInput={({ currentTarget: { value } }) => setTyped(value)}
        />
      </label>
      <button type="submit">Keep</button>
    </form>
  )
}
