import type { Dataset, RunMeta } from 'registry'
import type { AgreementFigures } from './agreement-data.ts'
import type { CompareField } from './compare-data.ts'
import type { DatasetLabels } from './describe-labels.ts'
import type { RunOutcome } from './describe-outcome.ts'
import type { RunLog } from './write-log.ts'
import type { SiteKind } from './describe-kind.ts'

/** What the pages are made from; written once by writeSiteData, read by every page. */
export interface PageData {
  /** in the public build nothing here is of a row, and there is no compare page to link to */
  kind: SiteKind
  ledger: string
  /** the commit the site was built from, where the caller knows it */
  commit?: string
  /** the repository's address on its forge, without a slash at the end, where the caller told it */
  repository?: string
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
  /** what its rows say in sum */
  outcome: RunOutcome
  log: RunLog
  /** the commit that brought it to main, and its pull request's number, where the history is at hand */
  landing?: { commit: string; pull?: number }
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
  /** reference labels, where the entry names some */
  labels?: DatasetLabels
  /** what its runs were asked, newest first, or the rubric its entry names when there is no run yet */
  questions: Question[]
  /** page names of its runs, newest first */
  runs: string[]
  /** ids of the newest completed run of each model that are comparable with each other */
  preselected: string[]
  /** every figure of the preselected runs; absent where none can be compared */
  agreement?: AgreementFigures
  /** why the labels are not used */
  labelProblem?: string
}

/** One prompt with its criteria and what is read out of the answers. */
export interface Question {
  rubric?: string
  /** of its runs; absent where none has one */
  promptSha256?: string
  title: string
  description?: string
  criteria: Record<string, string>
  prompt: { name: string; text: string }[]
  /** none when the catalog doesn't have the rubric */
  fields: CompareField[]
  /** what a reader should know, e.g. that the rubric was edited since */
  note?: string
}
