import type { Command } from 'commander'
import { UserError, type Model } from 'registry'
import { readCatalog } from 'registry/node'
import { cacheFolder } from '../adapters/cache-folder.ts'
import { fetchDuckdb } from '../fetch-weights/fetch-duckdb.ts'
import { fetchLlamaCpp } from '../fetch-weights/fetch-engine.ts'
import { fetchWeights } from '../fetch-weights/fetch-weights.ts'
import { findLedger, withLedger, type LedgerOptions } from './options.ts'
import { runVerb } from './verb.ts'

export function addFetch(program: Command): void {
  withLedger(program.command('fetch [models...]'))
    .description('get the embedded engine and weights into the cache; a run itself never downloads anything')
    .option('--duckdb', 'get DuckDB, which batchledger query asks')
    .addHelpText(
      'after',
      `
Without models: the engine only; with --duckdb and without models: DuckDB only.

Examples:
  $ batchledger fetch smollm2-135m
  $ batchledger fetch --duckdb`,
    )
    .action((slugs: string[], options: LedgerOptions & { duckdb?: boolean }) =>
      runVerb(options, async () => {
        const wantsEngine = slugs.length > 0 || options.duckdb !== true
        const models = wantsEngine ? (await readCatalog(await findLedger(options))).models : new Map<string, Model>()
        const cacheRoot = cacheFolder(process.env)
        const report = (line: string) => void process.stderr.write(`${line}\n`)
        const wanted = chooseModels(slugs, models)
        const deps = { cacheRoot, report }
        const duckdb = options.duckdb === true ? await fetchDuckdb(deps) : undefined
        const engine = wantsEngine ? await fetchLlamaCpp(deps) : undefined
        const weights = await fetchWeights({ models: wanted }, deps)
        const all = [duckdb, engine, ...weights].filter((fetched) => fetched !== undefined)
        return {
          json: { ...(duckdb ? { duckdb } : {}), ...(engine ? { engine } : {}), weights },
          text: all.map(({ path, fetched }) => `${fetched ? 'fetched' : 'there'}  ${path}`).join('\n'),
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
