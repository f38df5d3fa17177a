import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import type { RunMeta } from 'registry'
import { git } from '../../actions/adapters/git.ts'
import { publishRun } from '../../actions/publish-run/publish-run.ts'
import { registerRuns } from '../../actions/register-runs/register-runs.ts'
import { addRun } from './add-run.ts'
import { addRemote, makeLedger, type TestLedger } from './make-ledger.ts'
import type { TestRun } from './run-test-batch.ts'
import { writeLedger } from './write-ledger.ts'

export interface TestChange {
  ledger: TestLedger
  /** the bare remote's folder */
  remote: string
  /** main's commit, with an earlier run and its index */
  base: string
  /** the commit on runs/<run_id>, made by publishRun */
  head: string
  /** the earlier run, on main */
  before: RunMeta
  meta: RunMeta
}

type RunOptions = TestRun & { salt?: number }

/** A ledger whose main holds a run and its index, and a second run published on its branch. `prepare` writes into main. */
export async function makeChange(
  options: {
    /** where it is made; without it in a folder that is removed when the test ends */
    root?: string
    before?: RunOptions
    run?: RunOptions
    prepare?: (ledger: TestLedger) => Promise<void>
  } = {},
): Promise<TestChange> {
  const ledger = options.root === undefined ? await makeLedger(5) : await writeLedger(options.root, 5)
  await options.prepare?.(ledger)
  const remote = await addRemote(ledger)
  const before = await addRun(ledger, { at: '2026-11-20T08:00:00Z', ...options.before })
  await publishRun({ ledger: ledger.folder, spool: ledger.spool, runId: before.runId, remote: 'origin' })
  await git(ledger.folder, ['fetch', '--quiet', 'origin', `runs/${before.runId}`])
  await registerRuns({ ledger: ledger.folder })
  await git(ledger.folder, ['add', '--all'])
  await git(ledger.folder, ['commit', '--quiet', '-m', 'Merge and register'])
  await git(ledger.folder, ['push', '--quiet', 'origin', 'main'])
  const run = await addRun(ledger, { at: '2026-11-21T08:00:00Z', salt: 1, ...options.run })
  const { commit } = await publishRun({
    ledger: ledger.folder,
    spool: ledger.spool,
    runId: run.runId,
    remote: 'origin',
  })
  // the bundle was laid into results/ as a merge would; here it is not merged
  await git(ledger.folder, ['clean', '--quiet', '--force', '-d', 'results'])
  const base = (await git(ledger.folder, ['rev-parse', 'main'])).trim()
  return { ledger, remote, base, head: commit, before: before.meta, meta: run.meta }
}

export interface Edit {
  path: string
  /** the file's new text; without it the path is deleted */
  text?: string
  mode?: string
}

/** A commit of `tree` (a commit's, by default) with edits, made by plumbing on top of `parent`. @returns the commit */
export async function commitEdits(
  folder: string,
  { parent, tree, edits }: { parent: string; tree: string; edits: readonly Edit[] },
): Promise<string> {
  const scratch = await mkdtemp(join(tmpdir(), 'batchledger-index-'))
  const env = { GIT_INDEX_FILE: join(scratch, 'index') }
  try {
    await git(folder, ['read-tree', tree], { env })
    for (const { path, text, mode = '100644' } of edits) {
      if (text === undefined) {
        await git(folder, ['update-index', '--force-remove', '--', path], { env })
        continue
      }
      const oid =
        mode === '160000'
          ? parent
          : (await git(folder, ['hash-object', '-w', '--stdin'], { input: Readable.from([text]) })).trim()
      await git(folder, ['update-index', '--add', '--cacheinfo', `${mode},${oid},${path}`], { env })
    }
    const made = (await git(folder, ['write-tree'], { env })).trim()
    return (await git(folder, ['commit-tree', made, '-p', parent, '-m', 'Change'])).trim()
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}
