import { round, verdictStatuses, type Rubric } from 'registry'
import type { LedgerRun, ReadRun } from 'registry/node'
import { describeOutcome, type RunOutcome } from './describe-outcome.ts'
import type { RunSet } from './group-runs.ts'
import type { RunPage } from './page-data.ts'
import { pageName } from './page-name.ts'

/** What pages say of a run's rows; small, whatever the number of rows. */
export interface RunSummary extends Pick<ReadRun, 'results' | 'problems'> {
  outcome: RunOutcome
  /** rows by verdict status, worst first */
  verdicts: { status: string; count: number }[]
}

export function summarize(
  { columns, results, problems }: ReadRun,
  rubric: Pick<Rubric, 'fields'> | undefined,
): RunSummary {
  const counts = verdictStatuses.map(() => 0)
  for (const status of columns.statuses) counts[status] = (counts[status] ?? 0) + 1
  return {
    results,
    problems,
    outcome: describeOutcome(columns, rubric),
    verdicts: verdictStatuses.flatMap((status, code) => {
      const count = counts[code] ?? 0
      return count > 0 ? [{ status, count }] : []
    }),
  }
}

/** A run as its page shows it: the meta, and what the rows themselves say. Pure. */
export function describeRun(
  { meta, metaPath }: LedgerRun,
  dataset: string,
  set: Pick<RunSet, 'rubric'>,
  read: RunSummary,
  findings: readonly string[],
  compareProblem: string | undefined,
): Omit<RunPage, 'log'> {
  const seconds = meta.execution.duration_seconds
  const rate = (tokens: number | undefined) =>
    tokens === undefined || seconds === undefined || seconds === 0 ? undefined : round(tokens / seconds, 2)
  const promptRate = rate(read.outcome.promptTokensSum)
  const outputRate = rate(read.outcome.outputTokensSum)
  return {
    page: pageName(meta.run_id),
    meta,
    metaPath,
    dataset,
    datasetPage: pageName(dataset),
    ...(set.rubric ? { rubric: { id: set.rubric.id, title: set.rubric.entry.title } } : {}),
    ...(promptRate === undefined ? {} : { promptTokensPerSec: promptRate }),
    ...(outputRate === undefined ? {} : { outputTokensPerSec: outputRate }),
    outcome: read.outcome,
    ...(set.rubric ? { verdicts: read.verdicts } : {}),
    ...(compareProblem === undefined ? {} : { compareProblem }),
    findings: [...compareAccounts(metaPath, meta.results, read.results), ...findings],
  }
}

/** The meta's accounting against a recount of the rows. */
function compareAccounts(path: string, claimed: ReadRun['results'], counted: ReadRun['results']): string[] {
  return (['success', 'errors', 'missing'] as const)
    .filter((name) => claimed[name] !== counted[name])
    .map(
      (name) =>
        `${path}: results.${name} is ${claimed[name]} in the meta, the rows say ${counted[name]}: run batchledger verify`,
    )
}
