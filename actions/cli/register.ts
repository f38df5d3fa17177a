import type { Command } from 'commander'
import { UserError } from 'registry'
import { indexPath } from 'registry/node'
import { connectForge, readGitAuth } from '../adapters/connect-forge.ts'
import type { Forge } from '../adapters/forge.ts'
import { checkRemote } from '../adapters/git-plumbing.ts'
import { pushIndex, type PushIndexOutcome } from '../register-runs/push-index.ts'
import { registerRuns } from '../register-runs/register-runs.ts'
import { findLedger, withLedger, type LedgerOptions } from './options.ts'
import { runVerb, type VerbResult } from './verb.ts'

export function addRegister(program: Command): void {
  withLedger(program.command('register'))
    .description(`write ${indexPath} out of the runs' metas; same ledger, same bytes`)
    .option(
      '--push <remote>',
      'write it on the remote’s main instead of here; as a pull request where main takes no push',
    )
    .addHelpText(
      'after',
      `\nExamples, after a merge:\n  $ batchledger register && git commit -m "Update the index" ${indexPath}\n  $ batchledger register --push origin`,
    )
    .action((options: LedgerOptions & { push?: string }) =>
      runVerb(options, async () => {
        const folder = await findLedger(options)
        if (options.push !== undefined) return tellPushed(await pushTo(folder, options.push))
        const { index, changed } = await registerRuns({ ledger: folder })
        return {
          json: { file: indexPath, changed, runs: index.runs.length },
          text: `${indexPath}: ${index.runs.length} runs, ${changed ? 'written' : 'up to date'}`,
        }
      }),
    )
}

async function pushTo(ledger: string, remote: string): Promise<PushIndexOutcome> {
  const faults = await checkRemote(ledger, remote)
  if (faults.length > 0)
    throw new UserError(
      'the index was not written',
      faults.map((fault) => fault.replace('--remote', '--push')),
    )
  const auth = await readGitAuth(process.env, ledger, remote)
  const forge = auth === undefined ? undefined : await forgeIfAny(ledger, remote)
  return pushIndex({
    ledger,
    remote,
    ...(auth === undefined ? {} : { auth }),
    ...(forge === undefined ? {} : { forge }),
  })
}

/** A remote without a forge still takes a push. */
async function forgeIfAny(ledger: string, remote: string): Promise<Forge | undefined> {
  try {
    return await connectForge(process.env, { ledger, remote })
  } catch (error) {
    if (error instanceof UserError) return undefined
    throw error
  }
}

function tellPushed({ index, where, commit, pull, warnings }: PushIndexOutcome): VerbResult {
  const said = {
    'up to date': 'up to date on main',
    main: `written on main (${commit?.slice(0, 12)})`,
    'pull request': `offered as pull request ${pull?.number}: ${pull?.url}`,
    nowhere: 'not written; the site derives what it shows, and the next merge tries again',
  }
  return {
    json: {
      file: indexPath,
      changed: where !== 'up to date',
      runs: index.runs.length,
      where,
      ...(commit === undefined ? {} : { commit }),
      ...(pull === undefined ? {} : { pull_request: pull }),
      warnings,
    },
    text: [...warnings, `${indexPath}: ${index.runs.length} runs, ${said[where]}`].join('\n'),
  }
}
