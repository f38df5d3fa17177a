import { createHash } from 'node:crypto'
import { closeSync, fsyncSync, openSync, readSync, writeSync } from 'node:fs'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { RowCounter, UserError, type CountedCause, type RunMeta } from 'registry'
import { digestFile, formatJson } from 'registry/node'
import { concatFiles } from './concat-files.ts'
import { openLine, type JournalState, type RowPlace } from './journal.ts'
import type { RunPlan } from './plan-run.ts'
import { syncPath } from './sync-path.ts'

/** The parts of a meta that only the run itself knows. */
export type RunFacts = Pick<RunMeta, 'status' | 'failure' | 'execution'>

export interface Bundle {
  /** holds results/<slug>/…, laid out as in a ledger */
  folder: string
  meta: RunMeta
}

export interface AssembledBundle extends Bundle {
  /** why rows failed, with the first row of each cause */
  causes: CountedCause[]
}

export interface BundleParts {
  plan: RunPlan
  /** the run's folder in the spool */
  folder: string
  journal: JournalState
  /** joined in this order into the bundle's log */
  logs: readonly string[]
  subject: Pick<RunMeta, 'model' | 'dataset'>
  /** called with the accounting, for what depends on it (status, rate) */
  facts: (results: RunMeta['results']) => RunFacts
}

const bufferBytes = 1 << 20

/**
 * Makes a bundle out of a journal: rows in the dataset's order, the log, a meta counted from them.
 * The bundle appears whole, by one rename, or not at all; an earlier one of the same run gives way. Streams: memory does
 * not grow with rows.
 */
export async function assembleBundle({
  plan,
  folder,
  journal,
  logs,
  subject,
  facts,
}: BundleParts): Promise<AssembledBundle> {
  const target = join(folder, 'bundle')
  const partial = join(folder, 'bundle.partial')
  await rm(partial, { recursive: true, force: true })
  await mkdir(dirname(join(partial, plan.paths.meta)), { recursive: true })
  const rows = writeRows(plan, journal, join(folder, 'journal.jsonl'), join(partial, plan.paths.results))
  await concatFiles(logs, join(partial, plan.paths.log))
  const log = await digestFile(join(partial, plan.paths.log))
  const results = rows.counter.results(plan.source.customIds.length)
  const meta: RunMeta = {
    schema_version: 1,
    run_id: plan.runId,
    ...facts(results),
    ...subject,
    results,
    files: {
      results: plan.paths.results,
      log: plan.paths.log,
      input: plan.dataset.file,
      sha256: { results: rows.sha256, log: log.sha256 },
      bytes: { results: rows.bytes, log: log.bytes },
    },
    provenance: { source: 'measured', conflicts: [] },
  }
  await writeFile(join(partial, plan.paths.meta), formatJson(meta))
  for (const path of [plan.paths.log, plan.paths.meta, dirname(plan.paths.meta), '.'])
    await syncPath(join(partial, path))
  await rm(target, { recursive: true, force: true })
  await rename(partial, target)
  await syncPath(folder)
  return { folder: target, meta, causes: rows.counter.causes() }
}

/** Copies rows from journal order to input order, digesting and counting on the way; a buffer of rows in memory. */
function writeRows({ source, dataset }: RunPlan, { rows }: JournalState, journalPath: string, outPath: string) {
  const counter = new RowCounter(dataset.privacy)
  const hash = createHash('sha256')
  let bytes = 0
  let buffer = Buffer.allocUnsafe(bufferBytes)
  let filled = 0
  const journal = openSync(journalPath, 'r')
  const out = openSync(outPath, 'wx')
  const flush = () => {
    const part = buffer.subarray(0, filled)
    hash.update(part)
    for (let written = 0; written < filled;) written += writeSync(out, part, written)
    bytes += filled
    filled = 0
  }
  try {
    for (const customId of source.customIds) {
      const place = rows.get(customId)
      if (!place) continue
      const size = place.length + 1
      if (filled + size > buffer.length) flush()
      if (size > buffer.length) buffer = Buffer.allocUnsafe(size)
      readSync(journal, buffer, filled, place.length, place.offset)
      const { start, end, row } = openPlace(buffer.subarray(filled, filled + place.length), journalPath, place)
      counter.add(row)
      buffer.copyWithin(filled, filled + start, filled + end)
      filled += end - start
      buffer[filled++] = 10
    }
    flush()
    fsyncSync(out)
  } finally {
    closeSync(journal)
    closeSync(out)
  }
  return { counter, sha256: hash.digest('hex'), bytes }
}

function openPlace(line: Buffer, path: string, { offset }: RowPlace): ReturnType<typeof openLine> {
  try {
    return openLine(line)
  } catch (error) {
    const finding = error instanceof Error ? error.message : String(error)
    throw new UserError('the bundle can’t be made', [
      `${path}: the line at byte ${offset}: ${finding}: the disk or somebody changed it; remove that line, and the same run command asks its row again`,
    ])
  }
}
