import { round, verdictStatuses } from 'registry'
import type { LedgerRun, ReadRun } from 'registry/node'
import type { RunSet } from './group-runs.ts'
import type { RunPage } from './page-data.ts'
import { pageName } from './page-name.ts'

/** A run as its page shows it: the meta, and what the rows themselves say. Pure. */
export function describeRun(
  { meta, metaPath }: LedgerRun,
  dataset: string,
  set: Pick<RunSet, 'rubric'>,
  read: ReadRun,
  findings: readonly string[],
  compareProblem: string | undefined,
): RunPage {
  const seconds = meta.execution.duration_seconds
  const tokens = read.columns.completionTokens.reduce((sum, count) => sum + count, 0)
  const counted = read.results.avg_completion_tokens !== undefined && seconds !== undefined && seconds > 0
  const counts = verdictStatuses.map((status, code) => ({
    status,
    count: read.columns.statuses.reduce((sum, found) => sum + Number(found === code), 0),
  }))
  return {
    page: pageName(meta.run_id),
    meta,
    metaPath,
    dataset,
    datasetPage: pageName(dataset),
    ...(set.rubric ? { rubric: { id: set.rubric.id, title: set.rubric.entry.title } } : {}),
    ...(counted ? { outputTokensPerSec: round(tokens / seconds, 2) } : {}),
    ...(set.rubric ? { verdicts: counts.filter(({ count }) => count > 0) } : {}),
    ...(compareProblem === undefined ? {} : { compareProblem }),
    findings: [...compareAccounts(meta.results, read.results), ...findings],
  }
}

/** The meta's accounting against a recount of the rows. */
function compareAccounts(claimed: ReadRun['results'], counted: ReadRun['results']): string[] {
  return (['success', 'errors', 'missing'] as const)
    .filter((name) => claimed[name] !== counted[name])
    .map(
      (name) =>
        `results.${name} is ${claimed[name]} in the meta, the rows say ${counted[name]}: run batchledger verify`,
    )
}
