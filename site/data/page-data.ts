import type { Dataset, RunMeta } from 'registry'
import type { CompareField } from './compare-data.ts'

/** What the pages are made from; written once by writeSiteData, read by every page. */
export interface PageData {
  ledger: string
  /** the commit the site was built from, where the caller knows it */
  commit?: string
  /** where the site will be served, for the 404 page alone: every other page links relatively */
  base: string
  /** newest first */
  runs: RunPage[]
  /** by id */
  datasets: DatasetPage[]
}

export interface RunPage {
  /** folder name under runs/ */
  page: string
  meta: RunMeta
  metaPath: string
  /** id of its dataset */
  dataset: string
  datasetPage: string
  rubric?: { id: string; title: string }
  /** from the rows' own token counts; absent where the engine gave none */
  promptTokensPerSec?: number
  outputTokensPerSec?: number
  /** rows by verdict status, worst first; absent where the rubric isn't known */
  verdicts?: { status: string; count: number }[]
  /** why it can’t be set beside others */
  compareProblem?: string
  /** what the rows say against the meta, and lines that are no rows */
  findings: string[]
}

export interface DatasetPage {
  id: string
  page: string
  title: string
  /** absent when the catalog has no entry */
  entry?: Dataset
  /** what its runs were asked, newest first, or the rubric its entry names when there is no run yet */
  questions: Question[]
  /** page names of its runs, newest first */
  runs: string[]
  /** ids of the newest completed run of each model that are comparable with each other */
  preselected: string[]
  /** of the preselected runs, on the rubric's primary field; only where the overview shows them */
  standings?: Standings
}

/** How fast and how well runs of one question are. */
export interface Standings {
  field: { name: string; title: string }
  /** accuracy against labels, else agreement with the other runs */
  quality: 'accuracy' | 'agreement'
  /** what quality was counted on: labelled items, else those usable in all runs */
  items: number
  /** Krippendorff's alpha over all the runs */
  alpha?: { value: number; low: number | null; high: number | null }
  /** what always saying the commonest label would get right */
  commonest?: { value: string; share: number }
  /** why the speeds of some can't be compared, in words; empty where all can */
  setupDiffers: string[]
  /** best first */
  runs: Standing[]
  /** what a reader should know */
  notes: string[]
}

export interface Standing {
  runId: string
  page: string
  model: string
  reqPerSec?: number
  /** share of the items with a usable verdict on the field */
  usable?: number
  /** 0 to 1; the interval is Wilson's 95 % where there are labels */
  quality?: { value: number; low?: number; high?: number }
  /** whether its speed may be compared with the others' */
  sameSetup: boolean
  /** no other of the same setup is both as accurate and as fast, and better in one; false without labels */
  onFront: boolean
}

/** One prompt with its criteria and what is read out of the answers. */
export interface Question {
  rubric?: string
  title: string
  description?: string
  criteria: Record<string, string>
  prompt: { name: string; text: string }[]
  /** none when the catalog doesn't have the rubric */
  fields: CompareField[]
  /** what a reader should know, e.g. that the rubric was edited since */
  note?: string
}
