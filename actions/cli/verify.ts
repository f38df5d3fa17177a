import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Command } from 'commander'
import { UserError } from 'registry'
import { cacheFolder } from '../adapters/cache-folder.ts'
import { defaultSpool } from '../adapters/spool.ts'
import { fixDerived } from '../verify-results/fix-derived.ts'
import { firstOf, spoolMetas, spoolObjects } from '../verify-results/object-sources.ts'
import { openRemoteObjects } from '../verify-results/remote-objects.ts'
import { verifyChange, type ChangeOutcome } from '../verify-results/verify-change.ts'
import { verifyResults } from '../verify-results/verify-results.ts'
import { formatTable } from './format-table.ts'
import { findLedger, withLedger, type LedgerOptions } from './options.ts'
import { runVerb, type VerbResult } from './verb.ts'

interface VerifyOptions extends LedgerOptions {
  base?: string
  head?: string
  full?: boolean
  comment?: string
  fix?: boolean
  remote: string
  spool: string
}

export function addVerify(program: Command): void {
  withLedger(program.command('verify [runs...]'))
    .description(
      'check runs against themselves (schema, path, digests, accounting recounted from the rows), or a change to the ledger against main’s rules; changes nothing but, with --fix, what is derived',
    )
    .option('--fix', 'write the index anew where it doesn’t say what the metas say; nothing of a run, ever')
    .option('--base <ref>', 'main: its catalog and policy judge the change')
    .option('--head <ref>', 'the change’s last commit, fetched; it is never checked out')
    .option('--full', 'recount the change’s figures from its rows (out of the spool, else fetched through LFS)')
    .option('--comment <file>', 'write the change’s verification as Markdown, as a pull request gets it')
    .option('--remote <name>', 'the Git remote whose LFS store holds the change’s objects', 'origin')
    .option('--spool <dir>', 'where the run lies, if it does', defaultSpool(process.env))
    .addHelpText(
      'after',
      `
Without runs: all of them, the catalog and the index. With --base and --head: what lies between the two.
Exit code 1 when something does not hold.

Examples:
  $ batchledger verify --ledger examples/ledger
  $ batchledger verify --fix
  $ git fetch origin main runs/RUN && batchledger verify --base origin/main --head FETCH_HEAD --full`,
    )
    .action((runIds: string[], options: VerifyOptions) =>
      runVerb(options, () => (isChange(runIds, options) ? verifyOneChange(options) : verifyRuns(runIds, options))),
    )
}

/** @throws UserError when it is neither a list of runs nor a change */
function isChange(runIds: readonly string[], { base, head, full, comment, fix }: VerifyOptions): boolean {
  if (base === undefined && head === undefined && full === undefined && comment === undefined) {
    if (fix !== true || runIds.length === 0) return false
    throw new UserError('what should be verified?', ['--fix: the index is of all runs; leave the run ids out'])
  }
  const problems = [
    ...(fix === true ? ['--fix: a change is only judged; leave it out'] : []),
    ...(base === undefined ? ['--base: is missing, a change needs both ends: e.g. --base origin/main'] : []),
    ...(head === undefined ? ['--head: is missing, a change needs both ends: e.g. --head origin/runs/RUN'] : []),
    ...(runIds.length > 0 ? ['runs: a change names its own; leave them out'] : []),
  ]
  if (problems.length > 0) throw new UserError('what should be verified?', problems)
  return true
}

async function verifyRuns(runIds: readonly string[], options: VerifyOptions): Promise<VerbResult> {
  const ledger = await findLedger(options)
  const fixes = options.fix === true ? await fixDerived({ ledger }) : undefined
  const outcome = await verifyResults({ ledger, runIds })
  const faulty = outcome.runs.filter((run) => !run.ok)
  const lines = [...outcome.problems, ...faulty.flatMap((run) => run.problems)]
  return {
    json: { ...outcome, ...fixes },
    text: [
      ...(fixes ? [...fixes.fixed.map((line) => `fixed: ${line}`), ...fixes.unfixed] : []),
      ...lines,
      `${outcome.runs.length} runs checked, ${faulty.length === 0 && outcome.ok ? 'all hold' : `${faulty.length} with faults, ${lines.length} faults in all`}`,
    ].join('\n'),
    exitCode: outcome.ok ? 0 : 1,
  }
}

async function verifyOneChange(options: VerifyOptions): Promise<VerbResult> {
  const { base = '', head = '', full, spool, remote } = options
  const repository = await findLedger(options)
  const { askObjects, placeObject, lfsUrl } = await openRemoteObjects(repository, {
    remote,
    base,
    store: join(cacheFolder(process.env), 'objects'),
  })
  const outcome = await verifyChange(
    { repository, base, head, mode: full === true ? 'full' : 'row-free', lfsUrl },
    {
      ...(askObjects ? { askObjects } : {}),
      placeObject: firstOf(spoolObjects(spool), placeObject),
      readOwnMeta: spoolMetas(spool),
    },
  )
  if (options.comment !== undefined) await writeFile(options.comment, outcome.comment)
  return { json: describeChange(outcome), text: tellChange(outcome), exitCode: outcome.ok ? 0 : 1 }
}

function describeChange({
  ok,
  kind,
  mode,
  base,
  head,
  faults,
  runs,
  store,
  checked,
  unchecked,
}: ChangeOutcome): object {
  return {
    ok,
    kind,
    mode,
    base,
    head,
    faults,
    runs: runs.map(({ meta, comparable, gates }) => ({
      run_id: meta.run_id,
      comparable: comparable.verdicts.run?.run_id ?? null,
      gates,
    })),
    lfs: {
      main: { bytes: store.main },
      added: { bytes: store.added },
      ...(store.budget === undefined ? {} : { budget_bytes: store.budget }),
      ...(store.moreRuns === undefined ? {} : { more_runs: store.moreRuns }),
    },
    checked,
    unchecked,
  }
}

function tellChange({ description, faults, runs, checked, unchecked }: ChangeOutcome): string {
  const gates = runs.flatMap((run) => run.gates)
  const table = gates.map(({ gate, ok, reason }) => [ok === null ? 'not judged' : ok ? 'met' : 'NOT MET', gate, reason])
  return [
    ...faults,
    ...(table.length > 0 ? [formatTable([['', 'gate', 'found'], ...table])] : []),
    `checked: ${checked.join(', ')}`,
    ...(unchecked.length > 0 ? [`not checked: ${unchecked.join('; ')}`] : []),
    description,
  ].join('\n')
}
