import { lstat, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseJson } from '../formats/parse-json.ts'
import { runMetaSchema, type RunMeta } from '../formats/run-meta.ts'
import { compareText } from '../rows/compare-text.ts'
import { bundlePaths } from './layout.ts'
import { listFolder, readCatalog, type Catalog } from './read-catalog.ts'

export interface LedgerRun {
  meta: RunMeta
  /** relative to the ledger */
  metaPath: string
}

export interface Ledger {
  /** the folder that holds registry/ and results/ */
  folder: string
  catalog: Catalog
  /** newest first */
  runs: LedgerRun[]
  /** metas that can't be read or don't stand where they say, each as `path: finding` */
  problems: string[]
}

/** Reads a ledger once into plain data: the catalog and every run's meta; no rows. */
export async function readLedger(folder: string): Promise<Ledger> {
  const [catalog, { runs, problems }] = await Promise.all([readCatalog(folder), readRuns(folder)])
  return { folder, catalog, runs, problems: [...catalog.problems.map(({ problem }) => problem), ...problems] }
}

/** Every run's meta in results/, newest first, with the faults of those that can't be believed. */
export async function readRuns(folder: string): Promise<Pick<Ledger, 'runs' | 'problems'>> {
  const runs: LedgerRun[] = []
  const problems: string[] = []
  const slugs = await listKind(folder, 'results', 'folders', problems)
  for (const slug of slugs) {
    const files = await listKind(folder, `results/${slug}`, 'files', problems)
    const names = files.filter((name) => name.endsWith('.meta.json'))
    for (const name of names) {
      const metaPath = `results/${slug}/${name}`
      const { value: meta, problems: faults } = parseJson(
        await readFile(join(folder, metaPath), 'utf8'),
        metaPath,
        runMetaSchema,
      )
      problems.push(...faults)
      if (!meta) continue
      const misplaced = checkPlace(meta, metaPath)
      problems.push(...misplaced)
      if (misplaced.length === 0) runs.push({ meta, metaPath })
    }
  }
  const seen = new Map<string, string>()
  for (const { meta, metaPath } of runs) {
    const other = seen.get(meta.run_id)
    if (other !== undefined)
      problems.push(`${metaPath}: run_id ${meta.run_id} stands in ${other} too: one of them is a copy`)
    seen.set(meta.run_id, metaPath)
  }
  runs.sort(
    (a, b) =>
      compareText(b.meta.execution.started_at, a.meta.execution.started_at) || compareText(a.metaPath, b.metaPath),
  )
  return { runs, problems }
}

/** A meta's identity against the path it stands at. */
export function checkPlace(meta: RunMeta, metaPath: string): string[] {
  const paths = bundlePaths({ runId: meta.run_id, slug: meta.model.slug, datasetName: meta.dataset.name })
  if (!paths)
    return [
      `${metaPath}: run_id is ${meta.run_id}, expected ${meta.model.slug}-<stem of ${meta.dataset.name}>-YYYYMMDD-HHMMSS: the meta was edited or belongs to another run`,
    ]
  const problems: string[] = []
  if (paths.meta !== metaPath)
    problems.push(
      `${metaPath}: the meta is of ${meta.run_id}, which stands at ${paths.meta}: move the bundle back there`,
    )
  for (const part of ['results', 'log'] as const)
    if (meta.files[part] !== paths[part])
      problems.push(`${metaPath}: files.${part} is ${meta.files[part]}, expected ${paths[part]}`)
  return problems
}

/** Names in a folder of the ledger by kind, sorted. Links are told and left out: what they name may lie anywhere. */
async function listKind(
  folder: string,
  path: string,
  kind: 'folders' | 'files',
  problems: string[],
): Promise<string[]> {
  const names: string[] = []
  for (const name of (await listFolder(join(folder, path))).sort()) {
    const found = await lstat(join(folder, path, name))
    if (found.isSymbolicLink())
      problems.push(`${path}/${name}: is a link, and a ledger holds files: put the file itself there`)
    else if (kind === 'folders' ? found.isDirectory() : found.isFile()) names.push(name)
  }
  return names
}
