import type { Cascade, ComparedField, ComparedRun, FieldComparison, FiguredRun, Label } from 'registry'

/*
 * What the agreement page shows, and what it fetches when other runs are chosen than the newest.
 */

/** data/agreement/<dataset page>.json: what figures need beside a run's columns; by place as in data/compare/<page>.json. */
export interface AgreementIndex {
  sets: AgreementSet[]
  /** newest first; only runs that have columns */
  runs: AgreementRun[]
}

export interface AgreementSet {
  /** how the dataset counts its items, whether or not they are here */
  count: number
  /** in the rubric's order, text fields left out */
  fields: Record<string, ComparedField>
  /** data/labels/<set>.json: PlacedLabel[]; absent where there are none */
  labels?: string
  /** why the labels are not used */
  labelProblem?: string
}

export interface AgreementRun {
  about: FiguredRun
  /** sums over its rows */
  tokens: { prompt: number; output: number }
  rubric: string
}

/** A reference label whose item is named by its place. */
export interface PlacedLabel extends Omit<Label, 'custom_id' | 'note'> {
  position: number
}

/** Every figure of one choice of runs: what `batchledger compare --json` says, confusion tables and cascades. */
export interface AgreementFigures {
  /** items of the dataset */
  count: number
  /** what differs between the runs and may explain differences */
  warnings: string[]
  /** runs that did not answer all of their rows */
  incomplete: string[]
  /** why speeds can't be compared */
  speedProblems: string[]
  runs: ComparedRun[]
  /** the primary one first */
  fields: FigureSet[]
}

export interface FigureSet {
  comparison: FieldComparison
  /** by pair as in `comparison.pairs`; none for numbers */
  confusion: number[][][]
  /** what if another run judged all and the target only some; none for numbers */
  cascades: Cascade[]
}
