import type { Cascade, ComparedRun, FieldComparison, Pareto } from '../formats/comparison.ts'
import type { Label } from '../formats/label.ts'
import { agreeTwo } from './agree-pair.ts'
import type { AlignedRun } from './aligned-run.ts'
import { sumCascade } from './cascade.ts'
import type { Comparability } from './check-comparable.ts'
import { compareField } from './compare-field.ts'
import { codeField, type ComparedField, type FieldCodes } from './field-codes.ts'
import type { JudgedItems } from './judge-items.ts'
import { gatherLabels, labelledPositions, type Reference } from './label-figures.ts'
import { paretoFront } from './pareto.ts'

/** Runs joined to the items of their dataset, the fields they are read by, and the labels. */
export interface AlignedSelection {
  runIds: readonly string[]
  runs: readonly AlignedRun[]
  fields: Readonly<Record<string, ComparedField>>
  labels: readonly Label[]
  /** custom_id → position */
  positions: ReadonlyMap<string, number>
  promptSha256: string | undefined
}

/** One field of a selection: its codes, and all its figures. */
export interface FiguredField {
  name: string
  codes: FieldCodes
  judged: JudgedItems
  reference: Reference | undefined
  comparison: FieldComparison
}

/** Every figure of one field (MEASURES); replicates are added by `addReplicate`. */
export function figureField(selection: AlignedSelection, name: string, field: ComparedField): FiguredField {
  const { runIds, runs, labels, positions, promptSha256 } = selection
  const reference = gatherLabels(name, field, labels, positions, promptSha256)
  const columns = runs.flatMap((run) => run.fields.get(name) ?? [])
  const codes = codeField(field, columns, reference?.values ?? new Map())
  return { name, codes, reference, ...compareField(name, codes, runIds, reference) }
}

/** Adds to each field how far the run at `place` agrees with another of the same model and configuration. */
export function addReplicate(
  { runIds, runs }: Pick<AlignedSelection, 'runIds' | 'runs'>,
  figured: readonly Pick<FiguredField, 'name' | 'codes' | 'comparison'>[],
  place: number,
  again: { runId: string; run: AlignedRun },
): void {
  for (const { name, codes, comparison } of figured) {
    const own = runs[place]?.fields.get(name)
    const other = again.run.fields.get(name)
    if (!own || !other) continue
    const both = codeField(codes.field, [own, other], new Map())
    comparison.replicates.push({
      run_id: runIds[place] ?? '',
      again: again.runId,
      usable: agreeTwo(both, 'usable'),
      with_repaired: agreeTwo(both, 'with_repaired'),
    })
  }
}

/** The primary field, or the only one there is. */
export function headlineOf<Figured extends Pick<FiguredField, 'comparison'>>(figured: readonly Figured[]): Figured {
  return (figured.find(({ comparison }) => comparison.primary) ?? figured[0]) as Figured
}

/** Quality against speed: who is beaten in neither. Speeds that can't be compared mark nobody. */
export function drawFront(
  runs: readonly ComparedRun[],
  field: FieldComparison,
  { speed }: Pick<Comparability, 'speed'>,
): Pareto {
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
    not_comparable: [...speed],
    runs: points.map((point, place) =>
      Object.assign(point, { on_front: speed.length > 0 ? null : (front[place] ?? null) }),
    ),
  }
}

/** What if the run at place `first` judged all items, and the one at `second` only some? Not for numbers. */
export function cascadeOfRuns(
  { runs }: Pick<AlignedSelection, 'runs'>,
  compared: readonly ComparedRun[],
  { name, codes, reference }: Pick<FiguredField, 'name' | 'codes' | 'reference'>,
  [first, second]: readonly [number, number],
  { speed }: Pick<Comparability, 'speed'>,
): Cascade {
  const seconds = [first, second].map((place) => compared[place]?.speed.duration_seconds ?? 0) as [number, number]
  return {
    field: name,
    first: compared[first]?.run_id ?? '',
    second: compared[second]?.run_id ?? '',
    ...sumCascade({
      codes,
      first,
      second,
      tokens: runs[second]?.tokens ?? new Float64Array(),
      ...(speed.length === 0 && seconds[1] > 0 ? { seconds: { first: seconds[0], second: seconds[1] } } : {}),
      labelled: reference ? labelledPositions(reference).fair : [],
    }),
  }
}
