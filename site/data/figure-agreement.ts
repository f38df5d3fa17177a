import {
  addReplicate,
  cascadeOfRuns,
  checkComparable,
  countConfusion,
  describeComparedRun,
  figureField,
  tellIncomplete,
  type AlignedRun,
  type AlignedSelection,
  type Cascade,
  type Comparability,
  type ComparedField,
  type ComparedRun,
  type FiguredField,
  type Label,
} from 'registry'
import type { AgreementFigures, AgreementRun, FigureSet, PlacedLabel } from './agreement-data.ts'

/** Runs of one set with their columns, joined to the dataset's items. */
export interface FigureInputs {
  count: number
  fields: Readonly<Record<string, ComparedField>>
  runs: readonly (AgreementRun & { columns: AlignedRun })[]
  labels: readonly PlacedLabel[]
  /** other runs of a chosen run's model and configuration, by the chosen one's place */
  replicates: readonly { place: number; runId: string; columns: AlignedRun }[]
}

/**
 * All figures of a choice of runs, by the functions of `batchledger compare`. Pure; a generator that yields after each field
 * how many are done, so that a caller can tell and stop.
 */
export function* figureAgreement(inputs: FigureInputs): Generator<number, AgreementFigures> {
  const abouts = inputs.runs.map(({ about }) => about)
  const runs = inputs.runs.map(({ about, tokens, rubric }, place) => describeComparedRun(about, place, tokens, rubric))
  const comparable = checkComparable(abouts)
  const selection: AlignedSelection = {
    runIds: runs.map(({ run_id: runId }) => runId),
    runs: inputs.runs.map(({ columns }) => columns),
    fields: inputs.fields,
    ...placeLabels(inputs.labels),
    promptSha256: abouts[0]?.dataset.prompt_sha256,
  }
  const fields: FigureSet[] = []
  for (const [name, field] of Object.entries(inputs.fields)) {
    const figured = figureField(selection, name, field)
    for (const { place, runId, columns } of inputs.replicates)
      addReplicate(selection, [figured], place, { runId, run: columns })
    fields.push({
      comparison: figured.comparison,
      confusion: figured.codes.numbers ? [] : confusionOf(figured, runs.length),
      cascades: figured.codes.numbers ? [] : cascadesOf(selection, runs, figured, comparable),
    })
    yield fields.length
  }
  return {
    count: inputs.count,
    warnings: [...comparable.refusals, ...comparable.warnings],
    incomplete: tellIncomplete(abouts),
    speedProblems: comparable.speed,
    runs,
    fields: fields.toSorted((a, b) => Number(b.comparison.primary) - Number(a.comparison.primary)),
  }
}

/** Runs a generator of steps to its end. */
export function finish<Result>(steps: Generator<unknown, Result>): Result {
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
  }
}

/** Labels as gatherLabels wants them: the place stands for the custom_id, which pages don’t need. */
function placeLabels(labels: readonly PlacedLabel[]): { labels: Label[]; positions: Map<string, number> } {
  return {
    labels: labels.map(({ position, ...label }) => ({ ...label, custom_id: String(position) })),
    positions: new Map(labels.map(({ position }) => [String(position), position])),
  }
}

function confusionOf({ codes }: FiguredField, runs: number): number[][][] {
  const places = Array.from({ length: runs }, (_, place) => place)
  return places.flatMap((a) => places.slice(a + 1).map((b) => countConfusion(codes, [a, b])))
}

/** Each run asked first, the target asked where its verdict is in a set. */
function cascadesOf(
  selection: AlignedSelection,
  runs: readonly ComparedRun[],
  figured: FiguredField,
  comparable: Comparability,
): Cascade[] {
  const target = targetOf(runs, figured)
  return runs.flatMap((_, place) =>
    place === target ? [] : [cascadeOfRuns(selection, runs, figured, [place, target], comparable)],
  )
}

/** The run worth asking: the most accurate where there are labels, else the one that took longest. The first of equals. */
function targetOf(runs: readonly ComparedRun[], { comparison: { labels } }: FiguredField): number {
  const worth = runs.map((run, place) =>
    labels !== undefined && labels.labelled > 0
      ? (labels.runs[place]?.usable.accuracy ?? 0)
      : (run.speed.duration_seconds ?? 0),
  )
  return worth.indexOf(Math.max(...worth))
}
