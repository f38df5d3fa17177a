import type { LedgerRun } from 'registry/node'
import type { RunDraft } from '../run-batch/plan-run.ts'

export interface Forecast {
  /** rows this run asks for */
  rows: number
  prompt_tokens: number
  /** of the run: time with requests in flight; absent when no earlier run of this model tells */
  hours?: number
  journal_bytes: number
  lfs_bytes: number
  /** which run the figures come from; absent: they are estimates from text lengths alone */
  from?: string
}

/** Characters a token, where nothing was measured: a rule of thumb for English text. */
const charactersPerToken = 4
/** A row's bytes around the answer's text: ids, usage, braces. */
const rowOverhead = 700
/** Of a journal's line beyond the row. */
const headBytes = 80

/** What a run will take, from the nearest earlier run of the model, else from the requests' lengths. Pure. */
export function forecastRun(
  plan: Pick<NonNullable<RunDraft['plan']>, 'order' | 'source'>,
  earlier: readonly LedgerRun[],
): Forecast {
  const rows = plan.order.length
  const meta = earlier[0]?.meta
  let characters = 0
  for (const position of plan.order) characters += plan.source.sizes[position] ?? 0
  const { max_tokens: maxTokens } = plan.source.sampling
  const answered = meta ? meta.results.success + meta.results.errors : 0
  const rowBytes =
    meta && answered > 0 ? meta.files.bytes.results / answered : rowOverhead + maxTokens * charactersPerToken
  const promptTokens = meta?.results.avg_prompt_tokens
  const rate = meta?.execution.req_per_sec
  return {
    rows,
    prompt_tokens: Math.round(promptTokens === undefined ? characters / charactersPerToken : promptTokens * rows),
    ...(rate === undefined || rate === 0 ? {} : { hours: Math.round((rows / rate / 3600) * 1000) / 1000 }),
    journal_bytes: Math.round(rows * (rowBytes + headBytes)),
    lfs_bytes: Math.round(rows * rowBytes),
    ...(meta ? { from: meta.run_id } : {}),
  }
}
