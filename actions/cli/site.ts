import { resolve } from 'node:path'
import { InvalidArgumentError, Option, type Command } from 'commander'
import { serveFolder } from '../adapters/serve-folder.ts'
import { buildSite } from '../adapters/site-builder.ts'
import { findLedger, withJson, withLedger, type LedgerOptions } from './options.ts'
import { untilInterrupted } from './until-interrupted.ts'
import { runVerb } from './verb.ts'

export function addSite(program: Command): void {
  const site = program.command('site').description("build or serve the ledger's site")
  withLedger(site.command('build'))
    .description('write the static site of a ledger; any static server can serve it')
    .requiredOption('--out <dir>', 'the folder to write')
    .addOption(
      new Option(
        '--kind <kind>',
        'public: without a word of a row, an id, a message of an engine or a name of a machine',
      )
        .choices(['private', 'public'])
        .default('private'),
    )
    .option('--base <path>', 'the path it will be served under, for the 404 page only; all other links are relative')
    .option('--name <name>', "the ledger's name in the pages (default: its folder's)")
    .option('--repository <url>', 'its page on the forge: runs link to their commit and pull request there')
    .addHelpText(
      'after',
      '\nExample:\n  $ batchledger site build --ledger examples/ledger --out /tmp/site\n  $ batchledger site build --kind public --out /tmp/public-site',
    )
    .action(
      (options: LedgerOptions & { out: string; kind: string; base?: string; name?: string; repository?: string }) =>
        runVerb(options, async () => {
          const { kind, base, name, repository } = options
          const more = {
            kind,
            ...(base === undefined ? {} : { base }),
            ...(name === undefined ? {} : { name }),
            ...(repository === undefined ? {} : { repository }),
          }
          const built = await buildSite(await findLedger(options), resolve(options.out), more)
          return {
            json: built,
            text: `${built.out}: ${built.kind} build, ${built.pages} pages, ${built.runs} runs, ${built.seconds} s`,
          }
        }),
    )
  withJson(site.command('serve <dir>'))
    .description('serve a built site on 127.0.0.1 until interrupted')
    .option('--port <n>', 'the port, 0 for a free one', parsePort, 0)
    .addHelpText('after', '\nExample:\n  $ batchledger site serve /tmp/site --port 4321')
    .action((folder: string, options: { json?: boolean; port: number }) =>
      runVerb(options, async () => {
        const server = await serveFolder(folder, options.port)
        process.stderr.write(`serving ${folder} at ${server.url} (Ctrl-C ends it)\n`)
        await untilInterrupted()
        await server.close()
        return { json: { url: server.url }, text: '' }
      }),
    )
}

function parsePort(text: string): number {
  const port = Number(text)
  if (!Number.isInteger(port) || port < 0 || port > 65535)
    throw new InvalidArgumentError('expected a port from 0 to 65535')
  return port
}
