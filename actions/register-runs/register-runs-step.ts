import { openForge } from '../adapters/forge.ts'
import { defaultSpool } from '../adapters/spool.ts'
import { clearMerged } from '../publish-run/clear-merged.ts'
import { forgeOptions } from '../workflow/forge-options.ts'
import type { Step } from '../workflow/run-step.ts'
import { pushIndex } from './push-index.ts'

const remote = 'origin'

/** Writes the index on main after a merge, or offers it; then removes from this host's spool what is safe on main. */
export const registerRunsStep: Step = async (context) => {
  const ledger = context.input('ledger') ?? process.cwd()
  const forge = await openForge(forgeOptions(context))
  const auth = { token: context.token() }
  const { index, where, pull, warnings } = await pushIndex({ ledger, remote, forge, auth })
  const { cleared } = await clearMerged({ ledger, spool: defaultSpool(context.env), remote, auth })
  const offered = pull === undefined ? '' : ` ([pull request ${pull.number}](${pull.url}))`
  return {
    outputs: {
      changed: String(where === 'main' || where === 'pull request'),
      ...(pull === undefined ? {} : { number: String(pull.number) }),
    },
    warnings,
    summary: [
      `### Index: ${where}${offered}`,
      '',
      `${index.runs.length} runs.`,
      ...(cleared.length === 0 ? [] : [`Removed from the spool, since they are on main: ${cleared.length}.`]),
      '',
    ].join('\n'),
  }
}
