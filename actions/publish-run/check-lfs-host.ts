import { datasetSchema, parseYaml, policySchema, UserError, type Policy, type RunMeta } from 'registry'
import { catalogFolders, policyPath, stemOf } from 'registry/node'
import { git } from '../adapters/git.ts'
import { blobAt } from '../adapters/git-plumbing.ts'
import { foreignHost } from '../adapters/foreign-host.ts'

/**
 * How a run's rows are to be handled: personal when its meta or its dataset's entry at a commit says so, or when there is
 * no entry that would say otherwise. What ran the model wrote the meta.
 */
export async function privacyAt(
  ledger: string,
  commit: string,
  prefix: string,
  { dataset }: Pick<RunMeta, 'dataset'>,
): Promise<RunMeta['dataset']['privacy']> {
  const path = `${catalogFolders.datasets}/${stemOf(dataset.name)}.yaml`
  const blob = await blobAt(ledger, commit, prefix + path)
  if (blob === undefined) return 'personal'
  const { value } = parseYaml(await git(ledger, ['cat-file', 'blob', blob]), path, datasetSchema)
  return (value?.privacy ?? 'personal') === 'personal' ? 'personal' : dataset.privacy
}

/** The policy of a commit, not of the working tree; only personal rows are bound by it. @throws UserError when it can't be read */
export async function policyAt(
  ledger: string,
  commit: string,
  prefix: string,
  privacy: RunMeta['dataset']['privacy'],
): Promise<Policy> {
  if (privacy !== 'personal') return policySchema.parse({})
  const blob = await blobAt(ledger, commit, prefix + policyPath)
  if (blob === undefined) return policySchema.parse({})
  const { value, problems } = parseYaml(await git(ledger, ['cat-file', 'blob', blob]), policyPath, policySchema)
  if (value === undefined) throw new UserError('the policy on main can’t be read', problems)
  return value
}

/**
 * Personal rows reach this machine and the LFS hosts of main's policy, nothing else.
 * @param urls where rows would go: an LFS address, or the targets a server names for uploads
 */
export function checkLfsHosts(
  urls: readonly string[],
  privacy: RunMeta['dataset']['privacy'],
  policy: Policy,
): string[] {
  if (privacy !== 'personal') return []
  const allowed = policy.allow_hosts.lfs
  const refused = [...new Set(urls.map(foreignHost))].filter((host) => host !== undefined && !allowed.includes(host))
  return refused.map(
    (host) =>
      `${host}: may not be sent personal rows: ${policyPath} on main allows ${['loopback', ...allowed].join(', ')}; add the host to allow_hosts.lfs through a reviewed change, or keep the rows on a server of yours (lfs.url in .lfsconfig on main)`,
  )
}
