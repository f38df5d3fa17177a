import { formatBytes, formatCount } from 'registry'
import { policyPath } from 'registry/node'
import type { AddedRun, ChangeRules } from './check-change.ts'
import { isPersonal } from './check-meta.ts'
import type { MainLedger } from './read-change.ts'
import { foreignHost } from '../adapters/foreign-host.ts'

/** What runs weigh in LFS, in bytes. An object that several runs name counts once. */
export interface StoreWeight {
  /** of the runs on main */
  main: number
  /** what the change adds */
  added: number
  budget?: number
  /** how many more runs of this change's size fit the budget */
  moreRuns?: number
}

/** Pure. */
export function weighStore({ catalog, runs }: MainLedger, added: readonly Pick<AddedRun, 'meta'>[]): StoreWeight {
  const objects = new Map<string, number>()
  const weigh = (metas: readonly Pick<AddedRun, 'meta'>[]) => {
    for (const { meta } of metas)
      for (const part of ['results', 'log'] as const) objects.set(meta.files.sha256[part], meta.files.bytes[part])
    return [...objects.values()].reduce((sum, bytes) => sum + bytes, 0)
  }
  const main = weigh(runs)
  const bytes = weigh(added) - main
  const budget = catalog.policy.lfs.budget_bytes
  if (budget === undefined) return { main, added: bytes }
  const left = Math.max(0, budget - main - bytes)
  return { main, added: bytes, budget, ...(bytes > 0 ? { moreRuns: Math.floor((left * added.length) / bytes) } : {}) }
}

/** The store against main's policy: its budget, and where personal rows may lie. Pure. */
export function checkStore(
  { catalog }: MainLedger,
  runs: readonly AddedRun[],
  { main, added, budget }: StoreWeight,
  { lfsUrl }: ChangeRules,
): string[] {
  const problems: string[] = []
  if (budget !== undefined && added > 0 && main + added > budget)
    problems.push(
      `${policyPath}: lfs.budget_bytes is ${formatCount(budget)}, with this change the runs weigh ${formatCount(main + added)} (${formatBytes(main + added - budget)} too much): raise the budget through a reviewed change, or erase what is no longer needed`,
    )
  const personal = runs.filter(({ meta }) => isPersonal(meta, catalog))
  if (personal.length === 0) return problems
  const host = lfsUrl === undefined ? undefined : foreignHost(lfsUrl)
  const allowed = catalog.policy.allow_hosts.lfs
  for (const { metaPath } of personal)
    if (lfsUrl === undefined)
      problems.push(
        `${metaPath}: the rows are personal, and where LFS keeps them is not known: set lfs.url in .lfsconfig on main`,
      )
    else if (host !== undefined && !allowed.includes(host))
      problems.push(
        `${metaPath}: the rows are personal, and LFS keeps them at ${host}: registry/policy.yaml allows ${['loopback', ...allowed].join(', ')}; add the host to allow_hosts.lfs through a reviewed change, or keep them elsewhere`,
      )
  return problems
}
