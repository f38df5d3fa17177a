import { findReplicates, missingStatus, type AlignedField, type AlignedRun } from 'registry'
import type { AgreementIndex, AgreementRun, PlacedLabel } from '../../data/agreement-data.ts'
import type { CompareIndex, CompareRun } from '../../data/compare-data.ts'
import type { FigureInputs } from '../../data/figure-agreement.ts'
import type { DataSource } from '../data-source.ts'

/** Where figures are made from: the site's own data files, in the browser and while it is built. */
export interface FigureSource {
  data: DataSource
  index: CompareIndex
  agreement: AgreementIndex
  /** reads a JSON file by its path from the site's root */
  readJson: (path: string) => Promise<unknown>
}

/**
 * Reads what the figures of a choice of runs need, run by run.
 * @param runIds runs of one set that have columns @param tell how many files of how many are here
 * @throws Error where a run is unknown, has no columns or is of another set
 */
export async function loadFigureInputs(
  source: FigureSource,
  runIds: readonly string[],
  tell: (done: number, of: number) => void = () => undefined,
): Promise<FigureInputs> {
  const { index, agreement } = source
  const chosen = runIds.map((runId) => findRun(source, runId))
  const place = chosen[0]?.run.set ?? -1
  const [set, figured] = [index.sets[place], agreement.sets[place]]
  if (!set?.items || !figured) throw new Error('no run that could be compared')
  if (chosen.some(({ run }) => run.set !== place)) throw new Error('these runs were not asked the same')
  const replicates = findReplicates(
    chosen.map(({ own }) => own.about),
    agreement.runs.map(({ about }) => about),
  ).flatMap(({ place: of, again }) => {
    const run = index.runs.find(({ runId, columns }) => runId === again.run_id && columns !== undefined)
    return run ? [{ place: of, run }] : []
  })
  const { count: listed } = set.items
  const files = chosen.length + replicates.length
  let done = 0
  const read = async (run: CompareRun, withTokens: boolean): Promise<AlignedRun> => {
    const columns = await source.data.columns(run, listed)
    const tokens = withTokens ? await source.data.tokens(run, listed) : new Float64Array()
    tell(++done, files)
    return extend({ ...columns, tokens }, figured.count)
  }
  const runs: FigureInputs['runs'][number][] = []
  for (const { run, own } of chosen) runs.push({ ...own, columns: await read(run, true) })
  const again: FigureInputs['replicates'][number][] = []
  for (const { place: of, run } of replicates)
    again.push({ place: of, runId: run.runId, columns: await read(run, false) })
  return {
    count: figured.count,
    fields: figured.fields,
    runs,
    labels: figured.labels === undefined ? [] : ((await source.readJson(figured.labels)) as PlacedLabel[]),
    replicates: again,
  }
}

function findRun({ index, agreement }: FigureSource, runId: string): { run: CompareRun; own: AgreementRun } {
  const run = index.runs.find((one) => one.runId === runId)
  const own = agreement.runs.find(({ about }) => about.run_id === runId)
  if (!run || !own) throw new Error(`${runId}: no such run of this dataset, or its verdicts can’t be read`)
  return { run, own }
}

/** Items that the dataset counts and nobody lists have no row in any run. */
function extend(run: AlignedRun, count: number): AlignedRun {
  const listed = run.rows.length
  if (listed >= count) return run
  const longer = ({ statuses, codes, numbers }: AlignedField): AlignedField => ({
    statuses: grow(new Uint8Array(count).fill(missingStatus), statuses),
    codes: grow(new Int32Array(count).fill(-1), codes),
    ...(numbers ? { numbers: grow(new Float64Array(count).fill(Number.NaN), numbers) } : {}),
  })
  return {
    fields: new Map([...run.fields].map(([name, field]) => [name, longer(field)])),
    rows: grow(new Int32Array(count).fill(-1), run.rows),
    tokens: run.tokens.length === 0 ? run.tokens : grow(new Float64Array(count), run.tokens),
  }
}

function grow<Values extends { set: (from: Values) => void }>(into: Values, from: Values): Values {
  into.set(from)
  return into
}
