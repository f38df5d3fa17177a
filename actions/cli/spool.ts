import type { Command } from 'commander'
import { UserError } from 'registry'
import { readGitAuth } from '../adapters/connect-forge.ts'
import { checkRemote } from '../adapters/git-plumbing.ts'
import { defaultSpool } from '../adapters/spool.ts'
import { clearMerged } from '../publish-run/clear-merged.ts'
import { publishRun } from '../publish-run/publish-run.ts'
import { dropSpooled } from '../spool/drop-spooled.ts'
import { listSpool, showSpooled, type SpooledJob } from '../spool/list-spool.ts'
import { formatTable } from './format-table.ts'
import { findLedger, findLedgerIfAny, withJson, withLedger, type LedgerOptions } from './options.ts'
import { runVerb } from './verb.ts'

interface SpoolOptions extends LedgerOptions {
  spool: string
}

/** `spool list | show | drop | clear | publish`: what waits on this machine until its run is on main. */
export function addSpool(program: Command): void {
  const spool = program.command('spool').description('what waits on this machine until its run is on main')
  const withSpool = (command: Command) => command.option('--spool <dir>', 'where runs lie', defaultSpool(process.env))

  withSpool(withJson(spool.command('list')))
    .description('every run of the spool, newest first')
    .action((options: SpoolOptions) =>
      runVerb(options, async () => {
        const jobs = await listSpool(options.spool)
        const rows = jobs.map((job) => [
          job.run_id,
          stateOf(job),
          String(job.answered),
          `${(job.bytes / 1e6).toFixed(1)} MB`,
        ])
        const text =
          jobs.length === 0
            ? `${options.spool}: empty`
            : formatTable([['run', 'state', 'answers', 'size'], ...rows], [2, 3])
        return { json: { spool: options.spool, jobs }, text }
      }),
    )

  withSpool(withJson(spool.command('show <run>')))
    .description('one run of the spool')
    .action((runId: string, options: SpoolOptions) =>
      runVerb(options, async () => {
        const job = await showSpooled(options.spool, runId)
        const rows = [
          ['run', job.run_id],
          ['state', stateOf(job)],
          [
            'job',
            Object.entries(job.key)
              .map(([name, value]) => `${name} ${value}`)
              .join(', '),
          ],
          ['created', job.created_at],
          ['answers', String(job.answered)],
          ['folder', job.folder],
        ]
        return { json: job, text: formatTable(rows) }
      }),
    )

  withSpool(withLedger(spool.command('drop <run>')))
    .description('remove a run from the spool: one that is in the ledger, or any with --force')
    .option('--force', 'its answers are in no ledger, and may be lost')
    .action((runId: string, options: SpoolOptions & { force?: boolean }) =>
      runVerb(options, async () => {
        const ledger = await findLedgerIfAny(options)
        const dropped = await dropSpooled({
          spool: options.spool,
          runId,
          ...(ledger === undefined ? {} : { ledger }),
          force: options.force === true,
        })
        return {
          json: { run_id: dropped.run_id, answered: dropped.answered, in_ledger: dropped.in_ledger },
          text: `dropped ${runId}`,
        }
      }),
    )

  withSpool(withLedger(spool.command('clear')))
    .description('remove the runs whose very bytes are on the remote’s main and whose objects its LFS server holds')
    .option('--remote <name>', 'the Git remote', 'origin')
    .action((options: SpoolOptions & { remote: string }) =>
      runVerb(options, async () => {
        const ledger = await findLedger(options)
        const known = (await checkRemote(ledger, options.remote)).length === 0
        const auth = known ? await readGitAuth(process.env, ledger, options.remote) : undefined
        const { cleared, kept } = await clearMerged({
          ledger,
          spool: options.spool,
          remote: options.remote,
          ...(auth === undefined ? {} : { auth }),
        })
        return {
          json: { cleared, kept: kept.map(({ runId, why }) => ({ run_id: runId, why })) },
          text: [
            ...kept.map(({ runId, why }) => `kept ${runId}: ${why}`),
            ...cleared.map((runId) => `cleared ${runId}`),
            `${cleared.length} cleared, ${kept.length} kept`,
          ].join('\n'),
        }
      }),
    )

  withSpool(withLedger(spool.command('publish')))
    .description('publish every run of the spool that has a bundle; each as `batchledger publish` does')
    .option('--remote <name>', 'the Git remote', 'origin')
    .action((options: SpoolOptions & { remote: string }) =>
      runVerb(options, async () => {
        const ledger = await findLedger(options)
        const ready = (await listSpool(options.spool)).filter(
          (job) => job.state === 'bundled' && job.key.shard === undefined,
        )
        const known = (await checkRemote(ledger, options.remote)).length === 0
        const auth = known ? await readGitAuth(process.env, ledger, options.remote) : undefined
        const published: object[] = []
        const problems: string[] = []
        for (const { run_id: runId } of ready) {
          try {
            const { branch, already } = await publishRun({
              ledger,
              spool: options.spool,
              runId,
              remote: options.remote,
              ...(auth === undefined ? {} : { auth }),
            })
            published.push({ run_id: runId, branch, already })
          } catch (error) {
            if (!(error instanceof UserError)) throw error
            problems.push(...error.problems.map((problem) => `${runId}: ${problem}`))
          }
        }
        return {
          json: { published, problems },
          text: [...problems, `${published.length} of ${ready.length} runs published`].join('\n'),
          exitCode: problems.length > 0 ? 1 : 0,
        }
      }),
    )
}

function stateOf(job: SpooledJob): string {
  if (job.held_by) return `running (process ${job.held_by.pid})`
  return job.state === 'bundled' ? (job.status ?? 'bundled') : 'open: the same run command goes on'
}
