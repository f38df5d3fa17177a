import { lstat, readdir } from 'node:fs/promises'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { UserError } from 'registry'
import { detectFormat, type FormatName } from './detect-format.ts'
import { findSidecars, type Sidecars } from './read-claims.ts'

export interface FoundSource {
  /** relative to the root it was found under, with forward slashes */
  path: string
  root: string
  format: FormatName
  sidecars: Sidecars
  /** seconds since 1970 */
  modified: number
}

export interface LeftOutFile {
  file: string
  reason: string
}

export interface FoundFiles {
  sources: FoundSource[]
  leftOut: LeftOutFile[]
  /** files that speak of a source: metas, logs, indexes */
  beside: string[]
}

const skippedFolders = new Set(['.git', 'node_modules', '.venv', 'venv', '__pycache__', '.cache', 'site-packages'])
const mayHoldRows = /\.(jsonl|ndjson|json|csv|tsv|eval|txt)?(\.gz|\.zst)?$/i

/**
 * Finds every file with rows below the named paths, by what it holds, and says of each other file why it was left out.
 * Links are not followed, so that nothing outside is read. @throws UserError for a path that isn't there
 */
export async function findSources(
  paths: readonly string[],
  { map, except }: { map: Readonly<Record<string, string>>; except: readonly string[] },
): Promise<FoundFiles> {
  const missing: string[] = []
  const found: FoundFiles = { sources: [], leftOut: [], beside: [] }
  for (const path of paths) {
    const entry = await lstat(path).catch(() => undefined)
    if (!entry) missing.push(`${path}: no such file or folder: name the folder of the old results`)
    else if (entry.isDirectory()) await readTree(path, map, except, found)
    else await readTree(dirname(path), map, except, found, basename(path))
  }
  if (missing.length > 0) throw new UserError('nothing was imported', missing)
  return found
}

async function readTree(
  root: string,
  map: Readonly<Record<string, string>>,
  except: readonly string[],
  found: FoundFiles,
  only?: string,
): Promise<void> {
  const files = new Map<string, number>()
  const walk = async (folder: string) => {
    for (const entry of (await readdir(join(root, folder), { withFileTypes: true })).toSorted((a, b) =>
      a.name < b.name ? -1 : 1,
    )) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`
      if (except.some((place) => resolve(root, path) === place))
        found.leftOut.push({ file: path, reason: 'is the ledger’s own' })
      else if (entry.isSymbolicLink()) found.leftOut.push({ file: path, reason: 'is a link: name what it points to' })
      else if (entry.isDirectory() && only === undefined) {
        if (skippedFolders.has(entry.name)) found.leftOut.push({ file: `${path}/`, reason: 'is no folder of results' })
        else await walk(path)
      } else if (entry.isFile()) files.set(path, (await lstat(join(root, path))).mtimeMs / 1000)
    }
  }
  await walk('')
  const names = new Set(files.keys())
  const speaking = new Map<string, string>()
  const reasons = new Map<string, string>()
  for (const [path, modified] of files) {
    if (only !== undefined && path !== only) continue
    if (/(\.meta|_meta|\.metadata)\.json$|(^|\/)metadata\.json$|\.log$/i.test(path)) {
      reasons.set(path, 'speaks of a run whose rows are not here')
      continue
    }
    if (!mayHoldRows.test(path)) {
      reasons.set(path, 'no file of rows by its name')
      continue
    }
    const detected = await detectFormat(join(root, path), map)
    if (detected.format === undefined) {
      reasons.set(path, detected.reason)
      continue
    }
    const sidecars = findSidecars(path, names)
    for (const sidecar of Object.values(sidecars)) speaking.set(sidecar as string, path)
    found.sources.push({ path, root, format: detected.format, sidecars, modified })
  }
  for (const path of speaking.keys()) found.beside.push(path)
  for (const [path, reason] of reasons) if (!speaking.has(path)) found.leftOut.push({ file: path, reason })
}

/** How a file is called in a report: below the folder the person named. */
export function shownPath({ root, path }: Pick<FoundSource, 'root' | 'path'>): string {
  const shown = relative('', join(root, path))
  return shown.startsWith('..') ? join(root, path) : shown
}
