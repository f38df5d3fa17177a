import type { RunMeta } from 'registry'
import { buildIndex, formatJson, indexPath } from 'registry/node'
import { checkBundles } from './check-bundle.ts'
import { checkLabels } from './check-labels.ts'
import { checkStore, weighStore, type StoreWeight } from './check-store.ts'
import { isResult, type Change } from './read-change.ts'
import type { LfsObject } from './read-pointer.ts'

/** A run that a change adds, whose meta can be believed. */
export interface AddedRun {
  meta: RunMeta
  metaPath: string
  /** what its pointers name, as they stand in Git; an empty file has none */
  objects: Partial<Record<'results' | 'log', LfsObject>>
}

export interface ChangeFindings {
  /** none: nothing below results/ · index: the index alone · run: anything else */
  kind: 'none' | 'index' | 'run'
  runs: AddedRun[]
  /** each `path: finding: mend` */
  faults: string[]
  store: StoreWeight
}

export interface ChangeRules {
  /** how many runs a change may bring; a merge queue's group may bring several */
  mostRuns: number
  /** where the rows' objects are kept, as main has it; undefined where nobody knows */
  lfsUrl?: string | undefined
}

/** A change against the rules of a ledger, without a row. Every fault is told. Pure. */
export function checkChange(change: Change, rules: ChangeRules): ChangeFindings {
  const touched = change.paths.filter(isResult)
  const store = (runs: readonly AddedRun[]) => weighStore(change.main, runs)
  if (touched.length === 0)
    return {
      kind: 'none',
      runs: [],
      faults: [
        ...checkHistory(change),
        ...checkLabels(change),
        ...tellPassing(change.passing.filter((path) => isResult({ path }))),
      ],
      store: store([]),
    }
  if (change.paths.length === 1 && touched[0]?.path === indexPath)
    return {
      kind: 'index',
      runs: [],
      faults: [
        ...checkHistory(change),
        ...checkIndex(change),
        ...tellPassing(change.passing.filter((path) => path !== indexPath)),
      ],
      store: store([]),
    }
  const { runs, faults } = checkBundles(change)
  const weight = store(runs)
  return {
    kind: 'run',
    runs,
    faults: [
      ...checkHistory(change),
      ...checkPaths(change),
      ...checkCase(change),
      ...faults,
      ...(runs.length > rules.mostRuns
        ? [
            `results/: ${runs.length} runs in one change (${runs.map(({ meta }) => meta.run_id).join(', ')}), expected ${rules.mostRuns}: each run is judged on its own; publish each on its own branch`,
          ]
        : []),
      ...tellPassing(change.passing),
      ...checkStore(change.main, runs, weight, rules),
    ],
    store: weight,
  }
}

/** A merge takes away what one point has and another lacks, and no difference to a single point tells that. */
function checkHistory({ crissCross }: Change): string[] {
  if (!crissCross) return []
  return [
    '(history): parts from main in several points, so that a merge would bring more than is seen here: make one commit of it on main (git reset --soft origin/main && git commit)',
  ]
}

/** What a run's change may not touch, and what it may not do to what is there. */
function checkPaths({ paths, mainEntries }: Change): string[] {
  return paths.flatMap(({ path, status, mode, oid }) => {
    if (!isResult({ path }))
      return [
        `${path}: is ${status} beside a run, ${whatItIs(path)}: a run brings its three files and nothing else; move it to a pull request of its own`,
      ]
    if (path === indexPath)
      return [
        `${path}: is ${status} beside a run: the index is written on main after the merge (batchledger register); take it out of this change`,
      ]
    if (status !== 'added')
      return [
        `${path}: is ${status}, it stands on main: a run is write-once once it is merged (renamed and moved count too); restore it with git checkout main -- PATH`,
      ]
    const there = mainEntries.get(path)
    if (there)
      return [
        `${path}: stands on main already, ${there.oid === oid ? 'with the same content' : 'with other content'}: a run is write-once; ${there.oid === oid ? 'close this pull request' : 'make a new run of it (batchledger run --continues)'}`,
      ]
    const kind = modes[mode]
    return kind === undefined
      ? []
      : [`${path}: is ${kind} (mode ${mode}), expected a plain file (100644): write the file itself`]
  })
}

const modes: Record<string, string> = { '100755': 'executable', '120000': 'a symbolic link', '160000': 'a submodule' }

/** Why it matters that a path is not a run's. */
function whatItIs(path: string): string {
  if (/(^|\/)\.lfsconfig$/i.test(path)) return 'and it says where rows are sent'
  if (/(^|\/)\.gitattributes$/i.test(path)) return 'and it says what travels through LFS'
  if (/^(\.\.\/)?\.(github|gitea|forgejo)\//i.test(path)) return 'and it is what the runners run'
  if (/^registry\//i.test(path)) return 'and it is what runs are judged by'
  return 'and it is no part of one'
}

/** Two paths that are one where letter case or accents' spelling don't count (macOS, Windows). */
function checkCase({ paths, mainEntries }: Change): string[] {
  const spelled = new Map<string, string>()
  for (const path of mainEntries.keys()) for (const part of withFolders(path)) spelled.set(fold(part), part)
  const problems: string[] = []
  for (const { path, status } of paths) {
    if (!isResult({ path }) || status === 'deleted') continue
    for (const part of withFolders(path)) {
      const other = spelled.get(fold(part)) ?? (fold(part) === 'results' ? 'results' : undefined)
      if (other === undefined) spelled.set(fold(part), part)
      else if (other !== part)
        problems.push(
          `${path}: ${part} and ${other} differ only in letter case, and are one on some file systems: take another name`,
        )
    }
  }
  return problems
}

function withFolders(path: string): string[] {
  const parts = path.split('/')
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'))
}

function fold(path: string): string {
  return path.normalize('NFKC').toLowerCase()
}

function tellPassing(paths: readonly string[]): string[] {
  return paths.map(
    (path) =>
      `${path || '(no path)'}: a commit of this change holds content that its end does not, and a merge would bring it to main for good: make one commit of it (git reset --soft origin/main && git commit)`,
  )
}

/** The index changed on its own: then it must be what the metas beside it say. */
function checkIndex(change: Change): string[] {
  const entry = change.headEntries.get(indexPath)
  if (!entry) return [`${indexPath}: is deleted: write it with batchledger register`]
  if (entry.mode !== '100644') return [`${indexPath}: has mode ${entry.mode}, expected a plain file (100644)`]
  if (change.texts.get(indexPath) === formatJson(buildIndex(change.headRuns ?? [], change.main.catalog))) return []
  return [
    `${indexPath}: does not say what the runs’ metas say: it is not edited by hand; write it with batchledger register`,
  ]
}
