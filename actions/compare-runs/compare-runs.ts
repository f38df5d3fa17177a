import {
  agreeTwo,
  alignRun,
  bootstrapSettings,
  checkComparable,
  codeField,
  compareField,
  gatherLabels,
  labelledPositions,
  paretoFront,
  rankItems,
  sumCascade,
  UserError,
  type Cascade,
  type ComparedRun,
  type Comparability,
  type Comparison,
  type FieldCodes,
  type FieldComparison,
  type JudgedItems,
  type ListedItem,
  type Pareto,
  type Reference,
  type Rubric,
  type RunMeta,
} from 'registry'
import { readLedger, stemOf, type Ledger } from 'registry/node'
import { isPersonal } from '../verify-results/check-meta.ts'
import { chooseRuns, findReplicate, type Choice } from './choose-runs.ts'
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
  const selection = await readSelection(ledger, metas, {
    labelsFile: inputs.labels,
    itemId: inputs.item,
    force: inputs.force === true,
    cache: inputs.cache,
  })
  const runs = metas.map((meta, place) => describeRun(meta, place, selection))
  const compared = compareFields(selection, runs, inputs.field)
  if (metas.length === 1 && compared.every(({ reference }) => reference === undefined))
    throw new UserError('nothing to compare', [
      `${metas[0]?.run_id}: is alone, and the dataset has no labels: name another run or model`,
    ])
  await addReplicates(ledger, selection, compared, inputs.cache)
  const chosen = headline(compared)
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
    warnings: [...comparable.warnings, ...incomplete(metas), ...selection.warnings],
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
      : { cascade: cascadeOf(inputs.cascade, named, selection, chosen, comparable) }),
  }
}

interface ComparedField {
  name: string
  codes: FieldCodes
  judged: JudgedItems
  reference: Reference | undefined
  comparison: FieldComparison
}

function compareFields(selection: Selection, runs: readonly ComparedRun[], only: string | undefined): ComparedField[] {
  const names = Object.keys(selection.fields)
  if (only !== undefined && !names.includes(only))
    throw new UserError('no such field', [`${JSON.stringify(only)}: these runs have ${names.join(', ')}`])
  const runIds = runs.map(({ run_id: runId }) => runId)
  const promptSha256 = selection.metas[0]?.dataset.prompt_sha256
  return Object.entries(selection.fields).flatMap(([name, field]) => {
    if (only !== undefined && name !== only) return []
    const reference = gatherLabels(name, field, selection.labels, selection.positions, promptSha256)
    const columns = selection.runs.flatMap((run) => run.fields.get(name) ?? [])
    const codes = codeField(field, columns, reference?.values ?? new Map())
    return [{ name, codes, reference, ...compareField(name, codes, runIds, reference) }]
  })
}

/** The primary field, or the only one chosen. */
function headline(compared: readonly ComparedField[]): ComparedField {
  return (compared.find(({ comparison }) => comparison.primary) ?? compared[0]) as ComparedField
}

function describeRun(meta: RunMeta, place: number, { tokens, rubricIds }: Selection): ComparedRun {
  const { duration_seconds: seconds, req_per_sec: rate, segments } = meta.execution
  const sums = tokens[place] as Selection['tokens'][number]
  const perSecond = (sum: number, measured: number | undefined) =>
    measured === undefined || seconds === undefined || seconds === 0 ? undefined : sum / seconds
  const prompt = perSecond(sums.prompt, meta.results.avg_prompt_tokens)
  const output = perSecond(sums.output, meta.results.avg_completion_tokens)
  const joules = segments.map(({ energy_joules: energy }) => energy)
  const energy = joules.reduce<number | undefined>(
    (sum, one) => (sum === undefined || one === undefined ? undefined : sum + one),
    0,
  )
  return {
    run_id: meta.run_id,
    name: letterOf(place),
    model: { slug: meta.model.slug, name: meta.model.name },
    rubric: rubricIds[place] ?? '',
    status: meta.status,
    started_at: meta.execution.started_at,
    speed: {
      ...(seconds === undefined ? {} : { duration_seconds: seconds }),
      ...(rate === undefined ? {} : { req_per_sec: rate }),
      ...(prompt === undefined ? {} : { prompt_tokens_per_sec: prompt }),
      ...(output === undefined ? {} : { output_tokens_per_sec: output }),
      ...(energy === undefined || joules.length === 0 || meta.results.success === 0
        ? {}
        : { joules_per_1000_rows: (energy / meta.results.success) * 1000 }),
    },
  }
}

/** A, B, … Z, then R27 */
function letterOf(place: number): string {
  return place < 26 ? String.fromCharCode(65 + place) : `R${place + 1}`
}

function incomplete(metas: readonly RunMeta[]): string[] {
  return metas.flatMap(({ run_id: runId, status, results }) =>
    status === 'completed' ? [] : [`${runId} is ${status}: ${results.success} of ${results.total} rows were answered`],
  )
}

/** Reads, for each selected run, another of its model and configuration, where there is one. */
async function addReplicates(
  ledger: Ledger,
  selection: Selection,
  compared: readonly ComparedField[],
  cache: string | undefined,
): Promise<void> {
  const all = ledger.runs.map(({ meta }) => meta)
  const done = new Set<string>()
  for (const [place, meta] of selection.metas.entries()) {
    const again = findReplicate(meta, all)
    const key = again && [meta.run_id, again.run_id].sort().join(' ')
    if (!again || key === undefined || done.has(key)) continue
    done.add(key)
    const rubric = selection.rubrics[place] as Rubric
    const { columns } = await readColumns(ledger.folder, again, rubric, cache)
    const aligned = alignRun(columns, selection.positions, selection.count, selection.fields)
    for (const { name, codes, comparison } of compared) {
      const own = selection.runs[place]?.fields.get(name)
      const other = aligned.fields.get(name)
      if (!own || !other) continue
      const both = codeField(codes.field, [own, other], new Map())
      comparison.replicates.push({
        run_id: meta.run_id,
        again: again.run_id,
        usable: agreeTwo(both, 'usable'),
        with_repaired: agreeTwo(both, 'with_repaired'),
      })
    }
  }
}

/** Quality against speed: who is beaten in neither. Speeds that can't be compared mark nobody. */
function drawFront(runs: readonly ComparedRun[], field: FieldComparison, { speed }: Comparability): Pareto {
  const byLabels = field.labels !== undefined && field.labels.labelled > 0
  const points = runs.map((run, place) => ({
    run_id: run.run_id,
    quality: byLabels
      ? (field.labels?.runs[place]?.usable.accuracy ?? null)
      : field.items.total === 0
        ? null
        : (field.runs[place]?.usable ?? 0) / field.items.total,
    speed: run.speed.req_per_sec ?? null,
  }))
  const front = paretoFront(points)
  return {
    quality: byLabels ? 'accuracy' : 'usable share',
    field: field.field,
    speed: 'req/s',
    not_comparable: speed,
    runs: points.map((point, place) =>
      Object.assign(point, { on_front: speed.length > 0 ? null : (front[place] ?? null) }),
    ),
  }
}

function listItems(
  { filter, limit = 10 }: CompareInputs,
  selection: Selection,
  { name, codes, judged }: ComparedField,
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
  selection: Selection,
  { name, codes, reference }: ComparedField,
  { speed }: Comparability,
): Cascade {
  const [first, second] = names.map((one) => findRun(one, named))
  const known = named.map((run) => `${run.name} (${run.slug})`).join(', ')
  if (first === undefined || second === undefined || first === second)
    throw new UserError('no such cascade', [
      `--cascade ${names.join(',')}: expected two different runs out of ${known}`,
    ])
  if (codes.field.type === 'number')
    throw new UserError('no cascade over numbers', [`${name}: has no scale to ask along: choose a field with --field`])
  const seconds = [first, second].map((place) => selection.metas[place]?.execution.duration_seconds ?? 0) as [
    number,
    number,
  ]
  return {
    field: name,
    first: named[first]?.runId ?? '',
    second: named[second]?.runId ?? '',
    ...sumCascade({
      codes,
      first,
      second,
      tokens: selection.runs[second]?.tokens ?? new Float64Array(),
      ...(speed.length === 0 && seconds[1] > 0 ? { seconds: { first: seconds[0], second: seconds[1] } } : {}),
      labelled: reference ? labelledPositions(reference).fair : [],
    }),
  }
}
