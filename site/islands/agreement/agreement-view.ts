import { compareLink } from '../../data/compare-link.ts'
import { encodeText } from '../../data/encode-text.ts'
import type { ComparedRun } from 'registry'
import type { AgreementFigures, FigureSet } from '../../data/agreement-data.ts'
import { makeVisible } from '../../data/make-visible.ts'

/** One field of a choice of runs, as every part of the page gets it. */
export interface AgreementView {
  figures: AgreementFigures
  set: FigureSet
  /** the way to the site's root */
  root: string
  /** the dataset's id, where cells may lead to the items behind them */
  dataset?: string | undefined
}

export function titleOf({ comparison: { title, field } }: FigureSet): string {
  return makeVisible(title ?? field.replaceAll('_', ' '))
}

/** `ordinal, 5 values` */
export function kindOf({ comparison: { type, scale } }: FigureSet): string {
  return scale ? `${type}, ${scale.length} values` : type
}

/** Run id → its letter. */
export function lettersOf({ runs }: Pick<AgreementFigures, 'runs'>): (runId: string) => string {
  const letters = new Map(runs.map(({ run_id: runId, name }) => [runId, name]))
  return (runId) => letters.get(runId) ?? runId
}

/** Run ids in a text as their letters. */
export function nameRuns({ runs }: Pick<AgreementFigures, 'runs'>, text: string): string {
  // the longest first: an id may begin another
  return runs
    .toSorted((a, b) => b.run_id.length - a.run_id.length)
    .reduce((told, { run_id: runId, name }) => told.replaceAll(runId, name), text)
}

export function modelOf({ model }: ComparedRun): string {
  return makeVisible(model.name)
}

/** Whether any verdict was repaired, so that the second reading says something else. */
export function hasRepairs({ comparison: { runs } }: FigureSet): boolean {
  return runs.some(({ repaired }) => repaired > 0)
}

/** The compare page at the items where two runs say certain things. @param says codes, -1 for not usable */
export function itemsLink(
  { root, dataset, figures, set }: AgreementView,
  [a, b]: readonly [number, number],
  says: readonly [number, number],
): string | undefined {
  if (dataset === undefined) return undefined
  const code = (value: number) => (value < 0 ? 'x' : String(value))
  const pair = `${a}.${b}.${code(says[0])}.${code(says[1])}`
  const runs = figures.runs.map(({ run_id: runId }) => runId)
  return `${root}${compareLink(dataset, runs)}&field=${encodeText(set.comparison.field)}&pair=${pair}`
}

/** Every two runs with their places, in the order of `comparison.pairs`. */
export function pairsOf({
  runs,
}: Pick<AgreementFigures, 'runs'>): { a: number; b: number; first: ComparedRun; second: ComparedRun }[] {
  return runs.flatMap((first, a) => runs.slice(a + 1).map((second, after) => ({ a, b: a + 1 + after, first, second })))
}
