import { escapeMarkdown, type RunMeta } from 'registry'
import { readCatalog } from 'registry/node'
import { openForge, type Forge } from '../adapters/forge.ts'
import { defaultSpool, readSpooledBundle } from '../adapters/spool.ts'
import { mergeWhenWhole } from '../merge-shards/merge-when-whole.ts'
import { forgeOptions } from '../workflow/forge-options.ts'
import type { Step, StepContext } from '../workflow/run-step.ts'
import { probeRights } from './probe-rights.ts'
import { publishRun } from './publish-run.ts'

const remote = 'origin'

/**
 * Publishes what run-batch left in the spool, whole or failed: branch and pull request, and an issue when the run failed.
 * A shard waits for the others. With `probe` it only asks whether all of that will be allowed.
 */
export const publishRunStep: Step = async (context) => {
  const ledger = context.input('ledger') ?? process.cwd()
  const spool = defaultSpool(context.env)
  const forge = await openForge(forgeOptions(context))
  const auth = { token: context.token() }
  if (context.input('probe') === 'true') {
    const { problems, checked } = await probeRights({
      ledger,
      remote,
      forge,
      auth,
      privacy: await privacyOf(context, ledger),
    })
    return { faults: problems, summary: renderChecked(checked) }
  }
  const asked = context.input('run-id')
  if (asked === undefined) return tellNoRun(forge, context)
  const merged = await mergeWhenWhole({ ledger, runId: asked }, { spool, now: () => new Date(), engineName: 'merge' })
  if ('waitingFor' in merged) {
    const { meta } = await readSpooledBundle(spool, asked)
    if (meta.status === 'failed') await tellFailure(forge, meta, undefined)
    const list = merged.waitingFor.join(', ')
    return {
      outputs: { published: 'false' },
      summary: `The run is published when its other shards have ended: ${list}.\n`,
    }
  }
  const { runId } = merged
  const [assignee, note] = [context.input('assignee'), context.input('note')]
  const published = await publishRun({
    ledger,
    spool,
    runId,
    remote,
    forge,
    auth,
    ...(assignee === undefined ? {} : { assignee }),
    ...(note === undefined ? {} : { note }),
    jobUrl: workflowRunUrl(forge, context),
  })
  const { meta } = await readSpooledBundle(spool, runId)
  const { pull, commit } = published
  if (meta.status === 'failed') await tellFailure(forge, meta, pull?.url)
  return {
    outputs: {
      published: String(pull?.state === 'open'),
      'run-id': runId,
      head: commit,
      ...(pull ? { number: String(pull.number), url: pull.url } : {}),
    },
    summary: `${escapeMarkdown(runId)}: ${meta.status}, ${pull ? `[pull request ${pull.number}](${pull.url}), ${pull.state}` : 'on main already'}\n`,
  }
}

/** Rows count as personal until the catalog says otherwise. */
async function privacyOf({ input }: StepContext, ledger: string): Promise<RunMeta['dataset']['privacy']> {
  const dataset = (await readCatalog(ledger)).datasets.get(input('dataset') ?? '')
  return dataset?.privacy ?? 'personal'
}

function renderChecked(checked: readonly string[]): string {
  return ['### Rights to publish', '', ...checked.map((text) => `- ${escapeMarkdown(text)}`), ''].join('\n')
}

function workflowRunUrl(forge: Forge, { env }: Pick<StepContext, 'env'>): string {
  return `${forge.url}/actions/runs/${env['GITHUB_RUN_ID'] ?? ''}`
}

/** The run did not get as far as a bundle: whoever dispatched it finds out without watching the job. */
async function tellNoRun(forge: Forge, { env }: StepContext) {
  const address = workflowRunUrl(forge, { env })
  const { url } = await forge.openIssue({
    marker: `<!-- batchledger:workflow-run ${env['GITHUB_RUN_ID'] ?? ''} -->`,
    title: 'A run did not come to a bundle',
    body: `The job that runs the model ended without a bundle. [Its log](${address}) says why. What was answered is kept: dispatch the same run again, and it goes on from there.`,
  })
  return { outputs: { published: 'false' }, warnings: [`the run has no bundle: ${url}`] }
}

async function tellFailure(forge: Forge, meta: RunMeta, pullUrl: string | undefined) {
  const { run_id: runId, failure, results, dataset } = meta
  // an engine may echo a row in its words
  const why = dataset.privacy === 'personal' ? failure?.code : failure?.message
  await forge.openIssue({
    marker: `<!-- batchledger:run ${runId} -->`,
    title: `Run failed: ${runId}`,
    body: [
      escapeMarkdown(why ?? 'no row was answered well'),
      '',
      `${results.success} ok + ${results.errors} errors + ${results.missing} missing = ${results.total} rows.`,
      ...(pullUrl === undefined ? [] : [`Its bundle is in ${pullUrl}: close it, or merge it to keep the record.`]),
    ].join('\n'),
  })
}
