import type { Command } from 'commander'
import { UserError } from 'registry'
import { addLabels, describeCounts, type AddLabelsOutcome } from '../add-labels/add-labels.ts'
import { connectForge, readGitAuth } from '../adapters/connect-forge.ts'
import { git } from '../adapters/git.ts'
import { checkRemote, ledgerPrefix } from '../adapters/git-plumbing.ts'
import { findLedger, withLedger, type LedgerOptions } from './options.ts'
import { runVerb } from './verb.ts'

interface LabelsOptions extends LedgerOptions {
  dataset?: string
  remote: string
  pullRequest?: boolean
}

/** `labels add FILE`: what people say is right, as the compare page exports it. */
export function addLabelsCommand(program: Command): void {
  const labels = program.command('labels').description('reference labels: what people say is right')
  withLedger(labels.command('add <file>'))
    .description('check labels (JSON lines, as the compare page exports them) and offer them on a branch labels/…')
    .option('--dataset <id>', 'the dataset they are of (default: found by their prompt and ids)')
    .option('--remote <name>', 'the Git remote; where the ledger has none, the branch stays here', 'origin')
    .option('--pull-request', 'open its pull request too (token from BATCHLEDGER_TOKEN)')
    .addHelpText(
      'after',
      `
They go into registry/labels/<dataset>.jsonl, sorted, on top of the remote's main; the dataset's entry names the file from
then on. A rater's later word on an item's field replaces an earlier one. The same labels make the same branch. Labels of
a personal dataset stay in that file on this machine, which Git must ignore: plain Git can't forget them.

Examples:
  $ batchledger labels add labels.jsonl --pull-request
  $ batchledger labels add labels.jsonl --dataset batch_5k --json`,
    )
    .action((file: string, options: LabelsOptions) =>
      runVerb(options, async () => {
        const ledger = await findLedger(options)
        const { remote, dataset } = options
        const wanted = options.pullRequest === true
        const known = await isKnown(ledger, remote, wanted)
        const auth = known ? await readGitAuth(process.env, ledger, remote) : undefined
        const warn = (text: string) => process.stderr.write(`${text}\n`)
        const forge = known && wanted ? await connectForge(process.env, { ledger, remote, warn }) : undefined
        const outcome = await addLabels({
          ledger,
          file,
          remote,
          ...(dataset === undefined ? {} : { dataset }),
          ...(auth === undefined ? {} : { auth }),
          ...(forge === undefined ? {} : { forge }),
        })
        for (const warning of outcome.warnings) warn(`warning: ${warning}`)
        const { pull, ...rest } = outcome
        return { json: { ...rest, ...(pull ? { pull_request: pull } : {}) }, text: tell(outcome) }
      }),
    )
}

/** A ledger without any remote is no fault unless a pull request is wanted; an unknown one is told by the verb. */
async function isKnown(ledger: string, remote: string, wanted: boolean): Promise<boolean> {
  await ledgerPrefix(ledger)
  const none = (await git(ledger, ['remote'])).trim() === ''
  if (none && wanted)
    throw new UserError('no forge to open a pull request on', [
      `${ledger}: has no remote: add it with git remote add ${remote} URL, or leave --pull-request out`,
    ])
  return !none && (await checkRemote(ledger, remote)).length === 0
}

function tell(outcome: AddLabelsOutcome): string {
  const { dataset, file, where, branch, remote, commit = '', already, pull } = outcome
  const head = `${dataset}: ${describeCounts(outcome)}`
  if (where === 'nowhere') return `${head}; ${file} says all of it already`
  if (where === 'here') return `${head}, in ${file} on this machine`
  const place = remote === undefined ? `${branch}` : `${remote}/${branch}`
  const placed = `${head}; ${already === true ? 'they stand already' : 'added to'} ${already === true ? `on ${place}` : `${file} on ${place}`} (${commit.slice(0, 12)})`
  if (pull) {
    const said = { open: pull.created ? 'opened' : 'is open', merged: 'is merged', closed: 'was closed and stays so' }
    return `${placed}\npull request ${pull.number} ${said[pull.state]}: ${pull.url}`
  }
  const next =
    remote === undefined
      ? `look at it with git show ${branch}, and take it over with git merge ${branch}`
      : `open a pull request of ${branch}, or repeat with --pull-request`
  return `${placed}\nnext: ${next}`
}
