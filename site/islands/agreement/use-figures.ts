import { useEffect, useState } from 'preact/hooks'
import type { AgreementFigures } from '../../data/agreement-data.ts'
import type { WorkerAnswer, WorkerAsk } from './agreement-worker.ts'

export type FiguresState =
  | { kind: 'none' }
  | { kind: 'working'; text: string; done: number; of: number }
  | { kind: 'figures'; figures: AgreementFigures }
  | { kind: 'fault'; message: string }
  | { kind: 'cancelled' }

/** Figures of any runs, made in a worker of their own; `cancel` ends it. @param runIds undefined: nothing is asked for */
export function useFigures(
  { root, page }: Pick<WorkerAsk, 'root' | 'page'>,
  runIds: readonly string[] | undefined,
): { state: FiguresState; cancel: () => void; retry: () => void } {
  const [state, setState] = useState<FiguresState>({ kind: 'none' })
  const [attempt, setAttempt] = useState(0)
  const [worker, setWorker] = useState<Worker>()
  const key = runIds?.join(',')
  useEffect(() => {
    if (key === undefined) return setState({ kind: 'none' })
    setState({ kind: 'working', text: 'starting', done: 0, of: 1 })
    const own = new Worker(new URL('./agreement-worker.ts', import.meta.url), { type: 'module' })
    own.addEventListener('message', ({ data }: MessageEvent<WorkerAnswer>) =>
      setState(data.kind === 'progress' ? { ...data, kind: 'working' } : data),
    )
    own.addEventListener('error', ({ message }) =>
      setState({ kind: 'fault', message: message === '' ? 'the worker’s program could not be loaded' : message }),
    )
    own.postMessage({ root, page, runIds: key.split(',') } satisfies WorkerAsk, [])
    setWorker(own)
    return () => own.terminate()
  }, [root, page, key, attempt])
  return {
    state,
    cancel: () => {
      worker?.terminate()
      setState({ kind: 'cancelled' })
    },
    retry: () => setAttempt(attempt + 1),
  }
}
