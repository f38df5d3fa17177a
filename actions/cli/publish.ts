import type { Command } from 'commander'
import { defaultSpool } from '../adapters/spool.ts'
import { publishRun } from '../publish-run/publish-run.ts'
import { findLedger, withLedger, type LedgerOptions } from './options.ts'
import { runVerb } from './verb.ts'

export function addPublish(program: Command): void {
  withLedger(program.command('publish <run>'))
    .description('publish a spooled run: objects to LFS, then a branch runs/<run> with pointers and the meta')
    .option('--remote <name>', 'the Git remote', 'origin')
    .option('--spool <dir>', 'where the run lies', defaultSpool(process.env))
    .addHelpText('after', '\nExample:\n  $ batchledger publish smollm2-135m-synthetic_candidates_12-20261124-101500')
    .action((runId: string, options: LedgerOptions & { remote: string; spool: string }) =>
      runVerb(options, async () => {
        const outcome = await publishRun({
          ledger: await findLedger(options),
          spool: options.spool,
          runId,
          remote: options.remote,
        })
        return {
          json: { run_id: outcome.runId, branch: outcome.branch, commit: outcome.commit, already: outcome.already },
          text: `${outcome.already ? 'already published' : 'published'}: ${outcome.runId} on ${options.remote}/${outcome.branch} (${outcome.commit.slice(0, 12)}); its objects are confirmed`,
        }
      }),
    )
}
