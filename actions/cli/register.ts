import type { Command } from 'commander'
import { indexPath } from 'registry/node'
import { registerRuns } from '../register-runs/register-runs.ts'
import { findLedger, withLedger, type LedgerOptions } from './options.ts'
import { runVerb } from './verb.ts'

export function addRegister(program: Command): void {
  withLedger(program.command('register'))
    .description(`write ${indexPath} out of the runs' metas; same ledger, same bytes`)
    .addHelpText(
      'after',
      `\nExample, after a merge:\n  $ batchledger register && git commit -m "Update the index" ${indexPath}`,
    )
    .action((options: LedgerOptions) =>
      runVerb(options, async () => {
        const { index, changed } = await registerRuns({ ledger: await findLedger(options) })
        return {
          json: { file: indexPath, changed, runs: index.runs.length },
          text: `${indexPath}: ${index.runs.length} runs, ${changed ? 'written' : 'up to date'}`,
        }
      }),
    )
}
