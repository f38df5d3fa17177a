import type { Command } from 'commander'
import { readLedger } from 'registry/node'
import { cacheFolder } from '../adapters/cache-folder.ts'
import { defaultSpool } from '../adapters/spool.ts'
import { doctor } from '../doctor/doctor.ts'
import { formatTable } from './format-table.ts'
import { findLedgerIfAny, withLedger, type LedgerOptions } from './options.ts'
import { runVerb } from './verb.ts'

export function addDoctor(program: Command): void {
  withLedger(program.command('doctor'))
    .description('what this machine has and lacks; reports only, the exit code is 0')
    .action((options: LedgerOptions) =>
      runVerb(options, async () => {
        const ledger = await findLedgerIfAny(options)
        const read = ledger === undefined ? undefined : await readLedger(ledger)
        const checks = await doctor({
          cache: cacheFolder(process.env),
          spool: defaultSpool(process.env),
          models: read?.catalog.models ?? new Map(),
          ...(read ? { ledgerProblems: read.problems } : {}),
        })
        const rows = checks.map(({ name, ok, found, mend }) => [
          ok ? 'ok' : 'lacks',
          name,
          mend === undefined ? found : `${found}: ${mend}`,
        ])
        return { json: { ok: checks.every((check) => check.ok), checks }, text: formatTable(rows) }
      }),
    )
}
