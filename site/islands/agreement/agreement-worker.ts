import type { AgreementFigures, AgreementIndex } from '../../data/agreement-data.ts'
import { mostRuns } from '../../data/compare-data.ts'
import { figureAgreement } from '../../data/figure-agreement.ts'
import { DataSource } from '../data-source.ts'
import { loadFigureInputs } from './load-figure-inputs.ts'

/** What the page asks its worker for, once; to stop it the page ends the worker. */
export interface WorkerAsk {
  /** the site's root as a whole address */
  root: string
  /** the dataset's page name */
  page: string
  runIds: readonly string[]
}

export type WorkerAnswer =
  | { kind: 'progress'; text: string; done: number; of: number }
  | { kind: 'figures'; figures: AgreementFigures }
  | { kind: 'fault'; message: string }

addEventListener('message', ({ data }: MessageEvent<WorkerAsk>) => {
  figure(data).catch((error: Error) => answer({ kind: 'fault', message: error.message }))
})

async function figure({ root, page, runIds }: WorkerAsk): Promise<void> {
  const data = new DataSource(root)
  const readJson = async (path: string): Promise<unknown> => {
    const response = await fetch(root + path)
    if (!response.ok) throw new Error(`${path}: the server answered ${response.status}`)
    return response.json()
  }
  const [index, agreement] = await Promise.all([
    data.index(page),
    readJson(`data/agreement/${page}.json`) as Promise<AgreementIndex>,
  ])
  // newest first, as on the compare page, which the figures link to by place
  const known = index.runs.map(({ runId }) => runId).filter((runId) => runIds.includes(runId))
  const unknown = runIds.filter((runId) => !known.includes(runId))
  const ordered = [...known, ...unknown].slice(0, mostRuns)
  const inputs = await loadFigureInputs({ data, index, agreement, readJson }, ordered, (done, of) =>
    answer({ kind: 'progress', text: `${done} of ${of} runs read`, done, of: of * 2 }),
  )
  const names = Object.keys(inputs.fields)
  const steps = figureAgreement(inputs)
  for (;;) {
    const step = steps.next()
    if (step.done === true) return answer({ kind: 'figures', figures: step.value })
    const text = `${step.value} of ${names.length} fields compared`
    answer({ kind: 'progress', text, done: names.length + step.value, of: names.length * 2 })
  }
}

function answer(message: WorkerAnswer): void {
  postMessage(message)
}
