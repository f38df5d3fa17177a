import type { RunStatus, VerdictValue } from 'registry'

/*
 * What the compare page fetches. Paths in these files start at the site's root. Positions are an item's ordinal in
 * its dataset, so that every array of a set has the same length and order.
 */

/** How many runs one can compare at a time. */
export const mostRuns = 8

/** data/compare/<dataset>.json: what can be ticked, before any row is read. */
export interface CompareIndex {
  dataset: { id: string; title: string; page: string }
  /** why nothing here can be compared */
  problem?: string
  sets: CompareSet[]
  /** newest first */
  runs: CompareRun[]
  /** ids of the runs ticked when the address names none */
  preselected: string[]
}

/** Runs that saw the same items and the same prompt. */
export interface CompareSet {
  datasetSha256: string
  /** absent when the run doesn't say: then it is comparable with nothing */
  promptSha256?: string
  rubric?: { id: string; title: string }
  fields: CompareField[]
  /** why the verdicts of this set can't be shown */
  problem?: string
  /** what a reader should know about the items, e.g. that their text isn't here */
  note?: string
  items?: string
}

export interface CompareField {
  name: string
  title: string
  type: 'nominal' | 'ordinal' | 'boolean' | 'number' | 'text'
  /** what the codes stand for; empty for number and text */
  scale: readonly string[]
  tolerance: number
  primary: boolean
}

export interface CompareRun {
  runId: string
  page: string
  model: string
  slug: string
  status: RunStatus
  /** why it is failed or partial */
  reason?: string
  reqPerSec?: number
  successRate?: number
  startedAt: string
  /** as sent with each request, values as JSON */
  sampling: Record<string, string>
  engine: string
  /** place in `sets` */
  set: number
  columns?: string
}

/** data/items/<set>.json */
export interface ItemsFile {
  ids: string[]
  /** null where the dataset names no title or the item has none */
  titles: (string | null)[]
  display: Chunks
}

/** Entries of an array spread over files of about 128 KB: `<folder><number>.json`, each an array. */
export interface Chunks {
  folder: string
  /** position of each file's first entry */
  starts: number[]
}

/** One item's own text: what `item.display` names, in its order. */
export type ItemDisplay = { name: string; value: string }[]

/** A place where a run has no row. */
export const missing = -1

/** data/columns/<run>.json: places in `verdictStatuses` and in the field's scale by position, `missing` for no row. */
export interface ColumnsFile {
  statuses: number[]
  fields: Record<string, { statuses: number[]; codes: number[]; numbers?: (number | null)[] }>
  texts: Chunks
}

/** What one run said about one item; null where it has no row. */
export interface ItemText {
  content?: string
  /** the engine's own field for a reasoning model's thoughts */
  thinking?: string
  reasoning?: Record<string, string>
  /** values of text fields */
  values?: Record<string, VerdictValue>
  error?: string
  finishReason?: string
  promptTokens?: number
  completionTokens?: number
}
