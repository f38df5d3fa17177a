import { parseJson, runMetaSchema, type RunMeta } from 'registry'
import { catalogFolders, checkPlace, formatJson, metaPathOf, stemOf } from 'registry/node'
import type { AddedRun } from './check-change.ts'
import { checkMeta } from './check-meta.ts'
import { mostMetaBytes, type Change } from './read-change.ts'
import { readPointerText, type LfsObject } from './read-pointer.ts'

const parts = ['results', 'log'] as const
const emptySha256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'
const metaPattern = /^results\/[^/]+\/[^/]+\.meta\.json$/

/** The runs a change adds: whole, at their place, new, agreeing with main's catalog, rows behind plain pointers. Pure. */
export function checkBundles(change: Change): { runs: AddedRun[]; faults: string[] } {
  const added = new Map(
    change.paths
      .filter(({ path, status }) => status === 'added' && path.startsWith('results/'))
      .map((entry) => [entry.path, entry]),
  )
  const runs: AddedRun[] = []
  const faults: string[] = []
  const spoken = new Set<string>()
  for (const [path, { mode }] of added) {
    if (!metaPattern.test(path)) continue
    const base = path.slice(0, -'.meta.json'.length)
    for (const ending of ['.meta.json', '.jsonl', '.log']) spoken.add(base + ending)
    // a link or a submodule is told as such
    if (mode !== '100644' && mode !== '100755') continue
    const { meta, problems } = readMeta(path, change.texts.get(path))
    faults.push(...problems)
    if (!meta) continue
    for (const part of parts) spoken.add(meta.files[part])
    const { objects, problems: wrong } = checkFiles(change, added, meta)
    faults.push(...wrong, ...checkNew(change, runs, meta), ...checkCatalog(change, meta))
    runs.push({ meta, metaPath: path, objects })
  }
  for (const path of added.keys())
    if (!spoken.has(path) && path !== 'results/metadata.json')
      faults.push(
        `${path}: belongs to no run of this change: results/ holds runs, each with its .jsonl, .log and .meta.json; take it out, or add the meta that names it`,
      )
  return { runs, faults }
}

function readMeta(path: string, text: string | undefined): { meta?: RunMeta; problems: string[] } {
  if (text === undefined)
    return {
      problems: [
        `${path}: is larger than ${mostMetaBytes} bytes, a meta is some kilobytes: restore it from the bundle`,
      ],
    }
  const { value: meta, problems } = parseJson(text, path, runMetaSchema)
  if (!meta) return { problems: problems.map((problem) => shorten(problem, path)) }
  const misplaced = checkPlace(meta, path)
  // what the format doesn't know would go unread, and a member that stands twice would be read as either
  const exact = sameMembers(meta, text)
  const faults = exact
    ? []
    : [
        `${path}: holds more than the format has, or is not written as batchledger writes it (two spaces, each member once): restore it from the bundle`,
      ]
  return misplaced.length > 0 ? { problems: [...misplaced, ...faults] } : { meta, problems: faults }
}

/** The schema's parse puts members in the schema's order; the same members in any order are the same meta. */
function sameMembers(meta: RunMeta, text: string): boolean {
  const asWritten: unknown = JSON.parse(text)
  return formatJson(asWritten) === text && formatJson(sortMembers(asWritten)) === formatJson(sortMembers(meta))
}

function sortMembers(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortMembers)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, member]) => [name, sortMembers(member)]),
  )
}

/** A schema's finding with its first two keys only: deeper ones may be anybody's words. */
function shorten(problem: string, path: string): string {
  const rest = problem.slice(path.length + 2)
  const [, keys = '', finding = ''] = /^([\w.[\]-]+): ([^]*)$/.exec(rest) ?? ['', '', rest]
  return keys === '' ? problem : `${path}: ${keys.split('.').slice(0, 2).join('.')}: ${finding}`
}

/** A run's rows and log: they come along, as pointers in their plain form that name what the meta names. */
function checkFiles(
  change: Change,
  added: ReadonlyMap<string, { mode: string; size: number }>,
  meta: RunMeta,
): { objects: AddedRun['objects']; problems: string[] } {
  const objects: AddedRun['objects'] = {}
  const problems: string[] = []
  for (const part of parts) {
    const path = meta.files[part]
    const entry = added.get(path)
    if (!entry) {
      if (!change.headEntries.has(path) || !change.mainEntries.has(path))
        problems.push(`${path}: the meta names it, the change does not bring it: publish the bundle again`)
      continue
    }
    if (!entry.mode.startsWith('100')) continue
    const { sha256, bytes } = { sha256: meta.files.sha256[part], bytes: meta.files.bytes[part] }
    const text = change.texts.get(path)
    if (text === '') {
      if (bytes !== 0 || sha256 !== emptySha256)
        problems.push(
          `${path}: is empty, the meta has ${bytes} bytes (sha256 ${cut(sha256)}): publish the bundle again`,
        )
      continue
    }
    const object = text === undefined ? undefined : readPointerText(text)
    if (!object) {
      problems.push(
        `${path}: is no Git LFS pointer in its plain form (version, oid, size and nothing else; found ${entry.size} bytes of another content): rows travel through LFS; publish the bundle again`,
      )
      continue
    }
    objects[part] = object
    problems.push(...comparePointer(path, object, { oid: sha256, size: bytes }))
  }
  return { objects, problems }
}

function comparePointer(path: string, found: LfsObject, claimed: LfsObject): string[] {
  const problems: string[] = []
  if (found.oid !== claimed.oid)
    problems.push(
      `${path}: the pointer names sha256 ${cut(found.oid)}, the meta has ${cut(claimed.oid)}: one of them was edited; publish the bundle again`,
    )
  if (found.size !== claimed.size)
    problems.push(
      `${path}: the pointer names ${found.size} bytes, the meta has ${claimed.size}: one of them was edited; publish the bundle again`,
    )
  return problems
}

function checkNew(change: Change, earlier: readonly AddedRun[], { run_id: runId, ...meta }: RunMeta): string[] {
  const path = metaPathOf(meta)
  const onMain = change.main.runs.find((run) => run.meta.run_id === runId)
  if (onMain && onMain.metaPath !== path)
    return [`${path}: run_id ${runId} stands on main in ${onMain.metaPath}: one of them is a copy; take this one out`]
  if (earlier.some((run) => run.meta.run_id === runId))
    return [`${path}: run_id ${runId} stands twice in this change: one of them is a copy`]
  return []
}

/** What the run names stands in main's catalog and says the same. */
function checkCatalog({ main: { catalog } }: Change, meta: RunMeta): string[] {
  const path = metaPathOf(meta)
  const named: [keyof typeof catalogFolders, string | undefined][] = [
    ['models', meta.model.slug],
    ['datasets', stemOf(meta.dataset.name)],
    ['rubrics', meta.dataset.rubric],
  ]
  const missing = named.flatMap(([kind, id]) =>
    id === undefined || catalog[kind].has(id)
      ? []
      : [
          `${path}: names ${catalogFolders[kind]}/${id}.yaml, which main does not have or can’t read: add the entry through a change of its own first`,
        ],
  )
  return [...missing, ...checkMeta(meta, catalog)]
}

function cut(sha256: string): string {
  return `${sha256.slice(0, 12)}…`
}
