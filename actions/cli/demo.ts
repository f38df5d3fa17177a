import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Command } from 'commander'
import { serveFolder } from '../adapters/serve-folder.ts'
import { buildSite } from '../adapters/site-builder.ts'
import { runDemo } from '../demo/run-demo.ts'
import { createRunDeps } from './create-run-deps.ts'
import { withJson } from './options.ts'
import { untilInterrupted } from './until-interrupted.ts'
import { runVerb } from './verb.ts'

const catalog = fileURLToPath(new URL('../..', import.meta.url))

export function addDemo(program: Command): void {
  withJson(program.command('demo'))
    .description(
      'two small models judge 12 synthetic candidates on this CPU; the whole way to a served site, in .demo/',
    )
    .option('--no-serve', 'stop when the site is built')
    .option('--folder <dir>', 'where to put it', '.demo')
    .option('--models <slugs>', 'which models, by commas', 'smollm2-135m,gemma-3-270m')
    .action((options: { json?: boolean; serve: boolean; folder: string; models: string }) =>
      runVerb(options, async () => {
        const say = (text: string) => process.stderr.write(`${text}\n`)
        const outcome = await runDemo(
          {
            folder: resolve(options.folder),
            catalog,
            models: options.models.split(','),
            dataset: 'synthetic_candidates_12',
            concurrency: 4,
          },
          {
            runDeps: (ledger, spool) => createRunDeps({ ledger, spool, concurrency: 4, again: true }),
            buildSite: async (ledger, out) => void (await buildSite(ledger, out, { name: 'demo' })),
            say,
          },
        )
        if (options.serve) {
          const server = await serveFolder(outcome.site, 0)
          say(`\nthe site: ${server.url} (Ctrl-C ends it)`)
          await untilInterrupted()
          await server.close()
        }
        const { ledger, remote, site, runs } = outcome
        return {
          json: { ledger, remote, site, runs: runs.map(({ meta }) => ({ run_id: meta.run_id, status: meta.status })) },
          text: `ledger ${ledger}\nremote ${remote}\nsite   ${site}`,
          exitCode: runs.some(({ meta }) => meta.status === 'failed') ? 1 : 0,
        }
      }),
    )
}
