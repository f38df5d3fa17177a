import type { Command } from 'commander'
import { UserError, type Model } from 'registry'
import { readCatalog } from 'registry/node'
import { cacheFolder } from '../adapters/cache-folder.ts'
import { fetchLlamaCpp } from '../fetch-weights/fetch-engine.ts'
import { fetchWeights } from '../fetch-weights/fetch-weights.ts'
import { findLedger, withLedger, type LedgerOptions } from './options.ts'
import { runVerb } from './verb.ts'

export function addFetch(program: Command): void {
  withLedger(program.command('fetch [models...]'))
    .description('get the embedded engine and weights into the cache; a run itself never downloads anything')
    .addHelpText('after', '\nWithout models: the engine only.\n\nExample:\n  $ batchledger fetch smollm2-135m')
    .action((slugs: string[], options: LedgerOptions) =>
      runVerb(options, async () => {
        const { models } = await readCatalog(await findLedger(options))
        const cacheRoot = cacheFolder(process.env)
        const report = (line: string) => void process.stderr.write(`${line}\n`)
        const wanted = chooseModels(slugs, models)
        const engine = await fetchLlamaCpp({ cacheRoot, report })
        const weights = await fetchWeights({ models: wanted }, { cacheRoot, report })
        return {
          json: { engine, weights },
          text: [engine, ...weights].map(({ path, fetched }) => `${fetched ? 'fetched' : 'there'}  ${path}`).join('\n'),
        }
      }),
    )
}

function chooseModels(slugs: readonly string[], models: ReadonlyMap<string, Model>): { slug: string; model: Model }[] {
  const problems: string[] = []
  const chosen: { slug: string; model: Model }[] = []
  for (const slug of slugs) {
    const model = models.get(slug)
    if (!model)
      problems.push(`${JSON.stringify(slug)} is not in registry/models; known: ${[...models.keys()].join(', ')}`)
    else if (!model.weights) problems.push(`registry/models/${slug}.yaml: names no weights to fetch`)
    else chosen.push({ slug, model })
  }
  if (problems.length > 0) throw new UserError('nothing was fetched', problems)
  return chosen
}
