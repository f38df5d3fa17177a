import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { UserError, type RunMeta } from 'registry'
import { checkPlace, digestFile, metaPathOf } from 'registry/node'
import { committerEnv, git, GitError, resolveRef } from '../adapters/git.ts'
import { confirmObjects, pushObjects, storeObject } from '../adapters/lfs.ts'
import { publishedMark, readSpooledBundle } from '../adapters/spool.ts'
import { readLock } from '../run-batch/job-lock.ts'

export interface PublishInputs {
  /** the ledger's folder: a Git repository, or a folder of one */
  ledger: string
  spool: string
  runId: string
  remote: string
}

export interface PublishOutcome {
  runId: string
  branch: string
  commit: string
  /** true when the branch, or main, had this very bundle already */
  already: boolean
}

type Part = 'results' | 'log'
const parts: readonly Part[] = ['results', 'log']

/**
 * Publishes a spooled run: objects into the remote's LFS store first, then a commit of pointers and meta on
 * `runs/<run_id>`, then the objects confirmed. The working tree and its index are never touched. May be repeated.
 * @throws UserError with every fault of the bundle, or naming what the remote refused
 */
export async function publishRun(inputs: PublishInputs): Promise<PublishOutcome> {
  const runFolder = join(inputs.spool, inputs.runId)
  const bundle = await readSpooledBundle(inputs.spool, inputs.runId)
  const prefix = await ledgerPrefix(inputs.ledger)
  const owner = await readLock(runFolder)
  const problems = [
    ...(owner ? [`${inputs.runId}: process ${owner.pid} on ${owner.host} is at it: wait for its end`] : []),
    ...(await checkBundle(bundle)),
    ...(await checkRemote(inputs)),
  ]
  if (problems.length > 0) throw new UserError('the bundle is not publishable', problems)
  const { meta } = bundle
  const base = await fetchMain(inputs.ledger, inputs.remote)
  const branch = `runs/${meta.run_id}`
  const contents = await storeContents(inputs.ledger, bundle)
  await refuseRewrite(inputs, base, contents)
  const tree = await buildTree(inputs.ledger, base, prefix, contents)
  const paths = parts.map((part) => prefix + meta.files[part])

  const merged = tree === (await git(inputs.ledger, ['rev-parse', `${base}^{tree}`])).trim()
  const published = merged ? base : await findPublished(inputs, branch, prefix, contents)
  await pushObjects(inputs.ledger, inputs.remote, contents.oids)
  const commit = published ?? (await commitAndPush(inputs, { base, tree, branch, meta }))
  await confirmObjects(inputs.ledger, inputs.remote, merged ? 'refs/heads/main' : `refs/heads/${branch}`, paths)
  await writeFile(join(runFolder, publishedMark), `${JSON.stringify({ remote: inputs.remote, branch, commit })}\n`)
  return { runId: meta.run_id, branch, commit, already: published !== undefined }
}

/** A remote is a name this repository knows, so that no option of Git can hide in it. */
async function checkRemote({ ledger, remote }: PublishInputs): Promise<string[]> {
  const known = (await git(ledger, ['remote'])).split('\n').filter(Boolean)
  if (known.includes(remote)) return []
  const list = known.length === 0 ? 'there is none' : `known: ${known.join(', ')}`
  return [`--remote ${JSON.stringify(remote)}: no such remote; ${list}; add it with git remote add NAME URL`]
}

/** The blob at a path of a commit, or undefined where there is none. @param path relative to the ledger */
async function blobAt(ledger: string, commit: string, path: string): Promise<string | undefined> {
  return (await git(ledger, ['ls-tree', commit, '--', path])).split(/\s/)[2]
}

/** A run that is on main is write-once. @throws UserError when main holds other bytes at one of its paths */
async function refuseRewrite(inputs: PublishInputs, base: string, { blobs }: Contents): Promise<void> {
  const problems: string[] = []
  for (const [path, blob] of blobs) {
    const there = await blobAt(inputs.ledger, base, path)
    if (there !== undefined && there !== blob)
      problems.push(
        `${path}: stands on main with other content, and a run is write-once once it is merged: make a new run of it with batchledger run … --continues ${inputs.runId}`,
      )
  }
  if (problems.length > 0) throw new UserError('the run is on main already', problems)
}

/** Every fault of a bundle: its place, its digests. */
async function checkBundle({ folder, meta }: { folder: string; meta: RunMeta }): Promise<string[]> {
  const problems = checkPlace(meta, metaPathOf(meta))
  for (const part of parts) {
    const path = meta.files[part]
    const found = await digestFile(join(folder, path)).catch(() => undefined)
    if (!found) problems.push(`${join(folder, path)}: the meta names it, no such file: the bundle is damaged`)
    else if (found.sha256 !== meta.files.sha256[part])
      problems.push(
        `${join(folder, path)}: sha256 is ${found.sha256.slice(0, 12)}…, the meta has ${meta.files.sha256[part].slice(0, 12)}…: the file was changed after the run`,
      )
  }
  return problems
}

/** Where the ledger lies inside its repository: '' or 'some/folder/'. @throws UserError when it is in none */
async function ledgerPrefix(ledger: string): Promise<string> {
  try {
    return (await git(ledger, ['rev-parse', '--show-prefix'])).trim()
  } catch (error) {
    if (!(error instanceof GitError)) throw error
    throw new UserError('the ledger is not a Git repository', [`${ledger}: ${error.stderr}: make one with git init`])
  }
}

/** The commit of the remote's main. @throws UserError when there is no such remote or branch */
async function fetchMain(ledger: string, remote: string): Promise<string> {
  try {
    await git(ledger, ['fetch', '--quiet', remote, `+refs/heads/main:refs/remotes/${remote}/main`])
  } catch (error) {
    if (!(error instanceof GitError)) throw error
    throw new UserError('the remote’s main can’t be read', [
      `--remote ${remote}: ${error.stderr}: add the remote (git remote add ${remote} URL) and push main to it first`,
    ])
  }
  const base = await resolveRef(ledger, `refs/remotes/${remote}/main`)
  if (base === undefined) throw new Error(`${remote}/main was fetched and isn't there`)
  return base
}

interface Contents {
  /** path relative to the ledger → blob id */
  blobs: Map<string, string>
  oids: string[]
}

async function storeContents(ledger: string, { folder, meta }: { folder: string; meta: RunMeta }): Promise<Contents> {
  const blobs = new Map<string, string>()
  const oids: string[] = []
  for (const part of parts) {
    const path = meta.files[part]
    const pointer = await storeObject(ledger, path, join(folder, path))
    if (pointer.oid !== undefined) oids.push(pointer.oid)
    blobs.set(path, await writeBlob(ledger, pointer.text))
  }
  const metaPath = metaPathOf(meta)
  blobs.set(metaPath, await writeBlob(ledger, await readFile(join(folder, metaPath), 'utf8')))
  return { blobs, oids }
}

async function writeBlob(ledger: string, text: string): Promise<string> {
  return (await git(ledger, ['hash-object', '-w', '--stdin'], { input: Readable.from([text]) })).trim()
}

/** Main's tree with the bundle added, in an index of its own. @throws UserError when rows would not travel as pointers */
async function buildTree(ledger: string, base: string, prefix: string, { blobs }: Contents): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'batchledger-index-'))
  const env = { GIT_INDEX_FILE: join(folder, 'index') }
  try {
    await git(ledger, ['read-tree', base], { env })
    for (const [path, blob] of blobs) {
      if (!path.endsWith('.meta.json')) {
        const attributes = await git(ledger, ['check-attr', '--cached', 'filter', '--', path], { env })
        if (!attributes.trim().endsWith(': lfs'))
          throw new UserError('rows would not travel as LFS pointers', [
            `.gitattributes on main: ${path} has no filter=lfs: add "results/**/*.jsonl filter=lfs diff=lfs merge=lfs -text", and the same for *.log, and push it to main`,
          ])
      }
      await git(ledger, ['update-index', '--add', '--cacheinfo', `100644,${blob},${prefix}${path}`], { env })
    }
    return (await git(ledger, ['write-tree'], { env })).trim()
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** The commit of a branch that holds this very bundle already. @throws UserError when it holds another one */
async function findPublished(
  inputs: PublishInputs,
  branch: string,
  prefix: string,
  { blobs }: Contents,
): Promise<string | undefined> {
  const listed = await git(inputs.ledger, ['ls-remote', inputs.remote, `refs/heads/${branch}`])
  const commit = listed.split('\t')[0]?.trim()
  if (!commit) return undefined
  await git(inputs.ledger, ['fetch', '--quiet', inputs.remote, `refs/heads/${branch}`])
  for (const [path, blob] of blobs) {
    if ((await blobAt(inputs.ledger, commit, path).catch(() => undefined)) !== blob)
      throw new UserError('the branch holds something else', [
        `${inputs.remote}/${branch}: ${prefix}${path} differs from the bundle: look at the branch; delete it if it is stale, then publish again`,
      ])
  }
  return commit
}

async function commitAndPush(
  inputs: PublishInputs,
  change: { base: string; tree: string; branch: string; meta: RunMeta },
): Promise<string> {
  const { meta } = change
  const at = meta.execution.completed_at
  const subject = `Add run ${meta.run_id}`
  const body = `${meta.model.name} over ${meta.dataset.name}: ${meta.status}, ${meta.results.success} of ${meta.results.total} rows answered`
  const commit = await git(inputs.ledger, ['commit-tree', change.tree, '-p', change.base, '-m', subject, '-m', body], {
    env: { ...(await committerEnv(inputs.ledger)), GIT_AUTHOR_DATE: at, GIT_COMMITTER_DATE: at },
  })
  try {
    // the objects are on the server: the LFS hook has nothing to add
    await git(inputs.ledger, [
      'push',
      '--quiet',
      '--no-verify',
      inputs.remote,
      `${commit.trim()}:refs/heads/${change.branch}`,
    ])
  } catch (error) {
    if (!(error instanceof GitError)) throw error
    throw new UserError('the push was refused', [
      `${inputs.remote}: ${error.stderr}: publish again; the bundle is kept`,
    ])
  }
  return commit.trim()
}
