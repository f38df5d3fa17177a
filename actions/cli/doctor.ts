import { resolve } from 'node:path'
import type { Command } from 'commander'
import { readLedger } from 'registry/node'
import { cacheFolder } from '../adapters/cache-folder.ts'
import { defaultSpool } from '../adapters/spool.ts'
import { checkRunner } from '../doctor/check-runner.ts'
import { doctor, type DoctorCheck } from '../doctor/doctor.ts'
import { readRunnerHost } from '../doctor/runner-host.ts'
import { formatTable } from './format-table.ts'
import { findLedgerIfAny, parseNatural, withLedger, type LedgerOptions } from './options.ts'
import { runVerb, type VerbResult } from './verb.ts'

interface DoctorOptions extends LedgerOptions {
  runner?: boolean
  root: string
  minFree: number
}

export function addDoctor(program: Command): void {
  withLedger(program.command('doctor'))
    .description(
      'what this machine has and lacks; reports only, the exit code is 0 (with --runner: 1 when it lacks something)',
    )
    .option(
      '--runner',
      'look at the two runner services of this host instead (self-hosted-runner/README.md), best as root',
    )
    .option('--root <dir>', 'with --runner: look at a host whose files lie below this folder', '/')
    .option('--min-free <gigabytes>', 'with --runner: what the spool’s disk must have free', parseNatural, 10)
    .action((options: DoctorOptions) =>
      runVerb(options, () => (options.runner ? lookAtRunner(options) : lookAround(options))),
    )
}

async function lookAround(options: LedgerOptions): Promise<VerbResult> {
  const ledger = await findLedgerIfAny(options)
  const read = ledger === undefined ? undefined : await readLedger(ledger)
  return tell(
    await doctor({
      cache: cacheFolder(process.env),
      spool: defaultSpool(process.env),
      models: read?.catalog.models ?? new Map(),
      ...(read ? { ledgerProblems: read.problems } : {}),
    }),
  )
}

async function lookAtRunner({ root, minFree }: DoctorOptions): Promise<VerbResult> {
  const host = await readRunnerHost(resolve(root), new Date())
  const checks = checkRunner(host, { minFreeBytes: minFree * 1e9 })
  return { ...tell(checks), exitCode: checks.every((check) => check.ok) ? 0 : 1 }
}

function tell(checks: readonly DoctorCheck[]): VerbResult {
  const rows = checks.map(({ name, ok, found, mend }) => [
    ok ? 'ok' : 'lacks',
    name,
    mend === undefined ? found : `${found}: ${mend}`,
  ])
  return { json: { ok: checks.every((check) => check.ok), checks }, text: formatTable(rows) }
}
