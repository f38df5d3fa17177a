import {
  addReplicate,
  alignRun,
  bootstrapSettings,
  cascadeOfRuns,
  checkComparable,
  describeComparedRun,
  drawFront,
  figureField,
  findReplicates,
  headlineOf,
  rankItems,
  tellIncomplete,
  UserError,
  type AlignedSelection,
  type Cascade,
  type ComparedRun,
  type Comparability,
  type Comparison,
  type FiguredField,
  type ListedItem,
  type Rubric,
} from 'registry'
import { readLedger, stemOf, type Ledger } from 'registry/node'
import { isPersonal } from '../verify-results/check-meta.ts'
import { chooseRuns, type Choice } from './choose-runs.ts'
import { findRun, parseFilter, type NamedRun } from './filter-items.ts'
import { readColumns, readSelection, type Selection } from './read-selection.ts'
import { sayingOf, showItem } from './show-item.ts'

export interface CompareInputs extends Choice {
  ledger: string
  /** only this field; all by default */
  field?: string | undefined
  /** compares runs that are not comparable, and marks it */
  force?: boolean
  /** labels of the dataset in another file of the ledger than its entry names */
  labels?: string | undefined
  /** `agree`, `disagree`, `error` or `A=Yes,B=No` */
  filter?: string | undefined
  /** items listed at most */
  limit?: number
  /** a custom_id, or `#12` for the twelfth */
  item?: string | undefined
  /** the run that judges all, and the one asked about some: letters, slugs or ids */
  cascade?: readonly [string, string] | undefined
  /** whether custom_ids and texts of personal data may be told */
  withIds?: boolean
  /** where columns read once are kept; without one the rows are read anew */
  cache?: string | undefined
}

/**
 * Compares runs on one dataset: agreement per field and pair and over all, labels, speed, items (MEASURES). Reads, changes
 * nothing. @throws UserError where the runs are not comparable, with the reasons; `force` tells them in `forced` instead
 */
export async function compareRuns(inputs: CompareInputs): Promise<Comparison> {
  const ledger = await readLedger(inputs.ledger)
  const metas = chooseRuns(ledger, inputs)
  const comparable = checkComparable(metas)
  if (comparable.refusals.length > 0 && inputs.force !== true)
    throw new UserError('these runs are not comparable', [
      ...comparable.refusals,
      'they were not asked the same: choose other runs, or compare all the same with --force, which marks the result',
    ])
  const personal = metas.some((meta) => isPersonal(meta, ledger.catalog))
  const mayTell = !personal || inputs.withIds === true
  if (inputs.item !== undefined && !mayTell)
    throw new UserError('the item’s text is personal', [
      `--item ${inputs.item}: shown in a terminal only: run it there, or add --with-ids where the output stays with you`,
    ])
  const read = await readSelection(ledger, metas, {
    labelsFile: inputs.labels,
    itemId: inputs.item,
    force: inputs.force === true,
    cache: inputs.cache,
  })
  const selection = {
    ...read,
    runIds: metas.map(({ run_id: runId }) => runId),
    promptSha256: metas[0]?.dataset.prompt_sha256,
  }
  const runs = metas.map((meta, place) =>
    describeComparedRun(meta, place, read.tokens[place] ?? { prompt: 0, output: 0 }, read.rubricIds[place] ?? ''),
  )
  const compared = compareFields(selection, inputs.field)
  if (metas.length === 1 && compared.every(({ reference }) => reference === undefined))
    throw new UserError('nothing to compare', [
      `${metas[0]?.run_id}: is alone, and the dataset has no labels: name another run or model`,
    ])
  await addReplicates(ledger, selection, compared, inputs.cache)
  const chosen = headlineOf(compared)
  const named = runs.map(({ run_id: runId, name, model }) => ({ runId, name, slug: model.slug }))
  return {
    schema_version: 1,
    dataset: {
      name: metas[0]?.dataset.name ?? '',
      count: selection.count,
      sha256: metas[0]?.dataset.sha256 ?? '',
      privacy: personal ? 'personal' : (metas[0]?.dataset.privacy ?? 'personal'),
    },
    forced: comparable.refusals,
    warnings: [...comparable.warnings, ...tellIncomplete(metas), ...selection.warnings],
    interval: bootstrapSettings,
    runs,
    fields: compared.map(({ comparison }) => comparison),
    pareto: drawFront(runs, chosen.comparison, comparable),
    items: listItems(inputs, selection, chosen, named, mayTell),
    ...(inputs.item === undefined
      ? {}
      : {
          item: await showItem(
            ledger.folder,
            selection,
            new Map(compared.map(({ name, codes }) => [name, codes])),
            findItem(inputs.item, selection),
            ledger.catalog.datasets.get(stemOf(metas[0]?.dataset.name ?? ''))?.item,
            runs,
          ),
        }),
    ...(inputs.cascade === undefined
      ? {}
      : { cascade: cascadeOf(inputs.cascade, named, selection, runs, chosen, comparable) }),
  }
}

function compareFields(selection: AlignedSelection, only: string | undefined): FiguredField[] {
  const names = Object.keys(selection.fields)
  if (only !== undefined && !names.includes(only))
    throw new UserError('no such field', [`${JSON.stringify(only)}: these runs have ${names.join(', ')}`])
  return Object.entries(selection.fields).flatMap(([name, field]) =>
    only !== undefined && name !== only ? [] : [figureField(selection, name, field)],
  )
}

/** Reads, for each selected run, another of its model and configuration, where there is one. */
async function addReplicates(
  ledger: Ledger,
  selection: Selection & AlignedSelection,
  compared: readonly FiguredField[],
  cache: string | undefined,
): Promise<void> {
  const all = ledger.runs.map(({ meta }) => meta)
  for (const { place, again } of findReplicates(selection.metas, all)) {
    const { columns } = await readColumns(ledger.folder, again, selection.rubrics[place] as Rubric, cache)
    const run = alignRun(columns, selection.positions, selection.count, selection.fields)
    addReplicate(selection, compared, place, { runId: again.run_id, run })
  }
}

function listItems(
  { filter, limit = 10 }: CompareInputs,
  selection: Selection,
  { name, codes, judged }: FiguredField,
  named: readonly NamedRun[],
  mayTell: boolean,
): Comparison['items'] {
  const positions = rankItems(judged, parseFilter(filter ?? 'disagree', named, codes, judged))
  const listItem = (position: number): ListedItem => {
    const distance = judged.distances[judged.patterns.patternOf[position] as number] as number
    const id = selection.ids[position]
    return {
      position: position + 1,
      ...(mayTell && id !== undefined ? { custom_id: id } : {}),
      distance: Number.isNaN(distance) ? null : distance,
      verdicts: named.map((_, run) => sayingOf(codes, run, position)),
    }
  }
  return {
    field: name,
    ...(filter === undefined ? {} : { filter }),
    matching: positions.length,
    listed: positions.slice(0, limit).map((position) => listItem(position)),
  }
}

function findItem(item: string, { positions, count }: Selection): number {
  const [, ordinal] = /^#(\d+)$/.exec(item) ?? []
  const position = positions.get(item) ?? (ordinal === undefined ? undefined : Number(ordinal) - 1)
  if (position === undefined || position < 0 || position >= count)
    throw new UserError('no such item', [
      `${JSON.stringify(item)}: expected a custom_id of the dataset, or #1 to #${count} for its place`,
    ])
  return position
}

function cascadeOf(
  names: readonly [string, string],
  named: readonly NamedRun[],
  selection: AlignedSelection,
  runs: readonly ComparedRun[],
  headline: FiguredField,
  speed: Comparability,
): Cascade {
  const [first, second] = names.map((one) => findRun(one, named))
  const known = named.map((run) => `${run.name} (${run.slug})`).join(', ')
  if (first === undefined || second === undefined || first === second)
    throw new UserError('no such cascade', [
      `--cascade ${names.join(',')}: expected two different runs out of ${known}`,
    ])
  if (headline.codes.field.type === 'number')
    throw new UserError('no cascade over numbers', [
      `${headline.name}: has no scale to ask along: choose a field with --field`,
    ])
  return cascadeOfRuns(selection, runs, headline, [first, second], speed)
}
