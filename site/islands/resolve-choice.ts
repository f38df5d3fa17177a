import { mostRuns, type CompareIndex, type CompareRun } from '../data/compare-data.ts'

/** Which of the asked runs stand side by side, and why others can't. */
export interface Choice {
  runs: CompareRun[]
  /** why asked runs were left out, a line each */
  refused: string[]
  /** run id → why it can't be ticked now */
  blocked: ReadonlyMap<string, string>
}

/**
 * The first asked run that has verdicts decides: others join it when they saw the same items and the same prompt.
 * Columns stand in the index's order, newest first.
 */
export function resolveChoice(index: CompareIndex, asked: readonly string[] | undefined): Choice {
  const known = new Map(index.runs.map((run) => [run.runId, run]))
  const refused: string[] = []
  const chosen = new Set<string>()
  let first: CompareRun | undefined
  for (const runId of asked ?? index.preselected) {
    const run = known.get(runId)
    const why = run
      ? (blockedBy(index, run, first) ?? (chosen.size >= mostRuns ? tooMany : undefined))
      : 'no such run of this dataset'
    if (why !== undefined) refused.push(`${runId}: ${why}`)
    else if (run) {
      first ??= run
      chosen.add(runId)
    }
  }
  const blocked = new Map<string, string>()
  for (const run of index.runs) {
    const full = chosen.size >= mostRuns && !chosen.has(run.runId) ? tooMany : undefined
    const why = blockedBy(index, run, first) ?? full
    if (why !== undefined) blocked.set(run.runId, why)
  }
  return { runs: index.runs.filter(({ runId }) => chosen.has(runId)), refused, blocked }
}

const tooMany = `at most ${mostRuns} runs stand side by side`

function blockedBy(index: CompareIndex, run: CompareRun, first: CompareRun | undefined): string | undefined {
  const set = index.sets[run.set]
  if (!set || run.columns === undefined) return set?.problem ?? 'its verdicts can’t be read'
  if (!first || first.set === run.set) return undefined
  const other = index.sets[first.set]
  if (set.datasetSha256 !== other?.datasetSha256) return 'not comparable: it judged another version of the dataset'
  if (set.promptSha256 === undefined) return 'not comparable: its prompt is not recorded'
  if (other.promptSha256 === undefined) return 'not comparable: the prompt of the ticked run is not recorded'
  return `not comparable: another prompt (prompt_sha256 ${set.promptSha256.slice(0, 8)}…, the ticked runs have ${other.promptSha256.slice(0, 8)}…)`
}
