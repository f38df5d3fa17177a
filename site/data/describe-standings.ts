import { checkComparable, paretoFront, type FieldComparison, type RunMeta } from 'registry'
import type { Standing, Standings } from './page-data.ts'
import { pageName } from './page-name.ts'

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
