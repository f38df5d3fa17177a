import type { Command } from 'commander'
import { defaultSpool } from '../adapters/spool.ts'
import { mergeShards } from '../merge-shards/merge-shards.ts'
import { findLedger, withLedger, type LedgerOptions } from './options.ts'
import { runVerb } from './verb.ts'

export function addMerge(program: Command): void {
  withLedger(program.command('merge <runs...>'))
    .description('join all shards of one job in the spool into one run; the shards stay')
    .option('--spool <dir>', 'where the shards lie', defaultSpool(process.env))
    .addHelpText(
      'after',
      '\nExample:\n  $ batchledger run … --shard 1/2; batchledger run … --shard 2/2; batchledger merge RUN1 RUN2',
    )
    .action((runIds: string[], options: LedgerOptions & { spool: string }) =>
      runVerb(options, async () => {
        const ledger = await findLedger(options)
        const deps = { spool: options.spool, now: () => new Date(), engineName: 'merge' }
        const { runId, folder, meta } = await mergeShards({ ledger, runIds }, deps)
        const { success, errors, missing, total } = meta.results
        return {
          json: { run_id: runId, status: meta.status, results: meta.results, bundle: folder },
          text: `${runId}: ${meta.status}\n${success} ok + ${errors} errors + ${missing} missing = ${total} rows\nnext: batchledger publish ${runId}`,
        }
      }),
    )
}
