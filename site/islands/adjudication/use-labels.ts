import { useEffect, useMemo, useReducer } from 'preact/hooks'
import { openLabelStore, type LabelState, type LabelStore } from './label-store.ts'

/** The labels of one dataset as it was asked, and how to change them. */
export interface Labels {
  dataset: string
  promptSha256: string
  store: LabelStore
  state: LabelState
}

/** Labels kept in this browser; undefined where the runs don't record their prompt, which a label belongs to. */
export function useLabels(ledger: string, dataset: string, promptSha256: string | undefined): Labels | undefined {
  const store = useMemo(
    () => (promptSha256 === undefined ? undefined : openLabelStore({ ledger, dataset, promptSha256 })),
    [ledger, dataset, promptSha256],
  )
  const [, redraw] = useReducer((times: number) => times + 1, 0)
  useEffect(() => {
    if (!store) return undefined
    const unsubscribe = store.subscribe(() => redraw(0))
    const look = () => store.refresh()
    const warn = (event: BeforeUnloadEvent) => {
      if (store.isUnsaved) event.preventDefault()
    }
    addEventListener('storage', look)
    addEventListener('beforeunload', warn)
    return () => {
      unsubscribe()
      removeEventListener('storage', look)
      removeEventListener('beforeunload', warn)
    }
  }, [store])
  return store && promptSha256 !== undefined ? { dataset, promptSha256, store, state: store.state } : undefined
}
