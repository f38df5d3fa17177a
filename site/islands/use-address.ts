import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import { readState, writeState, type CompareState } from './compare-state.ts'

/** How a change of state reaches the history: opening an item is a step one can go back from. */
export type Update = (patch: Partial<CompareState>, step?: boolean) => void

/** The state in the address, kept there: a reload, a shared link and the back button all find it. */
export function useAddress(only: string | undefined): [CompareState, Update] {
  const read = useCallback(() => {
    const state = readState(location.search)
    return { ...state, dataset: state.dataset ?? only }
  }, [only])
  const [state, setState] = useState(read)
  const latest = useRef(state)
  latest.current = state
  const [address] = useState(() => new PatientAddress())
  useEffect(() => {
    const goBack = () => {
      address.drop()
      setState(read())
    }
    addEventListener('popstate', goBack)
    return () => removeEventListener('popstate', goBack)
  }, [read, address])
  const update = useCallback<Update>(
    (patch, step = false) => {
      const next = { ...latest.current, ...patch }
      latest.current = next
      address.write(`?${writeState(next)}`, step)
      setState(next)
    },
    [address],
  )
  return [state, update]
}

/** Browsers refuse more than about a hundred changes of the address in half a minute (Safari) or ten seconds. */
const atOnce = 40
const within = 15_000

/** Writes the address at once, but when a key is held down only now and then. */
class PatientAddress {
  readonly #times: number[] = []
  #waiting: ReturnType<typeof setTimeout> | undefined

  write(query: string, step: boolean): void {
    this.drop()
    const now = performance.now()
    while (now - (this.#times[0] ?? now) > within) this.#times.shift()
    if (step || this.#times.length < atOnce) {
      this.#times.push(now)
      history[step ? 'pushState' : 'replaceState'](null, '', query)
    } else this.#waiting = setTimeout(() => history.replaceState(null, '', query), 500)
  }

  /** What waits to be written is not written any more. */
  drop(): void {
    clearTimeout(this.#waiting)
  }
}
