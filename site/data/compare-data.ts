import type { ChatMessage, RunStatus, VerdictValue } from 'registry'

/*
 * What the compare page fetches. Paths in these files start at the site's root. Positions are an item's ordinal in
 * its dataset, so that every array of a set has the same length and order.
 */

/** How many runs one can compare at a time. */
export const mostRuns = 8

/** data/compare/<dataset page>.json: what can be ticked, before any row is read. */
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
  items?: ItemsIndex
}

export interface CompareField {
  name: string
  title: string
  type: 'nominal' | 'ordinal' | 'boolean' | 'number' | 'text'
  /** what the codes stand for; empty for number and text */
  scale: readonly string[]
  tolerance: number
  primary: boolean
  /** the binary cut: values that count as positive, where the rubric names some */
  positive?: readonly string[]
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
  promptTokensPerSec?: number
  outputTokensPerSec?: number
  successRate?: number
  startedAt: string
  /** as sent with each request, values as JSON */
  sampling: Record<string, string>
  engine: string
  /** what else tells runs of one model apart: engine arguments, order, concurrency; values as text */
  configuration: Record<string, string>
  /** place in `sets` */
  set: number
  /** path of its columns (encode-columns.ts), which name its texts too; absent where its verdicts can't be shown */
  columns?: string
  /** path of its tokens, prompt and output together; absent where the engine counted none */
  tokens?: string
}

/** The items of a set. Chunks hold ItemHead and StoredItem entries. */
export interface ItemsIndex {
  count: number
  /** small, read as one scrolls: `[custom_id, title]`, the title null where there is none */
  heads: Chunks
  texts: Chunks
  /** the messages each item was put into, where they are known: a file of PromptMessage[] */
  prompt?: string
  facets: { name: string; values: string[] }[]
  /** path of the facets' columns, in the order of `facets` */
  facetFile?: string
}

/** Entries of an array spread over files: `<folder><number>.json`, each an array. */
export interface Chunks {
  folder: string
  /** position of each file's first entry */
  starts: readonly number[]
}

export type HeadEntry = [id: string, title: string | null]

/** A message as sent: an item's own texts stand between these; trimmed once it is whole. */
export interface PromptMessage {
  role: string
  texts: string[]
}

/** One item as its chunk holds it. */
export interface StoredItem {
  display: ItemDisplay
  /** what stands between the prompt's texts, message by message */
  fills?: string[][]
  /** ready-made messages, where the dataset holds requests */
  request?: ChatMessage[]
}

/** One item's own text. */
export interface ItemEntry {
  display: ItemDisplay
  /** the messages as sent, the same for all runs of a set; absent where they aren't known */
  request?: ChatMessage[]
}

/** What `item.display` names, in its order. */
export type ItemDisplay = { name: string; value: string }[]

/** In a facet's column: the item has no such value. */
export const noFacet = 255

/** A dataset's value isn't offered as a facet when it takes more values than this. */
export const mostFacetValues = 200

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
  /** what had to be mended to read it, a line each */
  repaired?: string[]
  promptTokens?: number
  completionTokens?: number
}
