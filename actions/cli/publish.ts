import { InvalidArgumentError, type Command } from 'commander'
import { connectForge, readGitAuth } from '../adapters/connect-forge.ts'
import { checkRemote } from '../adapters/git-plumbing.ts'
import { defaultSpool } from '../adapters/spool.ts'
import type { PublishedPull } from '../publish-run/open-pull.ts'
import { publishRun } from '../publish-run/publish-run.ts'
import { findLedger, withLedger, type LedgerOptions } from './options.ts'
import { runVerb } from './verb.ts'

interface PublishOptions extends LedgerOptions {
  remote: string
  spool: string
  pullRequest?: boolean
  assignee?: string
  reopen?: boolean
}

export function addPublish(program: Command): void {
  withLedger(program.command('publish <run>'))
    .description('publish a spooled run: objects to LFS, then a branch runs/<run> with pointers and the meta')
    .option('--remote <name>', 'the Git remote', 'origin')
    .option('--spool <dir>', 'where the run lies', defaultSpool(process.env))
    .option('--pull-request', 'open its pull request too (token from BATCHLEDGER_TOKEN)')
    .option('--assignee <login>', 'who gets the pull request', parseLogin)
    .option('--reopen', 'open its pull request again when somebody closed it')
    .addHelpText(
      'after',
      `
BATCHLEDGER_TOKEN (else, for their own server, GITHUB_TOKEN or GH_TOKEN) pushes and opens the pull request.
Any step may be repeated: the branch and the pull request stay one.

Example:
  $ batchledger publish smollm2-135m-synthetic_candidates_12-20261124-101500 --pull-request`,
    )
    .action((runId: string, options: PublishOptions) =>
      runVerb(options, async () => {
        const ledger = await findLedger(options)
        const { remote, spool, assignee } = options
        // an unknown remote is told by publishRun, with the other faults
        const known = (await checkRemote(ledger, remote)).length === 0
        const auth = known ? await readGitAuth(process.env, ledger, remote) : undefined
        const warn = (text: string) => process.stderr.write(`${text}\n`)
        const forge =
          known && options.pullRequest === true ? await connectForge(process.env, { ledger, remote, warn }) : undefined
        const outcome = await publishRun({
          ledger,
          spool,
          runId,
          remote,
          ...(auth === undefined ? {} : { auth }),
          ...(forge === undefined ? {} : { forge }),
          ...(assignee === undefined ? {} : { assignee }),
          reopen: options.reopen === true,
        })
        const { pull } = outcome
        return {
          json: {
            run_id: outcome.runId,
            branch: outcome.branch,
            commit: outcome.commit,
            already: outcome.already,
            ...(pull === undefined ? {} : { pull_request: pull }),
          },
          text: [
            `${outcome.already ? 'already published' : 'published'}: ${outcome.runId} on ${remote}/${outcome.branch} (${outcome.commit.slice(0, 12)}); its objects are confirmed`,
            ...(pull === undefined ? [] : [tellPull(pull)]),
          ].join('\n'),
        }
      }),
    )
}

function tellPull({ number, url, created, state }: PublishedPull): string {
  const said = {
    open: created ? 'opened' : 'is open',
    merged: 'is merged',
    closed: 'was closed and stays so; --reopen opens it again',
  }
  return `pull request ${number} ${said[state]}: ${url}`
}

function parseLogin(text: string): string {
  if (!/^[A-Za-z0-9][\w.-]{0,99}(\[bot\])?$/.test(text)) throw new InvalidArgumentError('expected a login')
  return text
}
