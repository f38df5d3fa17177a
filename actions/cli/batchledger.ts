#!/usr/bin/env -S node --max-semi-space-size=16
import { readFileSync } from 'node:fs'
import { Command, CommanderError } from 'commander'
import { addCompare } from './compare.ts'
import { addDemo } from './demo.ts'
import { addDoctor } from './doctor.ts'
import { addExport } from './export.ts'
import { addFetch } from './fetch.ts'
import { addImport } from './import.ts'
import { addLabelsCommand } from './labels.ts'
import { addList } from './list.ts'
import { addMerge } from './merge.ts'
import { addPublish } from './publish.ts'
import { addQuery } from './query.ts'
import { addRegister } from './register.ts'
import { addRun } from './run.ts'
import { addShow } from './show.ts'
import { addSite } from './site.ts'
import { addSpool } from './spool.ts'
import { addVerify } from './verify.ts'

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string }

// a reader that closes its end early (`| head`) is no fault
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
})

const program = new Command('batchledger')
  .description('A Git-native ledger for LLM batch runs')
  .version(version)
  .showHelpAfterError('(add --help for what it takes)')
  .exitOverride()
  .addHelpText(
    'after',
    `
Examples:
  $ batchledger run --model smollm2-135m --dataset synthetic_candidates_12
  $ batchledger publish RUN && batchledger list
  $ batchledger site build --out site && batchledger site serve site

Exit codes: 0 done, 1 a run failed or a check does not hold, 2 a mistake of the call or its files.`,
  )

for (const add of [
  addRun,
  addPublish,
  addImport,
  addMerge,
  addSpool,
  addRegister,
  addVerify,
  addLabelsCommand,
  addList,
  addCompare,
  addShow,
  addQuery,
  addExport,
  addSite,
  addFetch,
  addDemo,
  addDoctor,
])
  add(program)

try {
  await program.parseAsync()
} catch (error) {
  if (!(error instanceof CommanderError)) throw error
  process.exitCode = error.exitCode === 0 ? 0 : 2
}
