import type { RunPage } from './page-data.ts'

/** Runs whose verdicts may be set side by side: they saw the same items and were asked the same. */
export interface PromptGroup {
  /** newest first */
  runs: RunPage[]
  /** what they were asked by */
  rubric: string
  /** tells prompts of one rubric apart */
  prompt?: string
  /** why they can't stand beside the first group's; undefined for that one */
  apart?: string
}

/**
 * A dataset's runs by dataset digest and prompt_sha256: first the group of the run named, else of the newest one. A run
 * that doesn't say what it was asked stands alone. Pure.
 * @param runs newest first
 */
export function groupByPrompt(runs: readonly RunPage[], first?: string): PromptGroup[] {
  const groups: RunPage[][] = []
  for (const run of runs) {
    const known = groups.find(([other]) => other && whyApart(run, other) === undefined)
    if (known) known.push(run)
    else groups.push([run])
  }
  const head = groups.find((group) => group.some(({ meta }) => meta.run_id === first)) ?? groups[0]
  return groups
    .toSorted((a, b) => Number(b === head) - Number(a === head))
    .map((group) => describeGroup(group, head?.[0]))
}

function describeGroup(runs: RunPage[], first: RunPage | undefined): PromptGroup {
  const [run] = runs
  const apart = run && first && run !== first ? whyApart(run, first) : undefined
  const prompt = run?.meta.dataset.prompt_sha256?.slice(0, 8)
  return {
    runs,
    rubric: run?.rubric?.title ?? run?.meta.dataset.rubric ?? 'an unrecorded rubric',
    ...(prompt === undefined ? {} : { prompt }),
    ...(apart === undefined ? {} : { apart }),
  }
}

/** Why two runs' verdicts can't be set side by side; undefined where they can. */
function whyApart({ meta: { dataset } }: RunPage, { meta: { dataset: other } }: RunPage): string | undefined {
  if (dataset.sha256 !== other.sha256) return 'another version of the dataset'
  if (dataset.prompt_sha256 === undefined) return 'nobody recorded what the model was asked'
  if (other.prompt_sha256 === undefined) return 'nobody recorded what the others were asked'
  return dataset.prompt_sha256 === other.prompt_sha256 ? undefined : 'another prompt'
}
