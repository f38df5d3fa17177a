import { Option, type Command } from 'commander'
import { UserError, type Comparison } from 'registry'
import { cacheFolder } from '../adapters/cache-folder.ts'
import { toMarkdown, toText } from '../compare-runs/blocks.ts'
import { compareRuns } from '../compare-runs/compare-runs.ts'
import { figuresCsv, itemsCsv } from '../compare-runs/comparison-csv.ts'
import { tellComparison } from '../compare-runs/tell-comparison.ts'
import { tellItem } from '../compare-runs/tell-item.ts'
import { findLedger, parseCount, withLedger, type LedgerOptions } from './options.ts'
import { runVerb } from './verb.ts'

interface CompareOptions extends LedgerOptions {
  dataset?: string
  runs?: string[]
  models?: string[]
  field?: string
  labels?: string
  filter?: string
  limit?: number
  item?: string
  cascade?: string[]
  force?: boolean
  md?: boolean
  csv?: boolean
  withIds?: boolean
}

export function addCompare(program: Command): void {
  withLedger(program.command('compare'))
    .description('how often runs on one dataset agree, how sure that is, and where they don’t')
    .option('--dataset <id>', 'the newest completed run of each model on it (default: the ledger’s only one)')
    .option('--models <slugs>', 'of these models only', parseNames)
    .option('--runs <ids>', 'these runs', parseNames)
    .option(
      '--field <name>',
      'only this field of the rubric, in full (default: the primary one in full, the others in short)',
    )
    .option('--labels <file>', 'reference labels in another file of the ledger than the dataset’s entry names')
    .option('--filter <filter>', 'list items where: agree, disagree, error, or what runs say: "A=Yes,B=No"')
    .option('--limit <n>', 'items listed at most (default: 10; with --csv all)', parseCount)
    .option('--item <id>', 'one item with its runs side by side, by custom_id or by its place, "#12"')
    .option('--cascade <a,b>', 'what if a judged all and b only where a says so', parseNames)
    .option('--force', 'compare runs that were not asked the same; the result says so')
    .addOption(new Option('--md', 'Markdown; holds no custom_id of personal data').conflicts(['csv', 'json', 'item']))
    .addOption(new Option('--csv', 'every figure on a line; with --filter the items').conflicts(['json', 'item']))
    .option(
      '--with-ids',
      'custom_ids and texts of personal data also where the output is no terminal: keep it to yourself',
    )
    .addHelpText(
      'after',
      `
Runs are called A, B, … in filters and cascades; a model's slug or a run's id will do too.
All figures are defined in MEASURES; with --json their shape is registry/schemas/comparison.schema.json.
Personal data: custom_ids and texts are shown in a terminal only, see --with-ids.

Examples:
  $ batchledger compare --ledger examples/ledger --dataset synthetic_tickets_30
  $ batchledger compare --dataset batch_5k --models qwen-3-4b,gemma-3-4b --field recommendation
  $ batchledger compare --dataset batch_5k --filter "A=Yes,B=No" --csv > differ.csv
  $ batchledger compare --dataset batch_5k --item "#12"
  $ batchledger compare --dataset batch_5k --cascade gemma-3-4b,qwen-3-4b`,
    )
    .action((options: CompareOptions) =>
      runVerb(options, async () => {
        const comparison = await compareRuns({
          ledger: await findLedger(options),
          dataset: options.dataset,
          runs: options.runs,
          models: options.models,
          field: options.field,
          labels: options.labels,
          filter: options.filter,
          limit: options.limit ?? (options.csv === true ? Number.MAX_SAFE_INTEGER : 10),
          item: options.item,
          cascade: parsePair(options.cascade),
          force: options.force === true,
          withIds: mayTellIds(options),
          cache: cacheFolder(process.env),
        })
        return { json: comparison, text: tell(comparison, options), isFile: options.csv === true }
      }),
    )
}

function tell(comparison: Comparison, { md, csv, filter }: CompareOptions): string {
  if (csv === true) return filter === undefined ? figuresCsv(comparison) : itemsCsv(comparison)
  if (md === true) return toMarkdown(tellComparison(comparison))
  return comparison.item ? tellItem(comparison, comparison.item) : toText(tellComparison(comparison))
}

/** Personal ids go to the terminal of whoever asks; to a file or a pipe (a job's log is one) only by their word, to Markdown never. */
function mayTellIds({ md, csv, json, withIds }: CompareOptions): boolean {
  if (md === true) return false
  return withIds === true || (process.stdout.isTTY && csv !== true && json !== true)
}

function parseNames(text: string): string[] {
  return text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
}

function parsePair(names: string[] | undefined): readonly [string, string] | undefined {
  if (names === undefined) return undefined
  const [first, second, ...more] = names
  if (first === undefined || second === undefined || more.length > 0)
    throw new UserError('no such cascade', [
      `--cascade ${names.join(',')}: expected two runs, first and second, as A,B`,
    ])
  return [first, second]
}
