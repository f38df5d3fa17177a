import { checkComparable, paretoFront, type FieldComparison, type RunMeta } from 'registry'
import type { DatasetPage, RunPage } from './page-data.ts'
import { pageName } from './page-name.ts'

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

/** Of a dataset's preselected runs, on the rubric's primary field; undefined where none can be compared. */
export function standingsOf(
  { agreement, labelProblem }: Pick<DatasetPage, 'agreement' | 'labelProblem'>,
  runs: readonly Pick<RunPage, 'meta'>[],
): Standings | undefined {
  const [primary] = agreement?.fields ?? []
  if (!agreement || !primary) return undefined
  const metas = agreement.runs.flatMap(
    ({ run_id: runId }) => runs.find(({ meta }) => meta.run_id === runId)?.meta ?? [],
  )
  return describeStandings(primary.comparison, metas, labelProblem === undefined ? [] : [labelProblem])
}

/**
 * How fast and how well the runs of one comparison are, on one field. Well is accuracy where there are labels that
 * weren't picked by disagreement, else agreement with the other runs: 1 − the mean distance to them, on the items
 * usable in all (MEASURES). Best first. Pure.
 * @param metas in the order of the comparison's runs
 */
export function describeStandings(comparison: FieldComparison, metas: readonly RunMeta[], notes: string[]): Standings {
  const { labels, items } = comparison
  const fair = labels && labels.labelled > 0 ? labels : undefined
  const quality = fair ? qualityByLabels(comparison) : qualityByOthers(comparison)
  const peers = findPeers(metas)
  const rates = metas.map(({ execution }) => execution.req_per_sec)
  const front = paretoFront(
    metas.map((_, run) => ({
      quality: quality.of[run]?.value ?? null,
      speed: (peers.has(run) ? rates[run] : undefined) ?? null,
    })),
  )
  const runs = metas.map((meta, run): Standing => {
    const usable = comparison.runs[run]?.usable
    const rate = rates[run]
    const measured = quality.of[run]
    return {
      runId: meta.run_id,
      page: pageName(meta.run_id),
      model: meta.model.name,
      ...(rate === undefined ? {} : { reqPerSec: rate }),
      ...(usable === undefined || items.total === 0 ? {} : { usable: usable / items.total }),
      ...(measured ? { quality: measured } : {}),
      sameSetup: peers.has(run),
      onFront: fair !== undefined && peers.size > 1 && front[run] === true,
    }
  })
  const { value, low, high } = comparison.all.usable
  return {
    field: { name: comparison.field, title: comparison.title ?? comparison.field.replaceAll('_', ' ') },
    quality: fair ? 'accuracy' : 'agreement',
    items: quality.items,
    ...(value === null || metas.length < 2 ? {} : { alpha: { value, low, high } }),
    ...(fair?.commonest
      ? { commonest: { value: fair.commonest.value, share: fair.commonest.count / fair.labelled } }
      : {}),
    setupDiffers: peers.size === metas.length ? [] : differencesOf(metas),
    runs: runs.sort((a, b) => (b.quality?.value ?? -1) - (a.quality?.value ?? -1)),
    notes,
  }
}

interface Qualities {
  /** what they were counted on */
  items: number
  /** by run */
  of: (Standing['quality'] | undefined)[]
}

function qualityByLabels({ labels }: FieldComparison): Qualities {
  return {
    items: labels?.labelled ?? 0,
    of: (labels?.runs ?? []).map(({ usable: { accuracy, low, high } }) =>
      accuracy === null || low === null || high === null ? undefined : { value: accuracy, low, high },
    ),
  }
}

function qualityByOthers({ ranking, pairs, runs }: FieldComparison): Qualities {
  const [pair] = pairs
  if (pair && pairs.length === 1) {
    const { distance, paired } = pair.usable
    return { items: paired, of: runs.map(() => (distance === null ? undefined : { value: 1 - distance })) }
  }
  if (ranking?.by !== 'distance') return { items: 0, of: [] }
  const scores = new Map(ranking.runs.map(({ run_id: runId, score }) => [runId, score]))
  return {
    items: ranking.items,
    of: runs.map(({ run_id: runId }) => {
      const score = scores.get(runId)
      return score === undefined ? undefined : { value: 1 - score }
    }),
  }
}

/** Places of the most runs whose speeds may be compared with each other; none where no two may. */
export function findPeers(metas: readonly RunMeta[]): ReadonlySet<number> {
  const groups: number[][] = []
  for (const [place, meta] of metas.entries()) {
    const own = groups.find(([first]) => {
      const other = first === undefined ? undefined : metas[first]
      return other !== undefined && checkComparable([other, meta]).speed.length === 0
    })
    if (own) own.push(place)
    else groups.push([place])
  }
  const most = groups.reduce<number[]>((best, group) => (group.length > best.length ? group : best), [])
  return new Set(most.length > 1 || metas.length === 1 ? most : [])
}

/** What differs between the runs' setups, in words: `engine arguments`, `concurrency`. */
function differencesOf(metas: readonly RunMeta[]): string[] {
  return checkComparable(metas).speed.map((line) => {
    const [what = line, rest = ''] = line.split(': ')
    return rest.startsWith('absent') ? `${what} not recorded` : what
  })
}
