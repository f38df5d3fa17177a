import { parseJson, runMetaSchema, UserError } from 'registry'
import { checkPlace, readCatalog, type Catalog, type LedgerRun } from 'registry/node'
import {
  diffCommits,
  listNewBlobs,
  listTree,
  readBlobs,
  type ChangedPath,
  type TreeEntry,
} from '../adapters/git-objects.ts'
import { git, GitError, resolveRef } from '../adapters/git.ts'
import { inScratch, layOutCatalog } from './lay-out-ledger.ts'

/** Above this a meta is none: ours hold some kilobytes. */
export const mostMetaBytes = 1 << 20
/** A pointer is shorter (git-lfs, docs/spec.md: less than 1024 bytes). */
const mostPointerBytes = 1024

/** A change as Git has it, read by plumbing alone: nothing of it is checked out or run. Paths are relative to the ledger. */
export interface Change {
  /** main's commit, the change's last one, and where they parted */
  base: string
  head: string
  mergeBase: string
  /** they parted in several points: a merge may then bring more than what differs from one of them */
  crissCross: boolean
  /** the ledger's folder in its repository: '' or `some/folder/` */
  prefix: string
  /** what differs between `mergeBase` and `head`; those outside the ledger's folder start with `../` */
  paths: (ChangedPath & { size: number })[]
  /** contents of small files that the change adds or changes below results/: path → text */
  texts: ReadonlyMap<string, string>
  /** paths whose content stands in a commit of the change, but not at its end */
  passing: string[]
  /** results/ as main has it, and as `head` has it */
  mainEntries: ReadonlyMap<string, TreeEntry>
  headEntries: ReadonlyMap<string, TreeEntry>
  main: MainLedger
  /** the runs of `head`, read only where its index is changed: it must say what they say */
  headRuns?: LedgerRun[]
}

export interface MainLedger {
  catalog: Catalog
  /** newest first; metas that can't be believed are left out */
  runs: LedgerRun[]
}

/**
 * Reads a change and the main it would come to. @param repository the ledger's folder: a Git repository (bare or not)
 * that holds both commits, or a folder of one
 * @throws UserError when a commit is not there or they have nothing in common
 */
export async function readChange(inputs: { repository: string; base: string; head: string }): Promise<Change> {
  const { repository } = inputs
  const prefix = (await git(repository, ['rev-parse', '--show-prefix'])).trim()
  const [base, head] = await resolveBoth(inputs)
  const [mergeBase = '', ...otherBases] = await findMergeBases(repository, base, head)
  const inLedger = (path: string) => (path.startsWith(prefix) ? path.slice(prefix.length) : `../${path}`)
  const changed = await diffCommits(repository, mergeBase, head)
  // a folder that only differs in letter case from results/ is told too, so the trees are listed whole
  const listResults = async (commit: string) => {
    const found = new Map<string, TreeEntry>()
    for (const { path: place, mode, oid, size } of await listTree(repository, commit, prefix)) {
      const path = inLedger(place)
      if (isResult({ path })) found.set(path, { path, mode, oid, size })
    }
    return found
  }
  const [mainEntries, headEntries] = await Promise.all([listResults(base), listResults(head)])
  const paths = changed.map(({ path: place, status, mode, oid }) => {
    const path = inLedger(place)
    return { path, status, mode, oid, size: headEntries.get(path)?.size ?? 0 }
  })
  const wanted = paths.filter(({ path, status, mode, size }) => {
    const most = path.endsWith('.json') ? mostMetaBytes : mostPointerBytes
    return isResult({ path }) && status !== 'deleted' && mode.startsWith('100') && size <= most
  })
  const blobs = await readBlobs(repository, [...new Set(wanted.map(({ oid }) => oid))])
  const catalog = await inScratch(undefined, async (folder) => {
    await layOutCatalog({ repository, commit: base, prefix }, folder)
    return readCatalog(folder)
  })
  return {
    base,
    head,
    mergeBase,
    crissCross: otherBases.length > 0,
    prefix,
    paths,
    texts: new Map(wanted.map(({ path, oid }) => [path, blobs.get(oid)?.toString('utf8') ?? ''])),
    passing: await findPassing(repository, base, head, inLedger),
    mainEntries,
    headEntries,
    main: { catalog, runs: await readRunsOf(repository, mainEntries) },
    ...(paths.some(({ path }) => path.endsWith('/metadata.json'))
      ? { headRuns: await readRunsOf(repository, headEntries) }
      : {}),
  }
}

/** Below results/, whatever the letter case: where case doesn't count, it is the same folder. */
export function isResult({ path }: { path: string }): boolean {
  return /^results(\/|$)/i.test(path)
}

async function resolveBoth({ repository, base, head }: Parameters<typeof readChange>[0]): Promise<[string, string]> {
  const resolve = async (ref: string) => (/^[\w/.@][\w/.@^~-]*$/.test(ref) ? resolveRef(repository, ref) : undefined)
  const [from, to] = await Promise.all([resolve(base), resolve(head)])
  if (from !== undefined && to !== undefined) return [from, to]
  const unknown = [...(from === undefined ? [['base', base]] : []), ...(to === undefined ? [['head', head]] : [])]
  throw new UserError(
    'the change can’t be read',
    unknown.map(([name, ref]) => `${name} ${JSON.stringify(ref)}: no such commit here: fetch it first`),
  )
}

async function findMergeBases(repository: string, base: string, head: string): Promise<string[]> {
  try {
    return (await git(repository, ['merge-base', '--all', base, head])).trim().split('\n')
  } catch (error) {
    if (!(error instanceof GitError) || error.code !== 1) throw error
    throw new UserError('the change can’t be read', [
      `${head.slice(0, 12)}: has no commit in common with main (${base.slice(0, 12)}): fetch both whole (fetch-depth: 0), or make the branch out of main`,
    ])
  }
}

async function findPassing(
  repository: string,
  base: string,
  head: string,
  inLedger: (path: string) => string,
): Promise<string[]> {
  const brought = await listNewBlobs(repository, base, head)
  if (brought.size === 0) return []
  const kept = new Set((await listTree(repository, head, '')).map(({ oid }) => oid))
  return [...brought].filter(([oid]) => !kept.has(oid)).map(([, path]) => inLedger(path))
}

/** The runs whose metas stand in a tree, newest first. */
async function readRunsOf(repository: string, entries: ReadonlyMap<string, TreeEntry>): Promise<LedgerRun[]> {
  const metas = [...entries.values()].filter(
    ({ path, mode, size }) => path.endsWith('.meta.json') && mode === '100644' && size <= mostMetaBytes,
  )
  const blobs = await readBlobs(repository, [...new Set(metas.map(({ oid }) => oid))])
  const runs = metas.flatMap(({ path, oid }) => {
    const { value: meta } = parseJson(blobs.get(oid)?.toString('utf8') ?? '', path, runMetaSchema)
    return meta && checkPlace(meta, path).length === 0 ? [{ meta, metaPath: path }] : []
  })
  return runs.sort((a, b) => Date.parse(b.meta.execution.started_at) - Date.parse(a.meta.execution.started_at))
}
