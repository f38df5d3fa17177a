import type { Command } from 'commander'
import { verifyResults } from '../verify-results/verify-results.ts'
import { findLedger, withLedger, type LedgerOptions } from './options.ts'
import { runVerb } from './verb.ts'

export function addVerify(program: Command): void {
  withLedger(program.command('verify [runs...]'))
    .description(
      'check runs against themselves: schema, path, digests, accounting recounted from the rows; changes nothing',
    )
    .addHelpText(
      'after',
      '\nWithout runs: all of them, the catalog and the index.\nExit code 1 when something does not hold.\n\nExample:\n  $ batchledger verify --ledger examples/ledger',
    )
    .action((runIds: string[], options: LedgerOptions) =>
      runVerb(options, async () => {
        const outcome = await verifyResults({ ledger: await findLedger(options), runIds })
        const faulty = outcome.runs.filter((run) => !run.ok)
        const lines = [...outcome.problems, ...faulty.flatMap((run) => run.problems)]
        return {
          json: outcome,
          text: [
            ...lines,
            `${outcome.runs.length} runs checked, ${faulty.length === 0 && outcome.ok ? 'all hold' : `${faulty.length} with faults, ${lines.length} faults in all`}`,
          ].join('\n'),
          exitCode: outcome.ok ? 0 : 1,
        }
      }),
    )
}
