#!/usr/bin/env node
import { parseArgs } from 'node:util'
import { neutraliseLog, UserError } from 'registry'
import { siteKinds } from '../data/describe-kind.ts'
import { buildSite } from './build-site.ts'

const usage = `batchledger-site build --ledger DIR --out DIR [--kind private|public] [--base PATH]
                        [--name NAME] [--commit SHA] [--repository URL] [--json]

Builds the pages of a ledger into a folder that any static server can serve.

  --ledger DIR   the folder that holds registry/ and results/
  --out DIR      where the site goes: a new or empty folder, or an earlier site, which is replaced
  --kind KIND    private (default): everything, rows too; public: the catalog, the runs' figures and aggregate
                 agreement, without a word of a row, an id, an engine's message or a machine's name
  --base PATH    where it will be served, for the 404 page only (default /); all other links are relative
  --name NAME    the ledger's name in the pages (default: the folder's name)
  --commit SHA   the commit it is built from, shown in the footer
  --repository URL
                 its page on the forge, https://…/owner/name: runs link to their commit and pull request there
  --cache DIR    where what was read out of runs is kept for the next build (DIR/columns and DIR/site: they hold rows’
                 words, and may be deleted at any time)
  --json         one JSON object on stdout: {out, kind, runs, datasets, pages, seconds}

Example: batchledger-site build --ledger . --out public --base /ledger/`

async function main(): Promise<void> {
  const { values, positionals } = readArguments()
  if (values.help === true) {
    console.log(usage)
    return
  }
  const kind = siteKinds.find((name) => name === (values.kind ?? 'private'))
  const problems = [
    ...(positionals.length === 1 && positionals[0] === 'build'
      ? []
      : [`command: found ${JSON.stringify(positionals.join(' '))}, expected build`]),
    ...(['ledger', 'out'] as const)
      .filter((name) => values[name] === undefined || values[name] === '')
      .map((name) => `--${name}: missing, expected a folder`),
    ...(kind === undefined ? [`--kind: found ${JSON.stringify(values.kind)}, expected ${siteKinds.join(' or ')}`] : []),
  ]
  if (problems.length > 0) throw new UserError('the arguments are wrong; see --help', problems)
  const built = await buildSite({
    ledger: values.ledger ?? '',
    out: values.out ?? '',
    ...(kind === undefined ? {} : { kind }),
    ...(values.base === undefined ? {} : { base: values.base }),
    ...(values.name === undefined ? {} : { name: values.name }),
    ...(values.commit === undefined ? {} : { commit: values.commit }),
    ...(values.repository === undefined ? {} : { repository: values.repository }),
    ...(values.cache === undefined ? {} : { cache: values.cache }),
    report: (line) => console.error(neutraliseLog(line)),
  })
  console.log(
    values.json === true
      ? JSON.stringify(built)
      : `${built.out}: ${built.kind} build, ${built.pages} pages of ${built.runs} runs over ${built.datasets} datasets, built in ${built.seconds} s`,
  )
}

function readArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        ledger: { type: 'string' },
        out: { type: 'string' },
        kind: { type: 'string' },
        base: { type: 'string' },
        name: { type: 'string' },
        commit: { type: 'string' },
        repository: { type: 'string' },
        cache: { type: 'string' },
        json: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    })
  } catch (error) {
    throw new UserError('the arguments are wrong; see --help', [(error as Error).message])
  }
}

try {
  await main()
} catch (error) {
  // anything else is a bug and keeps its stack
  if (!(error instanceof UserError)) throw error
  for (const line of [error.message, ...error.problems]) console.error(neutraliseLog(line))
  process.exitCode = 2
}
