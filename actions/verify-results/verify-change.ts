import { rawAgreement, UserError, type RawAgreement, type Rubric, type RunColumns, type RunMeta } from 'registry'
import { LfsServerError } from '../adapters/lfs-batch.ts'
import { checkChange, type AddedRun, type ChangeFindings } from './check-change.ts'
import { isPersonal } from './check-meta.ts'
import { checkRows, type RowFindings } from './check-rows.ts'
import { countVerdicts, type VerdictCounts } from './count-verdicts.ts'
import { findComparable, type Comparable } from './find-comparable.ts'
import { judgeRun, parseRateOf, type GateResult } from './judge-run.ts'
import type { PlaceObject, ReadOwnMeta } from './object-sources.ts'
import { readChange, type Change } from './read-change.ts'
import type { LfsObject } from './read-pointer.ts'
import type { StoreWeight } from './check-store.ts'
import { renderComment } from './render-comment.ts'

export interface VerifyChangeInputs {
  /** the ledger's folder: a Git repository (bare or not) that holds both commits, or a folder of one */
  repository: string
  /** main's commit or a ref to it: its catalog and policy judge the change */
  base: string
  /** the change's last commit; it is read as data and never checked out */
  head: string
  mode: 'row-free' | 'full'
  /** where LFS keeps the rows by main's word; personal rows are refused where nobody knows */
  lfsUrl?: string | undefined
  /** how many runs a change may bring, 1 unless a merge queue groups them */
  mostRuns?: number
}

export interface VerifyChangeDeps {
  /** asks the LFS server which objects it holds; without it that is told as not checked */
  askObjects?: (
    objects: readonly LfsObject[],
  ) => Promise<{ present: ReadonlySet<string>; missing: ReadonlyMap<string, string> }>
  /** where a full check gets rows from */
  placeObject?: PlaceObject
  /** the metas that runs left where they ran: what no row says (times, hardware, engine) can be compared with nothing else */
  readOwnMeta?: ReadOwnMeta
  /** where a full check lays its files out; beside the objects they are linked, not copied */
  scratch?: string
}

/** A run of the change, as a reviewer judges it. */
export interface VerifiedRun {
  meta: RunMeta
  /** no word of a row, of an engine or an id is told */
  personal: boolean
  comparable: Comparable
  gates: GateResult[]
  /** full check only, and only where the rows could be read */
  rows?: VerdictCounts & { parseRate?: number }
  /** the comparable run's, or why there are none */
  before: (VerdictCounts & { parseRate?: number; agreement: RawAgreement | { reason: string } }) | { reason: string }
}

export interface ChangeVerification {
  ok: boolean
  kind: ChangeFindings['kind']
  mode: VerifyChangeInputs['mode']
  base: string
  head: string
  /** each `path: finding: mend` */
  faults: string[]
  runs: VerifiedRun[]
  store: StoreWeight
  checked: string[]
  unchecked: string[]
}

export interface ChangeOutcome extends ChangeVerification {
  /** Markdown for the pull request, the hidden marker in its first line */
  comment: string
  /** for the commit status, at most 140 characters */
  description: string
}

/**
 * Judges a change to a ledger by main's rules: paths, write-once, the runs' metas and pointers, objects, policy and gates;
 * in full mode also every figure, recounted from the rows. Changes nothing.
 * @throws UserError when the commits can't be read, or in full mode when the server can't be asked
 */
export async function verifyChange(inputs: VerifyChangeInputs, deps: VerifyChangeDeps): Promise<ChangeOutcome> {
  const change = await readChange(inputs)
  const found = checkChange(change, { mostRuns: inputs.mostRuns ?? 1, lfsUrl: inputs.lfsUrl })
  const faults = [...found.faults]
  const checked = found.kind === 'run' ? ['paths', 'write-once', 'metas', 'pointers', 'catalog', 'policy'] : ['paths']
  const unchecked: string[] = []
  if (found.kind === 'index') checked.push('the index against all metas')
  if (found.runs.length > 0) {
    const asked = await tryToAsk(inputs, found.runs, deps)
    if ('reason' in asked) unchecked.push(`objects on the LFS server (${asked.reason})`)
    else {
      faults.push(...asked.faults)
      checked.push('objects on the LFS server')
    }
  }
  const runs: VerifiedRun[] = []
  for (const run of found.runs) {
    const comparable = findComparable(run.meta, change.main.runs)
    const rows = inputs.mode === 'full' ? await readRows(inputs, change, run, comparable, deps) : undefined
    faults.push(...(rows?.faults ?? []))
    const own =
      inputs.mode === 'full' ? await deps.readOwnMeta?.({ runId: run.meta.run_id, metaPath: run.metaPath }) : undefined
    if (own !== undefined) {
      checked.push('the meta against the one in the spool')
      if (own !== change.texts.get(run.metaPath))
        faults.push(
          `${run.metaPath}: differs from the meta that the run left in the spool: it was edited after the run; publish the bundle again on a branch of its own`,
        )
    } else if (inputs.mode === 'full')
      unchecked.push('times, hardware and engine: the run’s own meta is not in the spool here')
    if (rows?.columns) checked.push('every figure recounted from the rows')
    else unchecked.push(rows ? 'the rows (see the faults)' : 'the rows (the full check reads them)')
    if (rows?.columns) {
      if (rows.idsUnchecked === undefined) checked.push('ids and their order against the dataset')
      else unchecked.push(`ids against the dataset: ${rows.idsUnchecked}`)
    }
    runs.push(describeRun(change, run, comparable, rows))
  }
  const distinct = [...new Set(faults)]
  const verification: ChangeVerification = {
    ok: distinct.length === 0 && runs.every(({ gates }) => gates.every(({ ok }) => ok !== false)),
    kind: found.kind,
    mode: inputs.mode,
    base: change.base,
    head: change.head,
    faults: distinct,
    runs,
    store: found.store,
    checked: [...new Set(checked)],
    unchecked: [...new Set(unchecked)],
  }
  return { ...verification, comment: renderComment(verification), description: describe(verification) }
}

/** A row-free check may run where a private server can't be reached; the full one runs where it can. */
async function tryToAsk(
  { mode }: VerifyChangeInputs,
  runs: readonly AddedRun[],
  { askObjects }: VerifyChangeDeps,
): Promise<{ faults: string[] } | { reason: string }> {
  if (!askObjects) return { reason: 'it was not asked' }
  try {
    return { faults: await askForObjects(runs, askObjects) }
  } catch (error) {
    if (mode === 'full' || !(error instanceof LfsServerError)) throw error
    return { reason: error.problems.join('; ') }
  }
}

async function askForObjects(
  runs: readonly AddedRun[],
  ask: NonNullable<VerifyChangeDeps['askObjects']>,
): Promise<string[]> {
  const named = runs.flatMap(({ meta, objects }) =>
    (['results', 'log'] as const).flatMap((part) => {
      const object = objects[part]
      return object ? [{ path: meta.files[part], ...object }] : []
    }),
  )
  if (named.length === 0) return []
  const { present, missing } = await ask(named.map(({ oid, size }) => ({ oid, size })))
  return named
    .filter(({ oid }) => !present.has(oid))
    .map(
      ({ path, oid }) =>
        `${path}: the LFS server does not hold sha256 ${oid.slice(0, 12)}… (${missing.get(oid) ?? 'it did not say why'}): publish the bundle again; it is kept in the spool`,
    )
}

function readRows(
  { repository }: VerifyChangeInputs,
  change: Change,
  run: AddedRun,
  { verdicts }: Comparable,
  { placeObject, scratch }: VerifyChangeDeps,
): Promise<RowFindings> {
  if (!placeObject) throw new UserError('a full check needs the rows', ['no source of objects was given'])
  const metaOid = change.headEntries.get(run.metaPath)?.oid ?? ''
  const before = verdicts.run ? { run: verdicts.run } : { reason: verdicts.reason }
  const main = { repository, commit: change.base, prefix: change.prefix }
  return checkRows(main, change.main.catalog, { ...run, metaOid }, before, { placeObject, scratch })
}

function describeRun(
  { main: { catalog } }: Change,
  { meta }: AddedRun,
  comparable: Comparable,
  found: RowFindings | undefined,
): VerifiedRun {
  const rubric = catalog.rubrics.get(meta.dataset.rubric ?? '')
  const rows = found?.columns ? countAll(found.columns, rubric) : undefined
  const rowFree = { reason: found ? 'the rows can’t be read' : 'needs the rows: the full check judges it' }
  const before = found?.before ?? rowFree
  const agreement = !found?.columns
    ? rowFree
    : 'columns' in before
      ? agree(found.columns, before.columns, rubric)
      : before
  const parseRate =
    rows === undefined
      ? rowFree
      : rubric === undefined
        ? { reason: 'the run names no rubric' }
        : rows.parseRate === undefined
          ? { reason: 'no row was answered well' }
          : { value: rows.parseRate }
  return {
    meta,
    personal: isPersonal(meta, catalog),
    comparable,
    gates: judgeRun(catalog.policy.gates, { meta, comparable, parseRate, agreement }),
    ...(rows ? { rows } : {}),
    before: 'columns' in before ? { ...countAll(before.columns, rubric), agreement } : before,
  }
}

function countAll(columns: RunColumns, rubric: Rubric | undefined): VerdictCounts & { parseRate?: number } {
  const parseRate = rubric ? parseRateOf(columns) : undefined
  return { ...countVerdicts(columns, rubric), ...(parseRate === undefined ? {} : { parseRate }) }
}

function agree(here: RunColumns, there: RunColumns, rubric: Rubric | undefined): RawAgreement | { reason: string } {
  const [name, field] = Object.entries(rubric?.fields ?? {}).find(([, { primary }]) => primary === true) ?? []
  return name === undefined || !field ? { reason: 'the run names no rubric' } : rawAgreement(here, there, name, field)
}

const mostDescription = 140

/** How a status' description starts; it says later which check set it. */
export const checkNames = { full: 'full check', 'row-free': 'row-free check' }

/** One line for a commit status: the check, the verdict, and the first reason. */
function describe({ mode, kind, faults, runs }: ChangeVerification): string {
  const red = runs.flatMap(({ gates }) => gates.filter(({ ok }) => ok === false).map(({ reason }) => reason))
  const reasons = [...faults, ...red]
  const [run] = runs
  const said =
    kind === 'none' && reasons.length === 0
      ? 'no run in this change'
      : reasons.length > 0
        ? `does not hold, ${reasons.length} ${reasons.length === 1 ? 'reason' : 'reasons'}: ${reasons[0]}`
        : run
          ? `holds: ${run.meta.results.success} of ${run.meta.results.total} rows answered well`
          : 'holds: the index says what the metas say'
  const line = `${checkNames[mode]}: ${said}`.replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
  return line.length > mostDescription ? `${line.slice(0, mostDescription - 1).replace(/[\uD800-\uDBFF]$/, '')}…` : line
}
